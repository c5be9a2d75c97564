$side = $powerShell + '-File', "$PSScriptRoot/../sides/pipeline.ps1", '-WarmUp', 'Get-BoxFile 555 | Get-BoxFileVersion'
@{
    Title    = 'the versions of 100,000 files of which 5 % have a history'
    Settings = @{ boxVersions = 10 }
    Rounds   = 2
    Sides    = [ordered]@{
        'Where-Object HasPastVersions' = @{ Command = $side + '-Code', 'Get-BoxFile 802351 -Recurse -ThrottleLimit 16 | Where-Object HasPastVersions | Get-BoxFileVersion -ThrottleLimit 16'; IsModule = $true }
        'every file'                   = @{ Command = $side + '-Code', 'Get-BoxFile 802351 -Recurse -ThrottleLimit 16 | Get-BoxFileVersion -ThrottleLimit 16'; IsModule = $true }
    }
    Goals    = @(
        @{ Text = 'times as fast as listing every file'; AtLeast = 3; Value = { param($m) $m['every file'].Ms / $m['Where-Object HasPastVersions'].Ms } }
    )
}
