function Invoke-InstallTask {
    param(
        [Parameter(Mandatory)] [string] $Configuration,
        [string] $Destination
    )

    Invoke-BuildTask -Configuration $Configuration
    if (-not $Destination) {
        $Destination = Get-UserModulePath
    }

    $target = Join-Path $Destination "FileVersions/$((Get-ManifestData).ModuleVersion)"
    if (Test-Path -LiteralPath $target) {
        Remove-Item -LiteralPath $target -Recurse -Force
    }

    $null = New-Item -ItemType Directory -Path $target -Force
    Copy-Item -Path (Get-RepositoryPath 'out/FileVersions/*') -Destination $target -Recurse
    Write-Host "Installed in $target"
}

function Get-UserModulePath {
    if ($env:OS -eq 'Windows_NT') {
        $folder = if ($PSVersionTable.PSEdition -eq 'Core') { 'PowerShell' } else { 'WindowsPowerShell' }
        return Join-Path ([Environment]::GetFolderPath('MyDocuments')) "$folder/Modules"
    }

    $data = if ($env:XDG_DATA_HOME) { $env:XDG_DATA_HOME } else { Join-Path $HOME '.local/share' }
    Join-Path $data 'powershell/Modules'
}
