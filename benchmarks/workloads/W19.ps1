$count = '-FileCount', 10000, '-VersionCount', 100
@{
    Title    = '1,000,000 versions of 10,000 files exported as JSON Lines'
    Overview = 'Export 1,000,000 versions of 10,000 files'
    Settings = @{ boxVersions = 100 }
    Rounds   = 3
    Sides    = [ordered]@{
        'Export-BoxFileVersion'              = @{ Command = $powerShell + '-File' + "$PSScriptRoot/../sides/export.ps1" + $count; IsModule = $true }
        'Get-BoxFileVersion, Measure-Object' = @{ Command = $powerShell + '-File' + "$PSScriptRoot/../sides/measure-object.ps1" + $count; IsModule = $true }
        'Invoke-RestMethod, ConvertTo-Json'  = @{ Command = $powerShell + '-File' + "$PSScriptRoot/../sides/export-loop.ps1" + $count; Rounds = 1 }
    }
    Goals    = @(
        @{ Text = 'times the same listing piped to Measure-Object'; AtMost = 1.15; Value = { param($m) $m['Export-BoxFileVersion'].Ms / $m['Get-BoxFileVersion, Measure-Object'].Ms } }
    )
}
