# This module, called as a user would call it.
param([string] $Service, [int] $FileCount, [int] $ThrottleLimit, [int] $RunCount)

. "$PSScriptRoot/common.ps1"
Import-Module -Name $env:BENCH_MODULE
$script = if ($Service -eq 'box') {
    { param($Id) $Id | Get-BoxFileVersion -ThrottleLimit $ThrottleLimit }
}
else {
    { param($Id) $Id | Get-IKFileVersion -ThrottleLimit $ThrottleLimit }
}

Measure-Side -Id (Get-FileId $Service $FileCount) -RunCount $RunCount -Script $script
