# Functions that the tasks share: paths, programs, child processes and build tools.

function Get-RepositoryPath {
    # Converts a path relative to the root of the repository to a full path.
    param([Parameter(Mandatory)] [string] $Name)

    [IO.Path]::GetFullPath((Join-Path (Split-Path $PSScriptRoot) $Name))
}

function Get-ManifestData {
    Import-PowerShellDataFile -LiteralPath (Get-RepositoryPath 'FileVersions.psd1')
}

function Write-Step {
    param([Parameter(Mandatory)] [string] $Text)

    Write-Host "==> $Text" -ForegroundColor Cyan
}

function Invoke-DotNet {
    # Runs dotnet, shows its output, and throws if it fails.
    param([Parameter(Mandatory)] [string[]] $ArgumentList)

    if (-not (Get-Command -Name dotnet -CommandType Application -ErrorAction Ignore)) {
        throw 'dotnet is not on the PATH. Install the .NET 10 SDK from https://dot.net'
    }

    Push-Location (Get-RepositoryPath '.')
    try {
        dotnet @ArgumentList | Out-Host
    }
    finally {
        Pop-Location
    }

    if ($LASTEXITCODE -ne 0) {
        throw "'dotnet $($ArgumentList[0])' ended with exit code $LASTEXITCODE."
    }
}

function Get-PowerShellCommand {
    # Returns the program of this PowerShell and its arguments, to run a script in a separate process.
    param([Parameter(Mandatory)] [string] $File)

    $command = @(Join-Path $PSHOME 'powershell.exe')
    if ($PSVersionTable.PSEdition -eq 'Core') {
        # The dotnet tool has no executable: dotnet runs pwsh.dll.
        $command = @([Diagnostics.Process]::GetCurrentProcess().MainModule.FileName)
        if ([IO.Path]::GetFileNameWithoutExtension($command[0]) -eq 'dotnet') {
            $command += Join-Path $PSHOME 'pwsh.dll'
        }
    }

    $command += '-NoProfile', '-NonInteractive'
    if ($env:OS -eq 'Windows_NT') {
        $command += '-ExecutionPolicy', 'Bypass'
    }

    $command + @('-File', (Get-RepositoryPath $File))
}

function Invoke-PowerShell {
    # Runs a script in a separate process of the same PowerShell and returns its output.
    param(
        [Parameter(Mandatory)] [string] $File,
        [string[]] $ArgumentList = @()
    )

    $program, $programArguments = @(Get-PowerShellCommand -File $File) + $ArgumentList
    & $program @programArguments
}

function Invoke-PowerShellInParallel {
    # Runs scripts concurrently, each in a separate process of the same PowerShell. Each is a hashtable with the parameters of
    # Invoke-PowerShell. Shows the output of each process in blocks that end with a line of three dashes. This line and lines that
    # match Hide are not shown.
    param([Parameter(Mandatory)] [hashtable[]] $Script, [string] $Hide = '(?!)')

    $readers = foreach ($one in $Script) {
        $program, $programArguments = @(Get-PowerShellCommand -File $one.File) + $one.ArgumentList
        $start = New-Object -TypeName Diagnostics.ProcessStartInfo -ArgumentList $program
        $start.Arguments = ($programArguments | ForEach-Object { '"{0}"' -f $_.Replace('"', '\"') }) -join ' '
        $start.UseShellExecute = $false
        $start.RedirectStandardOutput = $true
        $start.RedirectStandardError = $true
        $process = [Diagnostics.Process]::Start($start)
        $block = New-Object -TypeName Collections.Generic.List[string]
        foreach ($stream in $process.StandardOutput, $process.StandardError) {
            @{ Process = $process; Block = $block; Stream = $stream; Line = $stream.ReadLineAsync() }
        }
    }

    # A child process that is still running can keep the streams open after the script's process has ended.
    while ($readers = @($readers | Where-Object { $_.Line })) {
        $next = [Threading.Tasks.Task]::WaitAny([Threading.Tasks.Task[]]$readers.Line, 1000)
        if ($next -lt 0) {
            $readers | Where-Object { $_.Process.HasExited } | ForEach-Object { Write-Block -Block $_.Block; $_.Line = $null }
            continue
        }

        $reader = $readers[$next]
        $line = $reader.Line.Result
        if ($line -eq '---' -or $null -eq $line) {
            Write-Block -Block $reader.Block
        }
        elseif ($line -notmatch $Hide) {
            $reader.Block.Add($line)
        }
        $reader.Line = if ($null -ne $line) { $reader.Stream.ReadLineAsync() }
    }
}

function Write-Block {
    param([Parameter(Mandatory)] [AllowEmptyCollection()] [Collections.Generic.List[string]] $Block)

    $Block | ForEach-Object { Write-Host $_ }
    $Block.Clear()
}

function Find-BuildTool {
    # Returns the manifest of the newest installed version that satisfies requirements.psd1, or nothing.
    param([Parameter(Mandatory)] [string] $Name)

    $wanted = [version](Import-PowerShellDataFile -LiteralPath (Get-RepositoryPath 'requirements.psd1'))[$Name]
    $folder = Get-RepositoryPath "out/tools/$Name"
    $places = @($Name) + @($folder | Where-Object { Test-Path -LiteralPath $_ })
    Get-Module -ListAvailable -Name $places |
        Where-Object { $_.Version -ge $wanted -and $_.Version.Major -eq $wanted.Major -and $_.Version.Minor -eq $wanted.Minor } |
        Sort-Object -Property Version -Descending |
        Select-Object -First 1 -ExpandProperty Path
}

function Get-BuildTool {
    # Returns the manifest of a module in requirements.psd1. A module that is not installed is downloaded to out/tools. If
    # that fails, throws a one-line error with the reasons.
    param([Parameter(Mandatory)] [string] $Name)

    $manifest = Find-BuildTool -Name $Name
    if ($manifest) {
        return $manifest
    }

    # Of these modules, only Pester is also on NuGet.
    $sources = @('Save-GalleryModule')
    if ($Name -eq 'Pester') {
        $sources += 'Save-NuGetModule'
    }

    $version = (Import-PowerShellDataFile -LiteralPath (Get-RepositoryPath 'requirements.psd1'))[$Name]
    $tools = Get-RepositoryPath 'out/tools'
    $null = New-Item -ItemType Directory -Path $tools -Force
    $reasons = @()
    foreach ($source in $sources) {
        try {
            & $source -Name $Name -Version $version -Destination $tools
            $manifest = Find-BuildTool -Name $Name
            if ($manifest) {
                return $manifest
            }
            $reasons += "$source did not supply it"
        }
        catch {
            $reasons += ($_.Exception.Message -split '\r?\n| Request sent:')[0].TrimEnd('.')
        }
    }

    throw "$Name $version is not installed and could not be fetched: $($reasons -join '; ')"
}

function Save-GalleryModule {
    # Downloads a module from the PowerShell Gallery to <Destination>/<Name>/<Version>.
    param(
        [Parameter(Mandatory)] [string] $Name,
        [Parameter(Mandatory)] [string] $Version,
        [Parameter(Mandatory)] [string] $Destination
    )

    if (Get-Command -Name Save-PSResource -ErrorAction Ignore) {
        Save-PSResource -Name $Name -Version $Version -Repository PSGallery -Path $Destination -TrustRepository -Quiet
    }
    elseif (-not (Get-Command -Name Save-Module -ErrorAction Ignore)) {
        throw 'neither Save-PSResource nor Save-Module is available'
    }
    elseif (-not (Get-PackageProvider -ListAvailable -ErrorAction Ignore | Where-Object { $_.Name -eq 'NuGet' })) {
        # Without the provider, Save-Module would install it in the user's profile.
        throw 'Save-Module needs the NuGet package provider'
    }
    else {
        Save-Module -Name $Name -RequiredVersion $Version -Repository PSGallery -Path $Destination -Force
    }
}

function Save-NuGetModule {
    # Downloads a module from the package sources of dotnet to <Destination>/<Name>/<Version>.
    param(
        [Parameter(Mandatory)] [string] $Name,
        [Parameter(Mandatory)] [string] $Version,
        [Parameter(Mandatory)] [string] $Destination
    )

    $packages = Join-Path $Destination 'packages'
    $output = dotnet restore (Get-RepositoryPath 'build/scripts/Tool.proj') "-p:Tool=$Name" "-p:ToolVersion=$Version" --packages $packages -v quiet 2>&1
    if ($LASTEXITCODE -ne 0) {
        throw "$(@($output) -match ': error ' -replace '^.*?: error ' | Select-Object -First 1)"
    }

    # The files of the module are in the folder 'tools' of the package.
    $target = Join-Path $Destination "$Name/$Version"
    $null = New-Item -ItemType Directory -Path (Split-Path $target) -Force
    Copy-Item -LiteralPath (Join-Path $packages "$($Name.ToLowerInvariant())/$Version/tools") -Destination $target -Recurse
}

function Build-Emulator {
    # Builds the emulator of both services and returns the path of its dll.
    param([Parameter(Mandatory)] [string] $Configuration)

    # Unlike 'dotnet build', this prints nothing on success.
    Invoke-DotNet 'msbuild', 'tests/emulator', '-restore', "-p:Configuration=$Configuration", '-v:quiet', '-nologo'
    Get-RepositoryPath "tests/emulator/bin/$Configuration/net10.0/FileVersions.Emulator.dll"
}
