function Invoke-TestTask {
    param(
        [Parameter(Mandatory)] [string] $Configuration,
        [string] $Path,
        [string] $TestName,
        [string] $Culture
    )

    Invoke-BuildTask -Configuration $Configuration
    $null = New-Item -ItemType Directory -Path (Get-RepositoryPath 'out/test-results') -Force

    $counts = @()
    $leftOut = @()
    if ($Path) {
        $leftOut += 'xunit tests (-Path names Pester tests)'
    }
    else {
        $counts += Invoke-UnitTest -Configuration $Configuration -TestName $TestName
    }

    $pester = $null
    try {
        $pester = Get-BuildTool -Name Pester
    }
    catch {
        $leftOut += "Pester tests ($($_.Exception.Message))"
    }

    if ($pester) {
        $counts += Invoke-PesterTest -Configuration $Configuration -Pester $pester -Path $Path -TestName $TestName -Culture $Culture
    }

    Write-Step 'Summary'
    $counts | ForEach-Object { Write-Host ('{0}: {1} passed, {2} failed, {3} skipped' -f $_.Runner, $_.Passed, $_.Failed, $_.Skipped) }
    $leftOut | ForEach-Object { Write-Host "Left out: $_" -ForegroundColor Yellow }
    $counts | ForEach-Object { $_.FailedNames } | Where-Object { $_ } | ForEach-Object { Write-Host "Failed: $_" -ForegroundColor Red }

    # Programs read the last line. A run without a passed test fails.
    $total = @{}
    foreach ($name in 'Passed', 'Failed', 'Skipped') {
        $total[$name] = 0
        $counts | ForEach-Object { $total[$name] += $_.$name }
    }
    Write-Host "$($total.Passed) passed, $($total.Failed) failed, $($total.Skipped) skipped"
    if ($total.Failed -gt 0 -or $total.Passed -eq 0) {
        exit 1
    }
}

function Get-TestCount {
    param([string] $Runner, [int] $Passed, [int] $Failed, [int] $Skipped, [string[]] $FailedNames)

    [pscustomobject]@{ Runner = $Runner; Passed = $Passed; Failed = $Failed; Skipped = $Skipped; FailedNames = $FailedNames }
}

function Invoke-UnitTest {
    param([string] $Configuration, [string] $TestName)

    Write-Step 'xunit: FileVersions.Client'
    $results = Get-RepositoryPath 'out/test-results/unit.trx'
    Remove-Item -LiteralPath $results -ErrorAction Ignore
    $arguments = 'test', 'tests/unit', '-c', $Configuration, '--nologo', '--results-directory', (Split-Path $results), '--logger', 'trx;LogFileName=unit.trx'
    if ($TestName) {
        $arguments += '--filter', "FullyQualifiedName~$TestName"
    }

    $isBroken = $false
    try {
        Invoke-DotNet $arguments
    }
    catch {
        Write-Host $_.Exception.Message -ForegroundColor Red
        $isBroken = $true
    }

    $passed, $failed, $skipped, $names = 0, 0, 0, @()
    if (Test-Path -LiteralPath $results) {
        $report = ([xml][IO.File]::ReadAllText($results)).TestRun
        $counters = $report.ResultSummary.Counters
        $passed, $failed = [int]$counters.passed, [int]$counters.failed
        $skipped = [int]$counters.total - [int]$counters.executed

        $names = @($report.Results.UnitTestResult | Where-Object { $_.outcome -eq 'Failed' } | ForEach-Object {
                '{0}: {1}' -f $_.testName, ($_.Output.ErrorInfo.Message -split '\r?\n')[0]
            })

        # dotnet test does not show the output of passed tests, such as seeds and measurements.
        foreach ($test in $report.Results.UnitTestResult | Where-Object { $_.outcome -eq 'Passed' -and $_.SelectSingleNode('*/*[local-name() = "StdOut"]') }) {
            Write-Host "$($test.testName):`n  $($test.Output.StdOut.Trim() -replace '\r?\n', "`n  ")"
        }
        if ($skipped -gt 0) {
            foreach ($test in $report.Results.UnitTestResult | Where-Object { $_.outcome -eq 'NotExecuted' }) {
                Write-Host "Skipped: $($test.testName) ($($test.Output.ErrorInfo.Message))" -ForegroundColor Yellow
            }
        }
    }
    if ($isBroken -and $failed -eq 0) {
        # The tests did not compile, or their process crashed.
        $failed = 1
    }

    Get-TestCount -Runner xunit -Passed $passed -Failed $failed -Skipped $skipped -FailedNames $names
}

function Invoke-PesterTest {
    param([string] $Configuration, [string] $Pester, [string] $Path, [string] $TestName, [string] $Culture)

    Write-Step "Pester: the built module in PowerShell $($PSVersionTable.PSVersion)"
    $null = Build-Emulator -Configuration $Configuration

    $results = Get-RepositoryPath 'out/test-results/pester.json'
    Remove-Item -LiteralPath $results -ErrorAction Ignore
    $arguments = @('-Pester', $Pester, '-ResultPath', $results)
    if ($Path) {
        $arguments += '-Path', $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
    }
    if ($TestName) {
        $arguments += '-TestName', $TestName
    }
    if ($Culture) {
        $arguments += '-Culture', $Culture
    }

    Invoke-PowerShell -File tests/pester/Invoke-Suite.ps1 -ArgumentList $arguments | Out-Host
    if (-not (Test-Path -LiteralPath $results)) {
        Write-Host 'The Pester process ended without a result.' -ForegroundColor Red
        return Get-TestCount -Runner Pester -Failed 1
    }

    $run = ConvertFrom-Json ([IO.File]::ReadAllText($results))
    Get-TestCount -Runner Pester -Passed $run.Passed -Failed $run.Failed -Skipped $run.Skipped -FailedNames $run.FailedNames
}
