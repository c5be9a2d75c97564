function Invoke-DocsTask {
    param([Parameter(Mandatory)] [string] $Configuration)

    Invoke-BuildTask -Configuration $Configuration
    Write-Step 'Updating docs/help'
    $platyPS = Get-BuildTool -Name Microsoft.PowerShell.PlatyPS
    $arguments = '-PlatyPS', $platyPS, '-Module', (Get-RepositoryPath 'out/FileVersions'), '-HelpPath', (Get-RepositoryPath 'docs/help')
    Invoke-PowerShell -File build/scripts/Update-Help.ps1 -ArgumentList $arguments | Out-Host
    if ($LASTEXITCODE -ne 0) {
        throw 'docs/help could not be updated; see above.'
    }

    Invoke-BuildTask -Configuration $Configuration
    Assert-Documentation
}

function Assert-Documentation {
    # Throws if the help differs from the cmdlets or a link has no target.
    $module = Get-RepositoryPath 'out/FileVersions'
    $found = @(Invoke-PowerShell -File build/scripts/Find-HelpDrift.ps1 -ArgumentList '-Module', $module)
    $found += @(& (Get-RepositoryPath 'build/scripts/Find-DeadLink.ps1'))
    $found | ForEach-Object { Write-Host $_ -ForegroundColor Red }
    if ($found) {
        throw "$($found.Count) findings in the documentation; see above."
    }
}
