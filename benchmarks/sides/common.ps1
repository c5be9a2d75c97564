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

    $process = [Diagnostics.Process]::GetCurrentProcess()
    $before = $process.TotalProcessorTime
    $times = foreach ($run in 1..$RunCount) {
        $clock = [Diagnostics.Stopwatch]::StartNew()
        & $Script $Id > $null
        $clock.Elapsed.TotalMilliseconds
        & $Clear
    }

    $process.Refresh()
    @{
        ms     = @($times)
        cpuMs  = ($process.TotalProcessorTime - $before).TotalMilliseconds / $RunCount
        peakMB = $process.PeakWorkingSet64 / 1MB
    } | ConvertTo-Json -Compress
}
