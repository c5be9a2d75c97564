# Measures the time until the first object arrives downstream.
param([int] $FileCount)

. "$PSScriptRoot/common.ps1"
Import-Module -Name $env:BENCH_MODULE
$ids = Get-FileId box $FileCount
$times = foreach ($run in 0..10) {
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $ids | Get-BoxFileVersion | ForEach-Object { $clock.Elapsed.TotalMilliseconds } | Select-Object -First 1
}

# The first run is a warm-up.
Write-Account -Ms $times[1..10]
