@{
    Title    = 'a cold pwsh that imports the module and lists one file'
    Rounds   = 15
    Measure  = 'WallMs'
    Sides    = [ordered]@{
        'pwsh -NoProfile -Command 1'     = @{ Command = $powerShell + '-Command', '1' }
        'Import-Module'                  = @{ Command = $powerShell + '-Command', "Import-Module '$env:BENCH_MODULE'" }
        'Import-Module and list a file'  = @{ Command = $powerShell + '-Command', "Import-Module '$env:BENCH_MODULE'; `$versions = Get-BoxFileVersion 12345" }
    }
    Holds    = 'for the import, the files of types and views: they are XML, and a bare pwsh has not loaded its reader. For listing, the first request of a process: some 600 methods are compiled, of which half belong to .NET''s own HTTP client and to generic code that no image holds. Ahead-of-time images of both dlls would save a third of that; they would be one pair of dlls for each platform, and Windows PowerShell would not load them.'
    Goals    = @(
        @{ Text = 'times a bare pwsh: import and list one file'; AtMost = 1.15; Value = { param($m) $m['Import-Module and list a file'].WallMs / $m['pwsh -NoProfile -Command 1'].WallMs } }
        @{ Text = 'times a bare pwsh: Import-Module alone'; AtMost = 1.05; Value = { param($m) $m['Import-Module'].WallMs / $m['pwsh -NoProfile -Command 1'].WallMs } }
    )
}
