@{
    Title    = 'recovering an archive of 2,000 files, 300 of them encrypted (20 ms a reply, 16 at once)'
    Settings = @{ latencyMs = 20 }
    Rounds   = 3
    Sides    = [ordered]@{
        'times the ideal' = @{ Command = $powerShell + '-File', "$PSScriptRoot/../sides/recovery.ps1" }
    }
    Note     = 'The figure is a ratio: the time of the whole line, divided by that of its requests at 16 at a time.'
    Goals    = @(
        @{ Text = 'times the ideal given by the requests'; AtMost = 1.2; Value = { param($m) $m['times the ideal'].Ms } }
    )
}
