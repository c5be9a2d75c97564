function Invoke-DemoTask {
    param([Parameter(Mandatory)] [string] $Configuration)

    Invoke-BuildTask -Configuration $Configuration
    $emulator = Build-Emulator -Configuration $Configuration
    Invoke-PowerShell -File samples/Demo.ps1 -ArgumentList '-Module', (Get-RepositoryPath 'out/FileVersions'), '-Emulator', $emulator
    if ($LASTEXITCODE -ne 0) {
        throw 'the demonstration failed; see above.'
    }
}
