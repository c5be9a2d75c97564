$export = $powerShell + '-File' + "$PSScriptRoot/../sides/export.ps1" + '-FileCount', 10000, '-VersionCount', 100
@{
    Title    = '1,000,000 versions of 10,000 files exported as JSON Lines, 20 ms latency, 8 requests in flight in each process'
    Settings = @{ boxVersions = 100; latencyMs = 20 }
    Rounds   = 3
    Sides    = [ordered]@{
        '4 processes' = @{ Command = $export + '-SessionCount', 4; IsModule = $true }
        '1 process'   = @{ Command = $export; IsModule = $true }
    }
    Goals    = @(
        @{ Text = 'times as fast as 1 process'; AtLeast = 1; Value = { param($m) $m['1 process'].Ms / $m['4 processes'].Ms } }
    )
}
