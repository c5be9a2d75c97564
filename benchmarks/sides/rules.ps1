# Lists versions into memory, some files at a time, and times only the retention rules.
param([int] $FileCount)

. "$PSScriptRoot/common.ps1"
Import-Module -Name $env:BENCH_MODULE
$ids = Get-FileId box $FileCount
$null = $ids[0] | Get-BoxFileVersion | Select-ExpiredFileVersion -KeepLast 10 -KeepDaily 30 -KeepMonthly 12

# A chunk has 10,000 versions, so memory does not grow with the number of files.
$rules = 0.0
$count = 0
$clock = [Diagnostics.Stopwatch]::StartNew()
for ($i = 0; $i -lt $FileCount; $i += 100) {
    $versions = @($ids[$i..($i + 99)] | Get-BoxFileVersion -ThrottleLimit 16)
    $count += $versions.Count
    $started = $clock.Elapsed
    $null = $versions | Select-ExpiredFileVersion -KeepLast 10 -KeepDaily 30 -KeepMonthly 12
    $rules += ($clock.Elapsed - $started).TotalMilliseconds
}

Write-Account -Ms $rules
