$import = "Import-Module '$env:BENCH_MODULE'"
@{
    Title    = 'a cold pwsh that imports the module and lists one file'
    Rounds   = 15
    Measure  = 'WallMs'
    Sides    = [ordered]@{
        'pwsh -NoProfile -Command 1'    = @{ Command = $powerShell + '-Command', '1' }
        'Import-Module'                 = @{ Command = $powerShell + '-Command', $import }
        'Import-Module and list a file' = @{ Command = $powerShell + '-Command', "$import; `$versions = Get-BoxFileVersion 12345" }
        'Import-Module of an empty manifest' = @{ Command = $powerShell + '-Command', "Import-Module '$PSScriptRoot/../sides/Empty.psd1'" }
        'Invoke-RestMethod of one page' = @{ Command = $powerShell + '-Command', '$page = Invoke-RestMethod -Uri "$env:BOX_BASE_URL/2.0/files/12345/versions" -Headers @{ Authorization = "Bearer $env:BOX_ACCESS_TOKEN" }' }
    }
    Holds    = 'for the import, a fifth of it each for Import-Module itself (a manifest with nothing in it, in the row below), the dll and the manifest''s list of cmdlets, and the rest for the files of types and views: they are XML, and a bare pwsh has not loaded its reader. For listing, it is the first request of a process: some 600 methods are compiled, of which half belong to .NET''s own HTTP client and to generic code that no image holds; PowerShell''s own Invoke-RestMethod takes longer for one page (the last row). Ahead-of-time images of both dlls would save a third of that; they would be one pair of dlls for each platform, and Windows PowerShell would not load them.'
    Goals    = @(
        @{ Text = 'times a bare pwsh: import and list one file'; AtMost = 1.15; Value = { param($m) $m['Import-Module and list a file'].WallMs / $m['pwsh -NoProfile -Command 1'].WallMs } }
        @{ Text = 'times a bare pwsh: Import-Module alone'; AtMost = 1.05; Value = { param($m) $m['Import-Module'].WallMs / $m['pwsh -NoProfile -Command 1'].WallMs } }
    )
}
