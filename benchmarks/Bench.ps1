#requires -Version 7.4

<#
.SYNOPSIS
Compares this module with what people use today and writes results.md, results.csv, results.svg and overview.svg.

.DESCRIPTION
Called by ./build.ps1 Bench. The emulator of both services runs in a process of its own. In every round each side of a workload runs
once, in a new process; the median over the rounds counts. Each file in workloads/ describes one workload:

    @{
        Title    = 'what is done, for the table'
        Overview = 'its title in the chart for the README, if it appears there'
        Settings = @{ latencyMs = 20 }           # of the emulator
        Rounds   = 5                             # unless -Rounds is given
        Sides    = [ordered]@{ 'name' = New-Side ...; 'other' = @{ Command = 'curl', '-s', '...' } }
        Measure  = 'Ms'                          # the time to compare: Ms, measured by the side, or WallMs, of its whole process
        Goals    = @(@{ Text = '...'; AtMost = 1.08; Value = { param($m) $m['name'].Ms / 2500 } })
        Note     = 'how to read the table'
        Limit    = 'the reason for a missed goal; the results show it only if a goal is missed'
    }

A side is a command. If the last line of its output is JSON, it has the measurements of the side: ms (a number for each run), cpuMs and
peakMB. The environment gives it the emulator (BOX_BASE_URL, IMAGE_KIT_BASE_URL), credentials (BOX_ACCESS_TOKEN, IMAGEKIT_PRIVATE_KEY)
and the module (BENCH_MODULE). IsModule marks the sides that use this module, Rounds limits the rounds of a slow side, and Missing is
the reason why a side cannot run.

.PARAMETER Module
The folder of the built module.

.PARAMETER Emulator
The dll of the emulator.

.PARAMETER Workload
The workloads to run, such as W1, W2; by default all. Results are written only if all of them run or -OutputPath is given.

.PARAMETER Rounds
The number of rounds, instead of what each workload specifies.

.PARAMETER OutputPath
The folder for the results.

.PARAMETER FromCsv
Runs nothing; creates the tables and charts again from the numbers in these files.
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

# -File passes a list as one string.
$Workload = @($Workload | Where-Object { $_ } | ForEach-Object { $_ -split ',' } | ForEach-Object { $_.Trim() })
$pwsh = [Diagnostics.Process]::GetCurrentProcess().MainModule.FileName
$pwshArguments = @(if ((Split-Path $pwsh -LeafBase) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' })
$powerShell = @($pwsh) + $pwshArguments + '-NoProfile', '-NonInteractive'
$bareCSharp = Join-Path $PSScriptRoot 'FileVersions.Benchmarks/bin/Release/net10.0/FileVersions.Benchmarks.dll'
$noNode = $null
$noCurl = if (-not (Get-Command -Name curl, sh -CommandType Application -ErrorAction Ignore)) { 'curl is not on this machine' }

function Install-Side {
    # Builds the C# side and installs the packages of the Node sides. Returns the reason if the Node sides cannot run.
    dotnet build (Join-Path $PSScriptRoot 'FileVersions.Benchmarks') -c Release -v quiet --nologo | Out-Host
    if ($LASTEXITCODE -ne 0) {
        throw 'The C# side does not build.'
    }

    if (-not (Get-Command -Name npm -CommandType Application -ErrorAction Ignore)) {
        return 'Node is not on this machine'
    }

    npm install --prefix $PSScriptRoot --no-package-lock --no-audit --no-fund --loglevel=error | Out-Null
    if ($LASTEXITCODE -ne 0) {
        return 'npm could not install it'
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
        # A new process that lists one file; its whole time counts.
        [switch] $Cold,
        [int] $Rounds = [int]::MaxValue
    )

    $numbers = $FileCount, $ThrottleLimit, $RunCount
    $side = @{ Rounds = $Rounds; Missing = $null; IsModule = $Name -eq 'FileVersions' }
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
                $side.Command = $powerShell + '-Command', "Import-Module '$env:BENCH_MODULE'; $get > `$null"
                return $side
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
        throw 'The emulator did not start.'
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
    # Runs the command of a side and returns its measurements.
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
        throw "$WorkloadId, $Name`: exit code $($process.ExitCode)."
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
        PeakInFlight  = $seen.total.peakInFlight
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
            Write-Host ('  round {0}  {1,-28} {2,9:n1} ms  process {3,9:n1} ms  cpu {4,8:n1} ms  {5,6:n1} MB  {6} requests, {7} in flight, {8} connections' -f @(
                    $round, $name, $result.Ms, $result.WallMs, $result.CpuMs, $result.PeakMB, $result.Requests, $result.PeakInFlight, $result.Connections))
            $result
        }
    }
}

function Import-Result {
    # Reads the numbers of an earlier run.
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
