# All versions of many files through the pipeline, and none kept.
param([int] $FileCount, [int] $VersionCount = 1000)

. "$PSScriptRoot/common.ps1"
Import-Module -Name $env:BENCH_MODULE
$clock = [Diagnostics.Stopwatch]::StartNew()
$measured = Get-FileId box $FileCount | Get-BoxFileVersion | Measure-Object
$ms = $clock.Elapsed.TotalMilliseconds
if ($measured.Count -ne $VersionCount * $FileCount) {
    throw "$($measured.Count) versions came."
}

Write-Account -Ms $ms
