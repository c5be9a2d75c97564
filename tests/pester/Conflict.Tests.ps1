# Tests the module together with another module that ships its own System.Text.Json: an older, the same or a newer version, loaded
# before or after it, into the default load context (as Import-Module and Add-Type do) or into a separate one.

BeforeDiscovery {
    # Package versions up to the one that PowerShell includes (10.0 in PowerShell 7.6). Later versions need assemblies that PowerShell lacks.
    $isDesktop = $PSVersionTable.PSEdition -eq 'Desktop'
    $included = if ($isDesktop) { 10 } else { [System.Text.Json.JsonSerializer].Assembly.GetName().Version.Major }
    $cases = foreach ($version in @('6.0.10', '8.0.6', '10.0.14') | Where-Object { ([version]$_).Major -le $included }) {
        foreach ($context in 'Default', 'Own') {
            foreach ($isFirst in $true, $false) {
                @{ Version = $version; Context = $context; IsFirst = $isFirst; Order = if ($isFirst) { 'before' } else { 'after' } }
            }
        }
    }
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"

    function Save-NuGetPackage {
        # Restores packages with dotnet and returns the package folder. Throws a one-line error if they are not available.
        param([hashtable] $Package)

        $items = foreach ($name in $Package.Keys) {
            "<PackageDownload Include=`"$name`" Version=`"$(($Package[$name] | ForEach-Object { "[$_]" }) -join ';')`" />"
        }
        $folder = New-Item -ItemType Directory -Path (Join-Path $TestDrive 'packages')
        Set-Content -LiteralPath (Join-Path $folder 'packages.csproj') -Value @"
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>netstandard2.0</TargetFramework><NuGetAudit>false</NuGetAudit></PropertyGroup>
  <ItemGroup>$items</ItemGroup>
</Project>
"@
        $said = dotnet restore $folder.FullName 2>&1
        if ($LASTEXITCODE -ne 0) {
            throw "the packages could not be restored: $(@($said -match 'error')[0])"
        }
        $root = dotnet nuget locals global-packages --list
        $root -replace '^[^:]+: '
    }

    function New-OtherModule {
        # Creates a module that ships a version of System.Text.Json and returns the version that it uses.
        param([string] $PackageRoot, [string] $Version)

        $folder = New-Item -ItemType Directory -Path (Join-Path $TestDrive "other-$Version")
        foreach ($library in 'System.Text.Json', $webEncoders) {
            $libraryVersion = if ($library -eq $webEncoders) { $Version -replace '\.\d+$', '.0' } else { $Version }
            Get-ChildItem -Path "$PackageRoot/$($library.ToLowerInvariant())/$libraryVersion/lib/*/*.dll" |
                Where-Object { $_.Directory.Name -in 'net6.0', 'net8.0' } |
                Sort-Object -Property { $_.Directory.Name } |
                Select-Object -Last 1 |
                Copy-Item -Destination $folder
        }

        $source = @'
public static class OtherJson
{
    public static string Write()
    {
        return System.Text.Json.JsonSerializer.Serialize(new int[] { 1, 2 }) + " " + typeof(System.Text.Json.JsonSerializer).Assembly.GetName().Version;
    }
}
'@
        $compile = @{
            TypeDefinition       = $source
            OutputAssembly       = Join-Path $folder 'Other.dll'
            ReferencedAssemblies = (Join-Path $folder 'System.Text.Json.dll'), 'netstandard', 'System.Runtime'
            CompilerOptions      = '-nowarn:CS1701,CS1702'
            IgnoreWarnings       = $true
        }
        Add-Type @compile
        $folder.FullName
    }

    $webEncoders = 'System.Text.Encodings.Web'
    $folders = @{}
    $reason = $null
    if ($PSVersionTable.PSEdition -eq 'Core') {
        $versions = '6.0.10', '8.0.6', '10.0.14'
        try {
            $root = Save-NuGetPackage @{ 'System.Text.Json' = $versions; $webEncoders = $versions -replace '\.\d+$', '.0' }
            foreach ($version in $versions) {
                $folders[$version] = New-OtherModule -PackageRoot $root -Version $version
            }
        }
        catch {
            $reason = $_.Exception.Message
        }
    }

    $prologue = @"
`$ErrorActionPreference = 'Stop'
function Use-Module {
    Import-Module -Name '$(Get-RepositoryPath 'out/FileVersions')'
    Connect-BoxAccount -AccessToken box-token -BaseUri '$((Get-Emulator).Api)'
    Connect-IKAccount -PrivateKey private_test -BaseUri '$((Get-Emulator).Api)'
    "box `$(@(Get-BoxFileVersion 12345).Count)"
    "ik `$(@(Get-IKFileVersion n007-any).Count)"
}
"@
    Reset-Emulator
}

Describe 'With System.Text.Json <Version> in the load context <Context>, loaded <Order> the module,' -Skip:$isDesktop -Tag 'needs PowerShell 7' -ForEach $cases {
    It 'both modules work' {
        if ($reason) {
            Set-ItResult -Skipped -Because $reason
            return
        }

        $load = @{
            Default = @'
function Use-Other {
    Add-Type -Path (Join-Path $folder 'System.Text.Json.dll')
    Import-Module -Name (Join-Path $folder 'Other.dll')
    "other $([OtherJson]::Write())"
}
'@
            Own     = @'
function Use-Other {
    $context = [Runtime.Loader.AssemblyLoadContext]::new('other')
    foreach ($name in 'System.Text.Encodings.Web', 'System.Text.Json', 'Other') {
        $other = $context.LoadFromAssemblyPath((Join-Path $folder "$name.dll"))
    }
    "other $($other.GetType('OtherJson').GetMethod('Write').Invoke($null, @()))"
}
'@
        }[$Context]
        $calls = if ($IsFirst) { "Use-Other`nUse-Module`nUse-Other" } else { "Use-Module`nUse-Other`nUse-Module" }
        $output = Invoke-PowerShell "$prologue`n`$folder = '$($folders[$Version])'`n$load`n$calls" -ModulePath (Join-Path $PSHOME 'Modules')

        $LASTEXITCODE | Should -Be 0 -Because ($output -join "`n")
        $own = [Text.Json.JsonSerializer].Assembly.GetName().Version
        $loaded = if ($Context -eq 'Own') { [version]($Version -replace '\.\d+$', '.0.0') } else { $own }
        $other = "other [1,2] $loaded"
        $module = 'box 25', 'ik 7'
        $expected = if ($IsFirst) { @($other) + $module + $other } else { $module + $other + $module }
        $output | Should -Be $expected
    }
}

Describe 'The module' {
    It 'loads no assembly from its dependencies folder if PowerShell includes it' -Skip:$isDesktop -Tag 'needs PowerShell 7' {
        $show = '[AppDomain]::CurrentDomain.GetAssemblies().Location.Where({ $_ -match "dependencies" })'
        Invoke-PowerShell "$prologue`nUse-Module`n$show" -ModulePath (Join-Path $PSHOME 'Modules') | Should -Be 'box 25', 'ik 7'
    }

    It 'removes its assembly resolver with the module and can be imported again' {
        $code = "$prologue`nUse-Module`nRemove-Module FileVersions`nUse-Module`nRemove-Module FileVersions`nUse-Module"
        Invoke-PowerShell $code -ModulePath (Join-Path $PSHOME 'Modules') | Should -Be (@('box 25', 'ik 7') * 3)
    }
}

Describe 'The folder dependencies' {
    BeforeAll {
        $module = Get-RepositoryPath 'out/FileVersions'
        $dependencies = Get-ChildItem -Path (Join-Path $module 'dependencies') -Filter *.dll

        function Resolve-Assembly([string] $Name) {
            # Calls the assembly resolver for Windows PowerShell as .NET does.
            $handler = [FileVersions.PS.Module.ModuleLifetime].GetMethod('Resolve', [Reflection.BindingFlags] 'NonPublic, Static')
            $handler.Invoke($null, @($null, [ResolveEventArgs]::new($Name)))
        }
    }

    It 'contains every assembly that Windows PowerShell 5.1 needs in a sufficient version' -Skip:$isDesktop -Tag 'needs PowerShell 7' {
        $served = @{}
        foreach ($file in @($dependencies) + (Get-ChildItem -Path $module -Filter *.dll)) {
            $served[$file.BaseName] = [Reflection.AssemblyName]::GetAssemblyName($file.FullName).Version
        }

        foreach ($file in @($dependencies) + (Get-ChildItem -Path $module -Filter *.dll)) {
            $reader = [Reflection.PortableExecutable.PEReader]::new([IO.MemoryStream]::new([IO.File]::ReadAllBytes($file.FullName)))
            try {
                $metadata = [Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($reader)
                foreach ($handle in $metadata.AssemblyReferences) {
                    $reference = $metadata.GetAssemblyReference($handle).GetAssemblyName()
                    # .NET Framework 4.7.2 provides netstandard 2.0, and PowerShell provides System.Management.Automation.
                    if ($reference.Name -notin 'netstandard', 'System.Management.Automation') {
                        $served[$reference.Name] | Should -BeGreaterOrEqual $reference.Version -Because "$($file.Name) needs $($reference.Name)"
                    }
                }
            }
            finally {
                $reader.Dispose()
            }
        }
    }

    It 'has a resolver that finds each of its files' {
        foreach ($file in $dependencies) {
            $name = [Reflection.AssemblyName]::GetAssemblyName($file.FullName).FullName
            (Resolve-Assembly $name).GetName().Name | Should -Be $file.BaseName
        }
    }

    It 'has a resolver that does not handle <Name>' -TestCases @(
        @{ Name = 'Newtonsoft.Json, Version=13.0.0.0' }
        @{ Name = 'System.Text.Json, Version=99.0.0.0' }
        @{ Name = 'System.Text.Json.resources, Version=8.0.0.0, Culture=de' }
        @{ Name = 'FileVersions.Client, Version=1.0.0.0' }
    ) {
        Resolve-Assembly $Name | Should -BeNullOrEmpty
    }
}
