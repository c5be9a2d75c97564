# The same loop with ForEach-Object -Parallel, whose output has no order.
param([string] $Service, [int] $FileCount, [int] $ThrottleLimit, [int] $RunCount)

. "$PSScriptRoot/common.ps1"
$list = Get-RestScript $Service
Measure-Side -Id (Get-FileId $Service $FileCount) -RunCount $RunCount -Script {
    param($Id)
    $Id | ForEach-Object -ThrottleLimit $ThrottleLimit -Parallel $list
}
