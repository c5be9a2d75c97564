# A line of cmdlets, as a user would type it. It runs once uncounted on a small part, if -WarmUp has one, and then as often as asked for.
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
