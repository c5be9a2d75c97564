$count = '-FileCount', 10000, '-VersionCount', 100
@{
    Title    = '1,000,000 versions of 10,000 files exported as JSON Lines'
    Settings = @{ boxVersions = 100 }
    Rounds   = 3
    Sides    = [ordered]@{
        'Export-BoxFileVersion' = @{ Command = $powerShell + '-File' + "$PSScriptRoot/../sides/export.ps1" + $count }
        'into Measure-Object'   = @{ Command = $powerShell + '-File' + "$PSScriptRoot/../sides/measure-object.ps1" + $count }
    }
    Goals    = @(
        @{ Text = 'times the time of the same listing into Measure-Object'; AtMost = 1.15; Value = { param($m) $m['Export-BoxFileVersion'].Ms / $m['into Measure-Object'].Ms } }
    )
}
