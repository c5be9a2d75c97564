#!/usr/bin/env pwsh

<#
.SYNOPSIS
Builds, tests and packages FileVersions.

.DESCRIPTION
Runs on Windows PowerShell 5.1 and PowerShell 7. What is made lands in out/, what the compiler makes in the bin and obj folders
beside the projects, and what Bench fetches in benchmarks/node_modules; nothing is written to your profile except by the task Install.

.PARAMETER Task
Build    compiles the module into out/FileVersions, ready for Import-Module
Test     builds, then runs the xunit and the Pester tests; the last line is the count
Demo     builds, then shows the module at work against an emulator of both services
Bench    runs the benchmarks and writes benchmarks/results.md; needs PowerShell 7.4 or later
Docs     brings docs/help up to date with the cmdlets
Lint     PSScriptAnalyzer, dotnet format, help that drifted, dead links
Package  makes the package for the PowerShell Gallery in out/packages
Install  copies the module to where PowerShell finds it
Clean    removes out/ and every bin and obj folder

.PARAMETER Configuration
Release or Debug.

.PARAMETER Path
Test: the Pester file or folder to run; the xunit tests are then left out.

.PARAMETER TestName
Test: only tests whose full name contains this text, in both runners.

.PARAMETER Culture
Test: the culture the Pester tests run under, such as de-DE.

.PARAMETER Destination
Install: the module folder to copy to. The default is the current user's.

.PARAMETER Workload
Bench: the workloads to run, such as W1, W2; the results are then shown and not written.

.PARAMETER Rounds
Bench: how many rounds, whatever the workloads say.

.EXAMPLE
./build.ps1 Test

.EXAMPLE
./build.ps1 Test -Path tests/pester/Get-BoxFileVersion.Tests.ps1 -TestName 'by property name'
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Demo', 'Bench', 'Docs', 'Lint', 'Package', 'Install', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    [string] $Path,

    [string] $TestName,

    [string] $Culture,

    [string] $Destination,

    [string[]] $Workload,

    [int] $Rounds
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$env:DOTNET_NOLOGO = '1'
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'

foreach ($file in Get-ChildItem -Path "$PSScriptRoot/build/*.ps1") {
    . $file.FullName
}

try {
    switch ($Task) {
        'Build' { Invoke-BuildTask -Configuration $Configuration }
        'Test' { Invoke-TestTask -Configuration $Configuration -Path $Path -TestName $TestName -Culture $Culture }
        'Demo' { Invoke-DemoTask -Configuration $Configuration }
        'Bench' { Invoke-BenchTask -Configuration $Configuration -Workload $Workload -Rounds $Rounds }
        'Docs' { Invoke-DocsTask -Configuration $Configuration }
        'Lint' { Invoke-LintTask -Configuration $Configuration }
        'Package' { Invoke-PackageTask -Configuration $Configuration }
        'Install' { Invoke-InstallTask -Configuration $Configuration -Destination $Destination }
        'Clean' { Invoke-CleanTask }
    }
}
catch {
    Write-Verbose $_.ScriptStackTrace
    Write-Host "$Task failed: $($_.Exception.Message)" -ForegroundColor Red
    exit 1
}
exit 0
