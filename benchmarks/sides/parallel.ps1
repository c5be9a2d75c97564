# What people write next: the same loop with ForEach-Object -Parallel. Its output has no order.
param([string] $Service, [int] $FileCount, [int] $ThrottleLimit, [int] $RunCount)

. "$PSScriptRoot/common.ps1"
$script = if ($Service -eq 'box') {
    {
        param($Id)

        $Id | ForEach-Object -ThrottleLimit $ThrottleLimit -Parallel {
            $headers = @{ Authorization = "Bearer $env:BOX_ACCESS_TOKEN" }
            $fields = 'name,size,created_at,modified_at,modified_by,trashed_at,trashed_by,restored_at,restored_by,purged_at,uploader_display_name,version_number'
            $offset = 0
            do {
                $page = Invoke-RestMethod -Uri "$env:BOX_BASE_URL/2.0/files/$_/versions?fields=$fields&limit=1000&offset=$offset" -Headers $headers
                $page.entries
                $offset += 1000
            } while ($offset -lt $page.total_count)
        }
    }
}
else {
    {
        param($Id)

        $Id | ForEach-Object -ThrottleLimit $ThrottleLimit -Parallel {
            $headers = @{ Authorization = 'Basic ' + [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("${env:IMAGEKIT_PRIVATE_KEY}:")) }
            Invoke-RestMethod -Uri "$env:IMAGE_KIT_BASE_URL/v1/files/$_/versions" -Headers $headers
        }
    }
}

Measure-Side -Id (Get-FileId $Service $FileCount) -RunCount $RunCount -Script $script
