$side = $powerShell + '-File', "$PSScriptRoot/../sides/first-object.ps1", '-FileCount'
@{
    Title    = 'time to the first object with 1,000 files queued, 20 ms latency'
    Settings = @{ latencyMs = 20; boxVersions = 10 }
    Sides    = [ordered]@{
        'one file'           = @{ Command = $side + 1; IsModule = $true }
        '1,000 files queued' = @{ Command = $side + 1000; IsModule = $true }
    }
    Goals    = @(
        @{ Text = 'times that of one file'; AtMost = 1.2; Value = { param($m) $m['1,000 files queued'].Ms / $m['one file'].Ms } }
    )
}
