function Invoke-BenchTask {
    param(
        [Parameter(Mandatory)] [string] $Configuration,
        [string[]] $Workload,
        [int] $Rounds
    )

    Invoke-BuildTask -Configuration $Configuration
    $emulator = Build-Emulator -Configuration $Configuration
    $arguments = '-Module', (Get-RepositoryPath 'out/FileVersions'), '-Emulator', $emulator, '-Rounds', $Rounds
    if ($Workload) {
        $arguments += '-Workload', ($Workload -join ',')
    }

    Invoke-PowerShell -File benchmarks/Bench.ps1 -ArgumentList $arguments
    if ($LASTEXITCODE -ne 0) {
        throw 'the benchmarks failed; see above.'
    }
}
