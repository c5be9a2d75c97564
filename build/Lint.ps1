function Invoke-LintTask {
    param([Parameter(Mandatory)] [string] $Configuration)

    Invoke-BuildTask -Configuration $Configuration
    $failed = @()

    Write-Step 'PSScriptAnalyzer'
    try {
        $analyzer = Get-BuildTool -Name PSScriptAnalyzer
        $findings = @(Invoke-Analyzer -Manifest $analyzer)
        if ($findings) {
            $findings | Format-Table -Property Severity, RuleName, ScriptName, Line, Message -Wrap -AutoSize | Out-Host
            $failed += "PSScriptAnalyzer has $($findings.Count) findings"
        }
    }
    catch {
        Write-Host "Left out: PSScriptAnalyzer ($($_.Exception.Message))" -ForegroundColor Yellow
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
    Get-ChildItem -LiteralPath $root -Recurse -File -Include *.ps1, *.psm1, *.psd1 |
        Where-Object { $_.FullName.Substring($root.Length) -notmatch '(^|[\\/])(out|bin|obj|node_modules)[\\/]' } |
        ForEach-Object { Invoke-ScriptAnalyzer -Path $_.FullName -Settings $settings }
}
