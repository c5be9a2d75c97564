# All versions of many files through the pipeline, and none kept.
param([int] $FileCount)

. "$PSScriptRoot/common.ps1"
Import-Module -Name $env:BENCH_MODULE
$clock = [Diagnostics.Stopwatch]::StartNew()
$measured = Get-FileId box $FileCount | Get-BoxFileVersion | Measure-Object
$ms = $clock.Elapsed.TotalMilliseconds
$process = [Diagnostics.Process]::GetCurrentProcess()
@{ ms = @($ms); cpuMs = $process.TotalProcessorTime.TotalMilliseconds; peakMB = $process.PeakWorkingSet64 / 1MB; count = $measured.Count } | ConvertTo-Json -Compress
