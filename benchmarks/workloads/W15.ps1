@{
    Title    = 'retention rules on 1,000,000 versions of 10,000 files'
    Settings = @{ boxVersions = 100 }
    Rounds   = 3
    Sides    = [ordered]@{
        'Select-ExpiredFileVersion' = @{ Command = $powerShell + '-File', "$PSScriptRoot/../sides/rules.ps1", '-FileCount', 10000 }
        'the listing alone'         = @{ Command = $powerShell + '-File', "$PSScriptRoot/../sides/pipeline.ps1", '-WarmUp', 'Get-BoxFileVersion 1', '-Code', '100000001..100010000 | Get-BoxFileVersion' }
    }
    Note     = 'The rules are timed apart from the listing, in the same process.'
    Goals    = @(
        @{ Text = 'versions a second'; AtLeast = 500000; Value = { param($m) 1e9 / $m['Select-ExpiredFileVersion'].Ms } }
        @{ Text = 'of the time of listing them'; AtMost = 0.1; Value = { param($m) $m['Select-ExpiredFileVersion'].Ms / $m['the listing alone'].Ms } }
    )
}
