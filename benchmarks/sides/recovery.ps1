# Recovers an archive of 2,000 files, of which 300 were encrypted.
. "$PSScriptRoot/common.ps1"
Import-Module -Name $env:BENCH_MODULE
$null = Get-BoxFile 555 | Get-BoxFileVersion -AsOf 2020-01-01 -ErrorAction Ignore | Restore-BoxFileVersion -WhatIf 6>$null
$body = ConvertTo-Json @{ name = 'archive'; files = 2000; attacked = 300 }
$attack = Invoke-RestMethod -Method Post -Uri "$env:BOX_BASE_URL/_emulator/dataset" -Body $body -ContentType application/json
$time = ([DateTimeOffset]$attack.attackedAt).AddMinutes(-1)
$null = Invoke-RestMethod -Method Delete -Uri "$env:BOX_BASE_URL/_emulator/stats"

$clock = [Diagnostics.Stopwatch]::StartNew()
$null = Get-BoxFile 31415 -Recurse -ThrottleLimit 16 | Get-BoxFileVersion -AsOf $time -ThrottleLimit 16 | Restore-BoxFileVersion -ThrottleLimit 16
$elapsed = $clock.Elapsed.TotalMilliseconds

# The ideal: 20 ms for each request, 16 in flight.
$requests = (Invoke-RestMethod -Uri "$env:BOX_BASE_URL/_emulator/stats").box.requests
Write-Account -Ms ($elapsed / ($requests * 20 / 16))
