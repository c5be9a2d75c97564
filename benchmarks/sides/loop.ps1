# Invoke-RestMethod in a loop, the usual first script.
param([string] $Service, [int] $FileCount, [int] $RunCount)

. "$PSScriptRoot/common.ps1"
$list = Get-RestScript $Service
Measure-Side -Id (Get-FileId $Service $FileCount) -RunCount $RunCount -Script { param($Id) $Id | ForEach-Object $list }
