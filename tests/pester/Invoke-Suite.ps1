# Runs the Pester tests. build.ps1 starts this in a process of its own, so that the module under test is loaded fresh and can be
# built again afterwards.
[CmdletBinding(PositionalBinding = $false)]
param(
    # The manifest of the Pester to use.
    [Parameter(Mandatory)] [string] $Pester,

    # The JSON file for the counts; the report of every test goes beside it as NUnit XML.
    [Parameter(Mandatory)] [string] $ResultPath,

    # A test file or a folder of them.
    [string] $Path = $PSScriptRoot,

    # Only tests whose full name contains this text.
    [string] $TestName,

    # The culture to run under, such as de-DE.
    [string] $Culture
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# Modules that happen to be installed must not lend a hand.
$out = [IO.Path]::GetFullPath((Join-Path $PSScriptRoot '../../out'))
$env:PSModulePath = @($out, (Join-Path $PSHOME 'Modules')) -join [IO.Path]::PathSeparator

Import-Module -Name $Pester
if ($Culture) {
    $info = [cultureinfo]::GetCultureInfo($Culture)
    [cultureinfo]::DefaultThreadCurrentCulture = $info
    [cultureinfo]::CurrentCulture = $info
}

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
if ($TestName) {
    $configuration.Filter.FullName = "*$TestName*"
}

$run = Invoke-Pester -Configuration $configuration
foreach ($test in $run.Skipped + $run.Inconclusive) {
    # Tests with -Skip say in a tag what they need.
    $block = $test.Block
    $tags = @($test.Tag) + @(while ($block) { $block.Tag; $block = $block.Parent })
    $why = if ($test.ErrorRecord) { $test.ErrorRecord[0].Exception.Message } else { $tags -match '^needs ' -join ', ' }
    Write-Host "Skipped: $($test.ExpandedPath) ($why)" -ForegroundColor Yellow
}

# A file that does not load, or an AfterAll that fails, has no failed test to show for it.
$broken = @($run.FailedContainers + $run.FailedBlocks | Where-Object { $_.FailedCount -eq 0 })
$failed = $run.FailedCount + $broken.Count
$names = @(
    $run.Failed | ForEach-Object { '{0}: {1}' -f $_.ExpandedPath, ("$($_.ErrorRecord[0])".Trim() -split '\r?\n')[0] }
    $broken | ForEach-Object { "$_" }
)
$counts = @{ Passed = $run.PassedCount; Failed = $failed; Skipped = $run.SkippedCount + $run.InconclusiveCount; FailedNames = $names }
[IO.File]::WriteAllText($ResultPath, (ConvertTo-Json $counts))
try {
    $run | Export-NUnitReport -Path ([IO.Path]::ChangeExtension($ResultPath, '.xml'))
}
catch {
    # XML cannot hold every character of a message, such as those that colour it.
    Write-Host "The report could not be written: $($_.Exception.Message)" -ForegroundColor Yellow
}

exit [int]($failed -gt 0)
