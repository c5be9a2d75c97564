$import = "Import-Module '$env:BENCH_MODULE'"
$request = '$http = [Net.Http.HttpClient]::new(); $http.DefaultRequestHeaders.Add("Authorization", "Bearer $env:BOX_ACCESS_TOKEN"); $page = $http.GetStringAsync("$env:BOX_BASE_URL/2.0/files/12345/versions").Result'
@{
    Title    = 'a cold pwsh that imports the module and lists one file'
    Rounds   = 15
    Measure  = 'WallMs'
    Sides    = [ordered]@{
        'Import-Module and list a file'      = @{ Command = $powerShell + '-Command', "$import; `$versions = Get-BoxFileVersion 12345"; IsModule = $true }
        'Import-Module'                      = @{ Command = $powerShell + '-Command', $import; IsModule = $true }
        'pwsh -NoProfile -Command 1'         = @{ Command = $powerShell + '-Command', '1' }
        'pwsh and one HttpClient request'    = @{ Command = $powerShell + '-Command', $request }
        'pwsh and Invoke-RestMethod'         = @{ Command = $powerShell + '-Command', '$page = Invoke-RestMethod -Uri "$env:BOX_BASE_URL/2.0/files/12345/versions" -Headers @{ Authorization = "Bearer $env:BOX_ACCESS_TOKEN" }' }
        'Import-Module of an empty manifest' = @{ Command = $powerShell + '-Command', "Import-Module '$PSScriptRoot/../sides/Empty.psd1'" }
    }
    Limit    = 'An import loads the manifest, two dlls, and the files of types and views, which are XML; bare pwsh has not loaded its XML reader. The first list compiles some 600 methods, half of them in the HTTP client of .NET. Precompiled dlls would save a third of that, but each platform would need its own pair, and Windows PowerShell could not load them.'
    Goals    = @(
        @{ Text = 'times pwsh with one HttpClient request: import and list one file'; AtMost = 1.15; Value = { param($m) $m['Import-Module and list a file'].WallMs / $m['pwsh and one HttpClient request'].WallMs } }
        @{ Text = 'times bare pwsh: Import-Module alone'; AtMost = 1.05; Value = { param($m) $m['Import-Module'].WallMs / $m['pwsh -NoProfile -Command 1'].WallMs } }
    )
}
