#requires -Version 7.4

<#
.SYNOPSIS
Measures this module beside what people use today, and writes results.md, results.csv and results.svg.

.DESCRIPTION
Called by ./build.ps1 Bench. The emulator of both services runs as a process of its own. In every round each side of a workload
has its turn, in a fresh process; what counts is the median over the rounds. Each file in workloads/ describes one workload:

    @{
        Title    = 'what is done, for the table'
        Settings = @{ latencyMs = 20 }           # of the emulator
        Rounds   = 5                             # unless -Rounds is given
        Sides    = [ordered]@{ 'name' = New-Side ...; 'other' = @{ Command = 'curl', '-s', '...' } }
        Measure  = 'Ms'                          # what the table compares: Ms, the side's own clock, or WallMs, its whole process
        Goals    = @(@{ Text = '...'; AtMost = 1.08; Value = { param($m) $m['name'].Ms / 2500 } })
        Note     = 'what else there is to say'
        Holds    = 'what keeps it from a goal, written to the results where one is not reached'
    }

A side is a command. When the last line that it prints is JSON, that is its own account: ms (a number for each run), cpuMs and
peakMB. It finds the emulator in BOX_BASE_URL and IMAGE_KIT_BASE_URL, credentials in BOX_ACCESS_TOKEN and IMAGEKIT_PRIVATE_KEY,
and the module in BENCH_MODULE. A side with Rounds runs in so many rounds at most; one with Missing is named with that reason.

.PARAMETER Module
The folder of the built module.

.PARAMETER Emulator
The dll of the emulator.

.PARAMETER Workload
The workloads to run, such as W1, W2; by default all. Results are written only when all of them run, or to -OutputPath.

.PARAMETER Rounds
How many rounds, whatever the workload says.

.PARAMETER OutputPath
The folder for the results.

.PARAMETER FromCsv
Runs nothing, and makes the tables and the chart again from the numbers in these files.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Emulator,
    [string[]] $Workload,
    [int] $Rounds,
    [string] $OutputPath,
    [string[]] $FromCsv
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

. "$PSScriptRoot/report.ps1"

# -File gives a list as one text.
$Workload = @($Workload | Where-Object { $_ } | ForEach-Object { $_ -split ',' } | ForEach-Object { $_.Trim() })
$pwsh = [Diagnostics.Process]::GetCurrentProcess().MainModule.FileName
$pwshArguments = @(if ((Split-Path $pwsh -LeafBase) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' })
$powerShell = @($pwsh) + $pwshArguments + '-NoProfile', '-NonInteractive'
$bareCSharp = Join-Path $PSScriptRoot 'FileVersions.Benchmarks/bin/Release/net10.0/FileVersions.Benchmarks.dll'
$noNode = $null

function Install-Side {
    # Builds the C# side and fetches the packages of the Node sides; where they cannot be had, the sides are missing.
    dotnet build (Join-Path $PSScriptRoot 'FileVersions.Benchmarks') -c Release -v quiet --nologo | Out-Host
    if ($LASTEXITCODE -ne 0) {
        throw 'the C# side does not build.'
    }

    if (-not (Get-Command -Name npm -CommandType Application -ErrorAction Ignore)) {
        return 'Node is not on this machine'
    }

    npm install --prefix $PSScriptRoot --no-package-lock --no-audit --no-fund --loglevel=error | Out-Null
    if ($LASTEXITCODE -ne 0) {
        return 'npm could not fetch it'
    }
}

function New-Side {
    # A side that lists the versions of files.
    param(
        # FileVersions, loop, parallel, bare C#, box-node-sdk or @imagekit/nodejs.
        [Parameter(Mandatory)] [string] $Name,
        [string] $Service = 'box',
        [int] $FileCount = 1,
        [int] $ThrottleLimit = 8,
        [int] $RunCount = 1,
        # A process that does nothing else, and lists no file first: what counts is its whole life.
        [switch] $Cold,
        [int] $Rounds = [int]::MaxValue
    )

    $numbers = $FileCount, $ThrottleLimit, $RunCount
    $side = @{ Rounds = $Rounds; Missing = $null }
    $side.Command = switch ($Name) {
        'bare C#' {
            @('dotnet', $bareCSharp, $Service) + $numbers
        }
        { $_ -in 'box-node-sdk', '@imagekit/nodejs' } {
            $side.Missing = $noNode
            $script = if ($_ -eq 'box-node-sdk') { 'box-node-sdk.mjs' } else { 'imagekit.mjs' }
            @('node', (Join-Path $PSScriptRoot "sides/$script")) + $numbers + @(if ($Cold) { 'cold' })
        }
        default {
            if ($Cold) {
                $get = if ($Service -eq 'box') { 'Get-BoxFileVersion 100000001' } else { 'Get-IKFileVersion n100-100000001' }
                return @{ Command = $powerShell + '-Command', "Import-Module '$env:BENCH_MODULE'; $get > `$null" }
            }

            $list = '-Service', $Service, '-FileCount', $FileCount, '-RunCount', $RunCount
            if ($_ -ne 'loop') {
                $list += '-ThrottleLimit', $ThrottleLimit
            }
            $powerShell + '-File' + (Join-Path $PSScriptRoot "sides/$_.ps1") + $list
        }
    }

    $side
}

function Start-Emulator {
    $start = [Diagnostics.ProcessStartInfo]::new('dotnet')
    foreach ($argument in $Emulator, '--parent-pid', $PID) {
        $start.ArgumentList.Add($argument)
    }
    $start.RedirectStandardOutput = $true
    $process = [Diagnostics.Process]::Start($start)
    $ready = $process.StandardOutput.ReadLine()
    if (-not $ready) {
        throw 'the emulator did not say where it listens.'
    }

    $env:BENCH_DOWNLOAD_URL = (ConvertFrom-Json $ready).download
    $env:BOX_BASE_URL = $env:IMAGE_KIT_BASE_URL = (ConvertFrom-Json $ready).api
    $env:BOX_ACCESS_TOKEN = 'box-token'
    $env:IMAGEKIT_PRIVATE_KEY = 'private_test'
    $process
}

function Invoke-Emulator {
    param([string] $Method, [string] $Name, [object] $Body)

    $more = if ($Body) { @{ Body = (ConvertTo-Json $Body -Depth 20); ContentType = 'application/json' } } else { @{} }
    Invoke-RestMethod -Method $Method -Uri "$env:BOX_BASE_URL/_emulator/$Name" -NoProxy @more
}

function Invoke-Side {
    # Runs a side's command to its end and puts out what it took.
    param([string] $WorkloadId, [string] $Name, [string[]] $Command, [int] $Round)

    $null = Invoke-Emulator DELETE stats
    $load = if ($IsLinux) { [double](Get-Content -LiteralPath /proc/loadavg).Split(' ')[0] }
    $start = [Diagnostics.ProcessStartInfo]::new($Command[0])
    $Command | Select-Object -Skip 1 | ForEach-Object { $start.ArgumentList.Add($_) }
    $start.RedirectStandardOutput = $true
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $process = [Diagnostics.Process]::Start($start)
    $output = $process.StandardOutput.ReadToEnd()
    $process.WaitForExit()
    $wall = $clock.Elapsed.TotalMilliseconds
    if ($process.ExitCode -ne 0) {
        throw "$WorkloadId, $Name ended with exit code $($process.ExitCode)."
    }

    $account = @{}
    $last = $output.TrimEnd().Split("`n")[-1]
    if ($last.StartsWith('{')) {
        $account = ConvertFrom-Json $last -AsHashtable
    }

    $seen = Invoke-Emulator GET stats
    [pscustomobject]@{
        Workload    = $WorkloadId
        Side        = $Name
        Round       = $Round
        Ms          = if ($account.ContainsKey('ms')) { Get-Median $account.ms } else { $wall }
        WallMs      = $wall
        CpuMs       = $account['cpuMs']
        PeakMB      = $account['peakMB']
        Requests    = $seen.total.requests
        PeakAtOnce  = $seen.total.peakInFlight
        Connections = $seen.connections.accepted
        Load        = $load
    }
}

function Invoke-Workload {
    param([string] $Id, [hashtable] $Description)

    Write-Host "$Id`: $($Description.Title)" -ForegroundColor Cyan
    $null = Invoke-Emulator POST reset
    if ($Description['Settings']) {
        $null = Invoke-Emulator PATCH settings $Description.Settings
    }

    $count = if ($Rounds) { $Rounds } elseif ($Description['Rounds']) { $Description.Rounds } else { 5 }
    foreach ($round in 1..$count) {
        foreach ($name in @($Description.Sides.Keys)) {
            $side = $Description.Sides[$name]
            if ($side['Missing'] -or ($side['Rounds'] -and $round -gt $side.Rounds)) {
                continue
            }

            $result = Invoke-Side -WorkloadId $Id -Name $name -Command $side.Command -Round $round
            Write-Host ('  round {0}  {1,-28} {2,9:n1} ms  process {3,9:n1} ms  cpu {4,8:n1} ms  {5,6:n1} MB  {6} requests, {7} at once, {8} connections' -f @(
                    $round, $name, $result.Ms, $result.WallMs, $result.CpuMs, $result.PeakMB, $result.Requests, $result.PeakAtOnce, $result.Connections))
            $result
        }
    }
}

function Import-Result {
    # The numbers of an earlier run.
    foreach ($row in Import-Csv -LiteralPath $FromCsv) {
        foreach ($property in $row.PSObject.Properties | Where-Object Name -NotIn 'Workload', 'Side') {
            $property.Value = if ($property.Value) { [double]::Parse($property.Value, [cultureinfo]::InvariantCulture) }
        }
        $row
    }
}

$env:BENCH_MODULE = [IO.Path]::GetFullPath((Join-Path $Module 'FileVersions.psd1'), $PWD)
if (-not $FromCsv) {
    $noNode = Install-Side
    $server = Start-Emulator
}

try {
    $descriptions = [ordered]@{}
    foreach ($file in Get-ChildItem -Path "$PSScriptRoot/workloads/*.ps1" | Sort-Object { [int]$_.BaseName.Substring(1) }) {
        if (-not $Workload -or $file.BaseName -in $Workload) {
            $descriptions[$file.BaseName] = & $file.FullName
        }
    }

    $results = if ($FromCsv) {
        Import-Result
    }
    else {
        foreach ($id in $descriptions.Keys) {
            Invoke-Workload -Id $id -Description $descriptions[$id]
        }
    }
}
finally {
    if (-not $FromCsv) {
        $server.Kill()
    }
}

if (-not $OutputPath -and -not $Workload) {
    $OutputPath = $PSScriptRoot
}

Write-Report -Description $descriptions -Result $results -OutputPath $OutputPath
