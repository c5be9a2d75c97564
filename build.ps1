#!/usr/bin/env pwsh

<#
.SYNOPSIS
Builds, tests and packages FileVersions.

.DESCRIPTION
Runs on Windows PowerShell 5.1 and PowerShell 7. Results are written to out/, compiler output to the bin and obj folders of the projects,
and packages for Bench to benchmarks/node_modules. Only the task Install writes to your profile.

.PARAMETER Task
Build    compiles the module into out/FileVersions, ready for Import-Module
Test     builds, then runs the xunit and Pester tests; the last line counts them
Demo     builds, then runs the module against an emulator of both services
Bench    runs the benchmarks and writes benchmarks/results.md; needs PowerShell 7.4 or later
Docs     updates docs/help from the cmdlets
Lint     runs PSScriptAnalyzer and dotnet format, and checks help and links
Package  writes the package for the PowerShell Gallery to out/packages
Install  copies the module to a folder where PowerShell finds it
Clean    removes out/ and every bin and obj folder

.PARAMETER Configuration
Release or Debug.

.PARAMETER Path
Test: the Pester file or folder to run, without the xunit tests.

.PARAMETER TestName
Test: runs only tests whose full name contains this text.

.PARAMETER Culture
Test: the culture of the Pester tests, such as de-DE.

.PARAMETER Coverage
Test: measures the code coverage of the xunit tests. The report is in out/test-results.

.PARAMETER Destination
Install: the module folder to copy to; by default that of the current user.

.PARAMETER Workload
Bench: the workloads to run, such as W1, W2. Their results are shown but not written.

.PARAMETER Rounds
Bench: the number of rounds, instead of what each workload specifies.

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

    [switch] $Coverage,

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
        'Test' { Invoke-TestTask -Configuration $Configuration -Path $Path -TestName $TestName -Culture $Culture -Coverage:$Coverage }
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
