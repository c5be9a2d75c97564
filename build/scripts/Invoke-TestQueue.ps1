# Runs tests. build.ps1 starts this script in several concurrent processes. Each takes the next file from a queue until it is empty: a
# Pester file or a built xunit project.
[CmdletBinding(PositionalBinding = $false)]
param(
    # The folder with queue.txt, which lists the files. The results of each file are written to this folder: the counts as JSON and a report
    # (NUnit XML for a Pester file, trx for a project).
    [Parameter(Mandatory)] [string] $Results,

    # The configuration in which the projects were built.
    [Parameter(Mandatory)] [string] $Configuration,

    # The manifest of the Pester module.
    [string] $Pester,

    # Only tests whose full name contains this text.
    [string] $TestName,

    # The culture of the Pester tests, such as de-DE.
    [string] $Culture,

    # Measures the code coverage of the tests on .NET.
    [switch] $Coverage
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# Other installed modules must not affect the tests.
$out = [IO.Path]::GetFullPath((Join-Path $PSScriptRoot '../../out'))
$env:PSModulePath = @($out, (Join-Path $PSHOME 'Modules')) -join [IO.Path]::PathSeparator

if ($Pester) {
    Import-Module -Name $Pester
}
if ($Culture) {
    $info = [cultureinfo]::GetCultureInfo($Culture)
    [cultureinfo]::DefaultThreadCurrentCulture = $info
    [cultureinfo]::CurrentCulture = $info
}

function Invoke-PesterFile {
    # Runs the tests of a file and returns their counts. Report is the path of the report without its extension.
    param([string] $Path, [string] $Report)

    $options = New-PesterConfiguration
    $options.Run.Path = $Path
    $options.Run.PassThru = $true
    if ($TestName) {
        $options.Filter.FullName = "*$TestName*"
    }

    $run = Invoke-Pester -Configuration $options
    foreach ($test in $run.Skipped + $run.Inconclusive) {
        # Tests with -Skip have a tag that says what they need.
        $block = $test.Block
        $tags = @($test.Tag) + @(while ($block) { $block.Tag; $block = $block.Parent })
        $why = if ($test.ErrorRecord) { $test.ErrorRecord[0].Exception.Message } else { $tags -match '^needs ' -join ', ' }
        Write-Host "Skipped: $($test.ExpandedPath) ($why)" -ForegroundColor Yellow
    }

    try {
        $run | Export-NUnitReport -Path "$Report.xml"
    }
    catch {
        # XML cannot contain all characters of a message, such as escape sequences for colours.
        Write-Host "The report could not be written: $($_.Exception.Message)" -ForegroundColor Yellow
    }

    # If a file does not load or an AfterAll fails, no test is marked as failed.
    $broken = @($run.FailedContainers + $run.FailedBlocks | Where-Object { $_.FailedCount -eq 0 })
    @{
        Passed = $run.PassedCount
        Failed = $run.FailedCount + $broken.Count
        Skipped = $run.SkippedCount + $run.InconclusiveCount
        FailedNames = @(
            $run.Failed | ForEach-Object { '{0}: {1}' -f $_.ExpandedPath, ("$($_.ErrorRecord[0])".Trim() -split '\r?\n')[0] }
            $broken | ForEach-Object { "$_" }
        )
    }
}

function Invoke-Project {
    # Runs the tests of an xunit project and returns their counts. Report is the path of the report without its extension.
    param([string] $Path, [string] $Report)

    $name = Split-Path $Report -Leaf
    $arguments = 'test', $Path, '-c', $Configuration, '--no-build', '--nologo', '--results-directory', (Split-Path $Report), '--logger', "trx;LogFileName=$name.trx"
    if ($TestName) {
        $arguments += '--filter', "FullyQualifiedName~$TestName"
    }
    if ($Coverage -and $name -eq 'FileVersions.UnitTests') {
        $arguments += '--collect', 'XPlat Code Coverage'
    }

    dotnet @arguments | Out-Host
    $isBroken = $LASTEXITCODE -ne 0
    $counts = @{ Passed = 0; Failed = 0; Skipped = 0; FailedNames = @() }
    if (Test-Path -LiteralPath "$Report.trx") {
        $run = ([xml][IO.File]::ReadAllText("$Report.trx")).TestRun
        $counters = $run.ResultSummary.Counters
        $counts.Passed = [int]$counters.passed
        $counts.Failed = [int]$counters.failed
        $counts.Skipped = [int]$counters.total - [int]$counters.executed
        $tests = @($run.SelectNodes('*[local-name() = "Results"]/*'))
        foreach ($test in $tests) {
            switch ($test.outcome) {
                'Failed' { $counts.FailedNames += '{0}: {1}' -f $test.testName, ($test.Output.ErrorInfo.Message -split '\r?\n')[0] }
                'NotExecuted' { Write-Host "Skipped: $($test.testName) ($($test.Output.ErrorInfo.Message))" -ForegroundColor Yellow }
                'Passed' {
                    # dotnet test does not show the output of passed tests, such as seeds and measurements.
                    if ($test.SelectSingleNode('*/*[local-name() = "StdOut"]')) {
                        Write-Host "$($test.testName):`n  $($test.Output.StdOut.Trim() -replace '\r?\n', "`n  ")"
                    }
                }
            }
        }
    }

    if ($isBroken -and $counts.Failed -eq 0) {
        $counts.Failed = 1
        $counts.FailedNames = @("${name}: dotnet test failed; see above.")
    }

    $counts
}

foreach ($file in [IO.File]::ReadAllLines((Join-Path $Results 'queue.txt'))) {
    $report = Join-Path $Results ([IO.Path]::GetFileNameWithoutExtension($file))
    try {
        # Only the first process can create the file.
        [IO.File]::Open("$report.started", 'CreateNew').Dispose()
    }
    catch [IO.IOException] {
        continue
    }

    $counts = if ($file.EndsWith('.csproj')) { Invoke-Project -Path $file -Report $report } else { Invoke-PesterFile -Path $file -Report $report }
    [IO.File]::WriteAllText("$report.json", (ConvertTo-Json -InputObject $counts))
    Write-Host '---'
}

# Otherwise, a remoting session to a disconnected host would delay the exit by minutes.
[Environment]::Exit(0)
