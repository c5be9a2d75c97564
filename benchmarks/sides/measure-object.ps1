# Pipes all versions of many files to Measure-Object.
param([int] $FileCount, [int] $VersionCount = 1000)

. "$PSScriptRoot/common.ps1"
Import-Module -Name $env:BENCH_MODULE
$clock = [Diagnostics.Stopwatch]::StartNew()
$measured = Get-FileId box $FileCount | Get-BoxFileVersion | Measure-Object
$ms = $clock.Elapsed.TotalMilliseconds
if ($measured.Count -ne $VersionCount * $FileCount) {
    throw "$($measured.Count) versions were listed."
}

Write-Account -Ms $ms
