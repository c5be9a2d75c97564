@{
    Title    = 'a cold pwsh that imports the module and lists one file'
    Rounds   = 15
    Measure  = 'WallMs'
    Sides    = [ordered]@{
        'pwsh -NoProfile -Command 1'     = @{ Command = $powerShell + '-Command', '1' }
        'Import-Module'                  = @{ Command = $powerShell + '-Command', "Import-Module '$env:BENCH_MODULE'" }
        'Import-Module and list a file'  = @{ Command = $powerShell + '-Command', "Import-Module '$env:BENCH_MODULE'; `$versions = Get-BoxFileVersion 12345" }
    }
    Goals    = @(
        @{ Text = 'times a bare pwsh: import and list one file'; AtMost = 1.15; Value = { param($m) $m['Import-Module and list a file'].WallMs / $m['pwsh -NoProfile -Command 1'].WallMs } }
        @{ Text = 'times a bare pwsh: Import-Module alone'; AtMost = 1.05; Value = { param($m) $m['Import-Module'].WallMs / $m['pwsh -NoProfile -Command 1'].WallMs } }
    )
}
