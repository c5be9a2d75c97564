function Invoke-BenchTask {
    param([Parameter(Mandatory)] [string] $Configuration)

    Invoke-BuildTask -Configuration $Configuration
    $emulator = Build-Emulator -Configuration $Configuration
    Invoke-PowerShell -File benchmarks/Bench.ps1 -ArgumentList '-Module', (Get-RepositoryPath 'out/FileVersions'), '-Emulator', $emulator
    if ($LASTEXITCODE -ne 0) {
        throw 'the benchmarks did not run to their end; see above.'
    }
}
