# Every test file begins with: BeforeAll { . "$PSScriptRoot/common.ps1" }
# This loads the built module and defines helpers. The emulator starts once for the whole run.

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

function Get-RepositoryPath {
    # Returns the full path of a file or folder, which is given relative to the root of the repository.
    param([Parameter(Mandatory)] [string] $Name)

    [IO.Path]::GetFullPath((Join-Path $PSScriptRoot "../../$Name"))
}

function Get-Emulator {
    # Returns the addresses of the emulator: Api, Download and Proxy, such as http://127.0.0.1:41234, and its process id: Pid.
    # The first call starts it, and it ends with this process. Jobs and child processes share the emulator through an environment
    # variable.
    if ($env:FILEVERSIONS_TEST_EMULATOR) {
        $running = ConvertFrom-Json $env:FILEVERSIONS_TEST_EMULATOR
        if (Get-Process -Id $running.Pid -ErrorAction Ignore) {
            return $running
        }
    }

    $env:FILEVERSIONS_TEST_EMULATOR = Start-Emulator
    ConvertFrom-Json $env:FILEVERSIONS_TEST_EMULATOR
}

function Start-Emulator {
    # Starts a separate emulator and returns its first line, which is JSON with its addresses.
    # The emulator ends with this process.
    param([string[]] $ArgumentList = @())

    $dll = Get-ChildItem -Path (Get-RepositoryPath 'tests/emulator/bin/*/*/FileVersions.Emulator.dll') |
        Sort-Object -Property LastWriteTimeUtc |
        Select-Object -Last 1
    if (-not $dll) {
        throw 'The emulator is not built: dotnet build tests/emulator'
    }

    $start = New-Object -TypeName Diagnostics.ProcessStartInfo -ArgumentList 'dotnet'
    $start.Arguments = @("`"$($dll.FullName)`"", '--port 0 --download-port 0', "--parent-pid $PID") + $ArgumentList -join ' '
    $start.UseShellExecute = $false
    $start.RedirectStandardOutput = $true
    $process = [Diagnostics.Process]::Start($start)

    $line = $process.StandardOutput.ReadLineAsync()
    if (-not $line.Wait(30000) -or -not $line.Result) {
        throw 'The emulator did not report its addresses.'
    }

    # Reads the remaining output, so that the emulator never blocks on a full pipe.
    $null = $process.StandardOutput.BaseStream.CopyToAsync([IO.Stream]::Null)
    $line.Result
}

function Invoke-Emulator {
    # Sends a request to the emulator's control interface: Invoke-Emulator GET stats
    param(
        [Parameter(Mandatory, Position = 0)] [string] $Method,
        [Parameter(Mandatory, Position = 1)] [string] $Name,
        [Parameter(Position = 2)] [object] $Body
    )

    $request = @{ Method = $Method; Uri = "$((Get-Emulator).Api)/_emulator/$Name" }
    if ($null -ne $Body) {
        $request.Body = ConvertTo-Json -InputObject $Body -Depth 20
        $request.ContentType = 'application/json; charset=utf-8'
    }
    if ($PSVersionTable.PSEdition -eq 'Core') {
        $request.NoProxy = $true
    }

    # Invoke-RestMethod does not enumerate arrays.
    Invoke-RestMethod @request | ForEach-Object { $_ }
}

function Reset-Emulator {
    # Restores the initial state: settings and files, without faults and counts.
    $null = Invoke-Emulator POST reset
}

function Set-Emulator {
    # Changes settings: Set-Emulator @{ latencyMs = 20; boxVersions = 300 }
    param([Parameter(Mandatory, Position = 0)] [hashtable] $Setting)

    $null = Invoke-Emulator -Method PATCH -Name settings -Body $Setting
}

function Add-EmulatorFault {
    # Adds a fault rule: Add-EmulatorFault @{ action = 'status'; status = 503; service = 'box'; times = 2 }
    param([Parameter(Mandatory, Position = 0)] [hashtable] $Fault)

    $null = Invoke-Emulator -Method POST -Name faults -Body $Fault
}

function Clear-EmulatorFault {
    $null = Invoke-Emulator DELETE faults
}

function Get-EmulatorStat {
    # Returns the counts since the last reset, for total, box, ik, token and download: (Get-EmulatorStat).box.requests
    Invoke-Emulator GET stats
}

function Clear-EmulatorStat {
    $null = Invoke-Emulator DELETE stats
}

function Get-EmulatorRequest {
    # Returns the most recent completed requests, oldest first, each with method, target, status and more.
    param([int] $Last = 1000)

    Invoke-Emulator GET "requests?last=$Last"
}

function Wait-EmulatorIdle {
    # Waits until no request is in flight and none has arrived for 100 ms, because a request can arrive after the client has cancelled it.
    # Returns false after the timeout.
    param([int] $TimeoutMs = 5000)

    $clock = [Diagnostics.Stopwatch]::StartNew()
    $before = -1
    do {
        $total = (Get-EmulatorStat).total
        if ($total.inFlight -eq 0 -and $total.requests -eq $before) {
            return $true
        }
        $before = $total.requests
        Start-Sleep -Milliseconds 100
    } while ($clock.ElapsedMilliseconds -lt $TimeoutMs)

    $false
}

function Assert-CtrlC {
    # Asserts that Ctrl+C in a script that uses an account leaves no request in flight.
    param([Parameter(Mandatory)] [string] $Script)

    Set-Emulator @{ latencyMs = 100 }
    $shell = [powershell]::Create()
    $null = $shell.AddScript("param(`$module, `$api) Import-Module `$module; $Script").
        AddArgument((Get-RepositoryPath 'out/FileVersions')).AddArgument((Get-Emulator).Api)
    $running = $shell.BeginInvoke()
    for ($i = 0; $i -lt 200 -and (Get-EmulatorStat).total.requests -lt 4; $i++) {
        Start-Sleep -Milliseconds 20
    }

    $shell.Stop()

    { $shell.EndInvoke($running) } | Should -Throw
    Wait-EmulatorIdle | Should -BeTrue
    $requests = (Get-EmulatorStat).total.requests
    $requests | Should -BeGreaterOrEqual 4
    Start-Sleep -Milliseconds 300
    (Get-EmulatorStat).total.requests | Should -Be $requests
}

function Get-Failure {
    # Returns the terminating error of a script.
    param([Parameter(Mandatory)] [scriptblock] $Script)

    try {
        $null = & $Script
    }
    catch {
        return $_
    }

    throw 'The script did not fail.'
}

function New-LocalFile {
    # Creates a file with pseudo-random content in the test drive and returns its path.
    param([string] $Name = 'new.bin', [int] $Size = 1000, [int] $Seed = 1)

    $path = Join-Path $TestDrive $Name
    $content = New-Object -TypeName byte[] -ArgumentList $Size
    (New-Object -TypeName Random -ArgumentList $Seed).NextBytes($content)
    [IO.File]::WriteAllBytes($path, $content)
    $path
}

function Get-Sha1 {
    param([string] $Path)

    (Get-FileHash -LiteralPath $Path -Algorithm SHA1).Hash
}

function ConvertTo-Secret {
    # Converts a string to a SecureString, as a vault returns it.
    param([Parameter(Mandatory, Position = 0)] [string] $Text)

    (New-Object -TypeName Net.NetworkCredential -ArgumentList '', $Text).SecurePassword
}

function Complete {
    # Returns the completions at the end of a line: (Complete 'Get-BoxFileVersion -Fi').CompletionText
    param([Parameter(Mandatory, Position = 0)] [string] $Line)

    (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches
}

function Get-PowerShellCommand {
    # Returns the program that runs this PowerShell and its first arguments.
    if ($PSVersionTable.PSEdition -ne 'Core') {
        return Join-Path $PSHOME 'powershell.exe'
    }

    # The dotnet tool has no executable: dotnet runs pwsh.dll.
    $program = [Diagnostics.Process]::GetCurrentProcess().MainModule.FileName
    $program
    if ([IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') {
        Join-Path $PSHOME 'pwsh.dll'
    }
}

function Invoke-PowerShell {
    # Runs code in a separate process of the same PowerShell and returns its output lines, including errors.
    # $LASTEXITCODE is its exit code. The process inherits the module path, unless ModulePath is given, and the environment variables,
    # except those in Environment. Prefix is a program, with arguments, that starts the process.
    param(
        [Parameter(Mandatory, Position = 0)] [string] $Code,
        [string[]] $ModulePath,
        [hashtable] $Environment = @{},
        [string[]] $Prefix = @()
    )

    $command = @(Get-PowerShellCommand)
    $script = Join-Path $TestDrive "$([guid]::NewGuid()).ps1"
    [IO.File]::WriteAllText($script, $Code, [Text.Encoding]::UTF8)
    $command += '-NoProfile', '-NonInteractive', '-File', $script
    $program, $programArguments = $Prefix + $command
    if ($ModulePath) {
        $Environment = $Environment + @{ PSModulePath = $ModulePath -join [IO.Path]::PathSeparator }
    }
    $before = @{}
    $ErrorActionPreference = 'Continue'
    try {
        foreach ($name in $Environment.Keys) {
            $before[$name] = [Environment]::GetEnvironmentVariable($name)
            [Environment]::SetEnvironmentVariable($name, $Environment[$name])
        }
        & $program @programArguments 2>&1 | ForEach-Object { "$_" }
    }
    finally {
        foreach ($name in $before.Keys) {
            [Environment]::SetEnvironmentVariable($name, $before[$name])
        }
    }
}

function Invoke-UnprivilegedPowerShell {
    # Runs code as Invoke-PowerShell does, with the module and an account, as an unprivileged user. Skips the test if that is impossible.
    param([Parameter(Mandatory, Position = 0)] [string] $Code)

    $prefix = @()
    if ($PSVersionTable.PSEdition -eq 'Desktop' -or $IsWindows) {
        Set-ItResult -Skipped -Because 'the permissions of Windows are different'
    }
    elseif ((id -u) -eq 0) {
        if (-not (Get-Command -Name setpriv -ErrorAction Ignore)) {
            Set-ItResult -Skipped -Because 'root ignores permissions, and setpriv is missing'
        }
        $prefix = 'setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'
        setpriv --reuid=65534 --regid=65534 --clear-groups test -r "$PSHOME/System.Management.Automation.dll"
        if ($LASTEXITCODE -ne 0) {
            Set-ItResult -Skipped -Because "only root can read $PSHOME"
        }
    }

    # Copies the module, because other users may be unable to read the checkout.
    $module = Join-Path $TestDrive 'unprivileged-module'
    if (-not (Test-Path -LiteralPath $module)) {
        Copy-Item -LiteralPath (Get-RepositoryPath 'out/FileVersions') -Destination $module -Recurse
        & chmod 711 $TestDrive
        & chmod -R a+rX $module
    }
    $setup = "Import-Module '$module/FileVersions.psd1'; Connect-BoxAccount -AccessToken box-token -BaseUri $((Get-Emulator).Api)"
    Invoke-PowerShell "$setup`n$Code" -Prefix $prefix -Environment @{ HOME = [IO.Path]::GetTempPath() }
}

if (-not (Get-Module -Name FileVersions)) {
    Import-Module -Name (Get-RepositoryPath 'out/FileVersions/FileVersions.psd1') -Global
}
$null = Get-Emulator
