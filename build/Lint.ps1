function Invoke-LintTask {
    param([Parameter(Mandatory)] [string] $Configuration)

    Invoke-BuildTask -Configuration $Configuration
    $failed = @()

    Write-Step 'PSScriptAnalyzer'
    $analyzer = $null
    try {
        $analyzer = Get-BuildTool -Name PSScriptAnalyzer
    }
    catch {
        Write-Host "Left out: PSScriptAnalyzer ($($_.Exception.Message))" -ForegroundColor Yellow
    }

    if ($analyzer) {
        $findings = @(Invoke-Analyzer -Manifest $analyzer)
        if ($findings) {
            $findings | ForEach-Object { Write-Host "$($_.ScriptPath):$($_.Line): $($_.RuleName): $($_.Message)" -ForegroundColor Red }
            $failed += "PSScriptAnalyzer has $($findings.Count) findings"
        }
    }

    Write-Step 'dotnet format'
    try {
        Invoke-DotNet 'format', 'FileVersions.slnx', '--verify-no-changes'
    }
    catch {
        $failed += 'dotnet format would change files'
    }

    Write-Step 'Help and links'
    try {
        Assert-Documentation
    }
    catch {
        $failed += $_.Exception.Message
    }

    if ($failed) {
        throw $failed -join '; '
    }
}

function Invoke-Analyzer {
    param([Parameter(Mandatory)] [string] $Manifest)

    Import-Module -Name $Manifest
    $root = Get-RepositoryPath '.'
    $settings = Get-RepositoryPath 'PSScriptAnalyzerSettings.psd1'
    $files = Get-ChildItem -Path $root -Recurse -File -Include *.ps1, *.psm1, *.psd1 |
        Where-Object { $_.FullName.Substring($root.Length) -notmatch '(^|[\\/])(out|bin|obj|node_modules)[\\/]' } |
        Select-Object -ExpandProperty FullName

    # The manifest is analysed in out/FileVersions, next to the files that it names.
    $files = @($files -ne (Get-RepositoryPath 'FileVersions.psd1')) + (Get-RepositoryPath 'out/FileVersions/FileVersions.psd1')
    foreach ($file in $files) {
        Invoke-ScriptAnalyzer -Path $file -Settings $settings
    }
}
