# Shared by the sides written in PowerShell.

$ErrorActionPreference = 'Stop'

function Get-FileId {
    # Returns file ids. The ids for ImageKit tell the emulator that each file has 100 versions.
    param([string] $Service, [int] $Count)

    $prefix = if ($Service -eq 'box') { '' } else { 'n100-' }
    foreach ($i in 1..$Count) {
        "$prefix$(100000000 + $i)"
    }
}

function Get-RestScript {
    # Returns a script that lists the versions of the file in $_ with Invoke-RestMethod. ForEach-Object -Parallel runs it in other
    # runspaces, so it uses nothing of this one.
    param([string] $Service)

    if ($Service -eq 'box') {
        {
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
    else {
        {
            $headers = @{ Authorization = 'Basic ' + [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("${env:IMAGEKIT_PRIVATE_KEY}:")) }
            Invoke-RestMethod -Uri "$env:IMAGE_KIT_BASE_URL/v1/files/$_/versions" -Headers $headers
        }
    }
}

function Write-Account {
    # Prints the measurements of a side as one line of JSON.
    param([double[]] $Ms, [timespan] $Before = 0, [int] $RunCount = 1)

    $process = [Diagnostics.Process]::GetCurrentProcess()
    @{
        ms     = $Ms
        cpuMs  = ($process.TotalProcessorTime - $Before).TotalMilliseconds / $RunCount
        peakMB = $process.PeakWorkingSet64 / 1MB
    } | ConvertTo-Json -Compress
}

function Measure-Side {
    # Runs the script on one file without counting it, then on all files as often as requested. The versions that it returns are dropped.
    param(
        [string[]] $Id,
        [int] $RunCount,
        [scriptblock] $Script,
        # Runs after each run, without counting, to remove what the script left.
        [scriptblock] $Clear = {}
    )

    & $Script $Id[0] > $null
    & $Clear

    $before = [Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime
    $times = foreach ($run in 1..$RunCount) {
        $clock = [Diagnostics.Stopwatch]::StartNew()
        & $Script $Id > $null
        $clock.Elapsed.TotalMilliseconds
        & $Clear
    }

    Write-Account -Ms $times -Before $before -RunCount $RunCount
}
