# What the sides written in PowerShell share.

$ErrorActionPreference = 'Stop'

function Get-FileId {
    # As many ids as asked for. Those for ImageKit tell the emulator that the file has 100 versions.
    param([string] $Service, [int] $Count)

    $prefix = if ($Service -eq 'box') { '' } else { 'n100-' }
    foreach ($i in 1..$Count) {
        "$prefix$(100000000 + $i)"
    }
}

function Get-RestScript {
    # Lists the versions of the file whose id is $_, as people do it. It needs nothing else of this process: each runspace of
    # ForEach-Object -Parallel gets its text.
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
    # One line of JSON: what each run took, and what the process used for them.
    param([double[]] $Ms, [timespan] $Before = 0, [int] $RunCount = 1)

    $process = [Diagnostics.Process]::GetCurrentProcess()
    @{
        ms     = $Ms
        cpuMs  = ($process.TotalProcessorTime - $Before).TotalMilliseconds / $RunCount
        peakMB = $process.PeakWorkingSet64 / 1MB
    } | ConvertTo-Json -Compress
}

function Measure-Side {
    # Runs the script once on one file, uncounted, then as often as asked for on all of them, and puts out one line of JSON.
    # The script takes ids and puts out versions, which are dropped: no side keeps any.
    param(
        [string[]] $Id,
        [int] $RunCount,
        [scriptblock] $Script,
        # Undoes, after each run and uncounted, what the script left.
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
