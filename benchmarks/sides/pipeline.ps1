# Runs a pipeline as a user would type it, several times. -WarmUp is a small pipeline that runs first and does not count.
param([string] $Code, [string] $WarmUp, [int] $RunCount = 1)

. "$PSScriptRoot/common.ps1"
Import-Module -Name $env:BENCH_MODULE
if ($WarmUp) {
    & ([scriptblock]::Create($WarmUp)) > $null
}

$script = [scriptblock]::Create($Code)
$before = [Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime
$times = foreach ($run in 1..$RunCount) {
    $clock = [Diagnostics.Stopwatch]::StartNew()
    & $script > $null
    $clock.Elapsed.TotalMilliseconds
}

Write-Account -Ms $times -Before $before -RunCount $RunCount
