@{
    Title    = 'the first object, with 1,000 files queued (20 ms a reply)'
    Settings = @{ latencyMs = 20; boxVersions = 10 }
    Sides    = [ordered]@{
        'one file'           = @{ Command = $powerShell + '-File', "$PSScriptRoot/../sides/first-object.ps1", '-FileCount', 1 }
        '1,000 files queued' = @{ Command = $powerShell + '-File', "$PSScriptRoot/../sides/first-object.ps1", '-FileCount', 1000 }
    }
    Goals    = @(
        @{ Text = 'times that of one file'; AtMost = 1.2; Value = { param($m) $m['1,000 files queued'].Ms / $m['one file'].Ms } }
    )
}
