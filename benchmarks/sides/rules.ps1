# Lists versions and, as often, lists them into the retention rules: the difference is what the rules take.
param([int] $FileCount)

. "$PSScriptRoot/common.ps1"
Import-Module -Name $env:BENCH_MODULE
$ids = Get-FileId box $FileCount
$null = $ids[0] | Get-BoxFileVersion | Select-ExpiredFileVersion -KeepLast 10 -KeepDaily 30 -KeepMonthly 12

# In chunks, so that the versions of a million files need not be in memory.
$rules = 0.0
$count = 0
$clock = [Diagnostics.Stopwatch]::StartNew()
for ($i = 0; $i -lt $FileCount; $i += 100) {
    $versions = @($ids[$i..($i + 99)] | Get-BoxFileVersion)
    $count += $versions.Count
    $started = $clock.Elapsed
    $null = $versions | Select-ExpiredFileVersion -KeepLast 10 -KeepDaily 30 -KeepMonthly 12
    $rules += ($clock.Elapsed - $started).TotalMilliseconds
}

Write-Account -Ms $rules
