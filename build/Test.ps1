function Invoke-TestTask {
    param(
        [Parameter(Mandatory)] [string] $Configuration,
        [string] $Path,
        [string] $TestName,
        [string] $Culture,
        [switch] $Coverage
    )

    Invoke-BuildTask -Configuration $Configuration
    $results = Get-RepositoryPath 'out/test-results'
    Remove-Item -LiteralPath $results -Recurse -ErrorAction Ignore
    $null = New-Item -ItemType Directory -Path $results

    # The files to run, each with the name of its runner in the summary.
    $queue = @()
    $leftOut = @()
    if ($Path) {
        $leftOut += 'xunit tests (-Path names Pester tests)'
    }
    else {
        $queue += @{ Runner = 'xunit'; File = Get-RepositoryPath 'tests/unit/FileVersions.UnitTests.csproj' }
        $framework = Get-NetFrameworkName
        if ($framework) {
            $queue += @{ Runner = "xunit on $framework"; File = Get-RepositoryPath 'tests/netfx/FileVersions.NetFrameworkTests.csproj' }
        }
        else {
            $leftOut += 'xunit tests on .NET Framework (neither .NET Framework nor Mono is installed)'
        }
    }

    $arguments = @('-Results', $results, '-Configuration', $Configuration)
    try {
        $arguments += '-Pester', (Get-BuildTool -Name Pester)
        $queue += Get-PesterFile -Path $Path | ForEach-Object { @{ Runner = 'Pester'; File = $_ } }
    }
    catch {
        $leftOut += "Pester tests ($($_.Exception.Message))"
    }

    if ($TestName) {
        $arguments += '-TestName', $TestName
    }
    if ($Culture) {
        $arguments += '-Culture', $Culture
    }
    if ($Coverage) {
        $arguments += '-Coverage'
    }

    if (-not $queue) {
        throw "there is nothing to run. Left out: $($leftOut -join '; ')"
    }

    Write-Step 'Building the tests'
    $null = Build-Emulator -Configuration $Configuration
    $notBuilt = @(@($queue.File) -like '*.csproj' | Where-Object { -not (Build-TestProject -Path $_ -Configuration $Configuration) })

    Write-Step "Testing the client, and the built module in PowerShell $($PSVersionTable.PSVersion)"
    [IO.File]::WriteAllLines((Join-Path $results 'queue.txt'), [string[]]@($queue.File | Where-Object { $_ -notin $notBuilt }))
    # One process more than cores, because many tests are idle most of the time.
    $workers = 1..[Math]::Min($queue.Count, [Environment]::ProcessorCount + 1) | ForEach-Object {
        @{ File = 'build/scripts/Invoke-TestQueue.ps1'; ArgumentList = $arguments }
    }
    $noise = '^(\e\[\d+m)*(Starting discovery|Discovery found|Running tests|Tests completed|Tests Passed|$)'
    Invoke-PowerShellInParallel -Script $workers -Hide $noise

    Write-Summary -Queue $queue -Results $results -LeftOut $leftOut
}

function Get-PesterFile {
    # Returns the paths of the Pester files, the longest-running first, so that none of them starts last.
    param([string] $Path)

    $folder = Get-RepositoryPath 'tests/pester'
    if ($Path) {
        $folder = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
    }

    $longest = 'Export-BoxFileVersion', 'FaultRun', 'SignIn', 'Recovery', 'Http2', 'Progress', 'Help', 'Save-BoxFileVersion', 'Errors', 'Trim'
    $order = @($longest | ForEach-Object { "$_.Tests.ps1" })
    Get-ChildItem -Path $folder -Recurse -Filter *.Tests.ps1 |
        Sort-Object -Property { if ($_.Name -in $order) { $order.IndexOf($_.Name) } else { $order.Count } }, Name |
        Select-Object -ExpandProperty FullName
}

function Get-NetFrameworkName {
    # Returns the name of the runtime for .NET Framework assemblies on this computer, or nothing.
    if ($env:OS -eq 'Windows_NT') {
        '.NET Framework'
    }
    elseif (Get-Command -Name mono -CommandType Application -ErrorAction Ignore) {
        "Mono $(@(mono --version)[0] -replace '.*version (\S+).*', '$1')"
    }
}

function Build-TestProject {
    # Builds an xunit project and returns whether that succeeded.
    param([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [string] $Configuration)

    try {
        Invoke-DotNet 'msbuild', $Path, '-restore', "-p:Configuration=$Configuration", '-v:quiet', '-nologo'
        $true
    }
    catch {
        Write-Host $_.Exception.Message -ForegroundColor Red
        $false
    }
}

function Write-Summary {
    # Adds up the results of all files and ends the process with exit code 1 if a test failed.
    param([Parameter(Mandatory)] [hashtable[]] $Queue, [Parameter(Mandatory)] [string] $Results, [string[]] $LeftOut)

    $failedNames = @()
    $ran = @{}
    $total = @{ Passed = 0; Failed = 0; Skipped = 0 }
    Write-Step 'Summary'
    foreach ($runner in $Queue | Group-Object -Property { $_.Runner }) {
        $sum = @{ Passed = 0; Failed = 0; Skipped = 0 }
        foreach ($file in $runner.Group.File) {
            $name = [IO.Path]::GetFileNameWithoutExtension($file)
            $counts = @{ Passed = 0; Failed = 1; Skipped = 0; FailedNames = @("$name was not built, or its process ended before its tests.") }
            if (Test-Path -LiteralPath "$Results/$name.json") {
                $counts = ConvertFrom-Json ([IO.File]::ReadAllText("$Results/$name.json"))
            }
            foreach ($kind in @($sum.Keys)) {
                $sum[$kind] += $counts.$kind
                $total[$kind] += $counts.$kind
            }
            $failedNames += $counts.FailedNames
        }
        $ran[$runner.Name] = $sum.Passed + $sum.Failed
        Write-Host "$($runner.Name): $($sum.Passed) passed, $($sum.Failed) failed, $($sum.Skipped) skipped"
    }

    $ran.Keys -like 'xunit on *' | ForEach-Object {
        $LeftOut += "$($ran['xunit'] - $ran[$_]) of the xunit tests on $($_ -replace '^xunit on ') (tests/netfx/FileVersions.NetFrameworkTests.csproj has the reasons)"
    }

    $LeftOut | Where-Object { $_ } | ForEach-Object { Write-Host "Left out: $_" -ForegroundColor Yellow }
    $failedNames | ForEach-Object { Write-Host "Failed: $_" -ForegroundColor Red }

    # CI parses the last line. A run without a passed test fails.
    Write-Host "$($total.Passed) passed, $($total.Failed) failed, $($total.Skipped) skipped"
    if ($total.Failed -gt 0 -or $total.Passed -eq 0) {
        exit 1
    }
}
