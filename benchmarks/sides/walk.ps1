# Walks a tree of folders with a recursive Invoke-RestMethod script.
param([string] $FolderId)

. "$PSScriptRoot/common.ps1"
$headers = @{ Authorization = "Bearer $env:BOX_ACCESS_TOKEN" }
function Get-FolderItem {
    param([string] $Id)

    $marker = ''
    do {
        $page = Invoke-RestMethod -Uri "$env:BOX_BASE_URL/2.0/folders/$Id/items?fields=name,size,version_number&usemarker=true&limit=1000&marker=$marker" -Headers $headers
        foreach ($item in $page.entries) {
            if ($item.type -eq 'folder') { Get-FolderItem $item.id } elseif ($item.type -eq 'file') { $item }
        }
        $marker = [uri]::EscapeDataString("$($page.next_marker)")
    } while ($marker)
}

$clock = [Diagnostics.Stopwatch]::StartNew()
Get-FolderItem $FolderId > $null
Write-Account -Ms $clock.Elapsed.TotalMilliseconds
