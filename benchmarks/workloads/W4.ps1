@{
    Title    = '1,000,000 versions over 1,000 files into Measure-Object'
    Settings = @{ boxVersions = 1000 }
    Rounds   = 3
    Sides    = [ordered]@{
        '1,000,000 versions' = @{ Command = $powerShell + '-File', "$PSScriptRoot/../sides/measure-object.ps1", '-FileCount', 1000 }
        '10,000 versions'    = @{ Command = $powerShell + '-File', "$PSScriptRoot/../sides/measure-object.ps1", '-FileCount', 10 }
    }
    Goals    = @(
        @{ Text = 'times the peak memory of 10,000 versions'; AtMost = 1.1; Value = { param($m) $m['1,000,000 versions'].PeakMB / $m['10,000 versions'].PeakMB } }
    )
}
