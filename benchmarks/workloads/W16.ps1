@{
    Title    = 'recovery of an archive of 2,000 files, 300 of them encrypted, 20 ms latency, 16 requests in flight'
    Settings = @{ latencyMs = 20 }
    Rounds   = 3
    Sides    = [ordered]@{
        'times the ideal' = @{ Command = $powerShell + '-File', "$PSScriptRoot/../sides/recovery.ps1"; IsModule = $true }
    }
    Note     = 'The figure is a ratio: the time of the whole pipeline, divided by the time of its requests with 16 in flight.'
    Goals    = @(
        @{ Text = 'times the ideal given by the requests'; AtMost = 1.2; Value = { param($m) $m['times the ideal'].Ms } }
    )
}
