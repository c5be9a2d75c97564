BeforeDiscovery {
    # What the two cmdlets that list take. Pipe: v by value, p by property name.
    $fileId = @{ Name = 'FileId'; Type = 'String[]'; Sets = 'AsOf', 'List', 'Single'; Alias = 'Id'; Position = 0; Mandatory = $true; Pipe = 'vp' }
    $versionId = @{ Name = 'VersionId'; Type = 'String[]'; Sets = 'Single'; Mandatory = $true; Pipe = 'p' }
    $limit = @{ Name = 'Limit'; Type = 'Nullable`1'; Sets = 'List'; Alias = 'First', 'Top' }
    $offset = @{ Name = 'Offset'; Type = 'Int64'; Sets = 'List'; Alias = 'Skip' }
    $asOf = @{ Name = 'AsOf'; Type = 'DateTimeOffset'; Sets = 'AsOf'; Mandatory = $true }
    $throttle = @{ Name = 'ThrottleLimit'; Type = 'Int32'; Sets = 'AsOf', 'List', 'Single' }
    $parameters = @(
        @{ Command = 'Get-BoxFileVersion'; Parameter = $fileId }
        @{ Command = 'Get-BoxFileVersion'; Parameter = $versionId }
        @{ Command = 'Get-BoxFileVersion'; Parameter = $asOf }
        @{ Command = 'Get-BoxFileVersion'; Parameter = $limit }
        @{ Command = 'Get-BoxFileVersion'; Parameter = $offset }
        @{ Command = 'Get-BoxFileVersion'; Parameter = $throttle }
        @{ Command = 'Get-BoxFileVersion'; Parameter = @{ Name = 'Field'; Type = 'String[]'; Sets = 'List', 'Single' } }
        @{ Command = 'Get-BoxFileVersion'; Parameter = @{ Name = 'PageSize'; Type = 'Int32'; Sets = 'List' } }
        @{ Command = 'Get-BoxFileVersion'; Parameter = @{ Name = 'IncludeCurrent'; Type = 'SwitchParameter'; Sets = 'List' } }
        @{ Command = 'Get-BoxFileVersion'; Parameter = @{ Name = 'AsUser'; Type = 'String'; Sets = 'AsOf', 'List', 'Single' } }
        @{ Command = 'Get-BoxFileVersion'; Parameter = @{ Name = 'Connection'; Type = 'BoxConnection'; Sets = 'AsOf', 'List', 'Single' } }
        @{ Command = 'Get-IKFileVersion'; Parameter = $fileId }
        @{ Command = 'Get-IKFileVersion'; Parameter = $versionId }
        @{ Command = 'Get-IKFileVersion'; Parameter = $asOf }
        @{ Command = 'Get-IKFileVersion'; Parameter = $limit }
        @{ Command = 'Get-IKFileVersion'; Parameter = $offset }
        @{ Command = 'Get-IKFileVersion'; Parameter = $throttle }
        @{ Command = 'Get-IKFileVersion'; Parameter = @{ Name = 'Connection'; Type = 'IKConnection'; Sets = 'AsOf', 'List', 'Single' } }
    )
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"

    $built = Get-RepositoryPath 'out/FileVersions'
    $manifest = Test-ModuleManifest "$built/FileVersions.psd1"
    $commands = Get-Command -Module FileVersions
    $common = [Management.Automation.PSCmdlet]::CommonParameters + [Management.Automation.PSCmdlet]::OptionalCommonParameters
}

Describe 'the module' {
    Context 'manifest' {
        It 'is for Windows PowerShell and PowerShell 7' {
            $manifest.CompatiblePSEditions | Should -Be 'Core', 'Desktop'
            $manifest.PowerShellVersion | Should -Be '5.1'
            $manifest.DotNetFrameworkVersion | Should -Be '4.7.2'
        }

        It 'exports cmdlets by name and nothing else' {
            $manifest.ExportedFunctions.Count, $manifest.ExportedAliases.Count, $manifest.ExportedVariables.Count | Should -Be 0, 0, 0
            $data = Import-PowerShellDataFile "$built/FileVersions.psd1"
            $data.CmdletsToExport | Should -Not -Contain '*'
            $data.FunctionsToExport + $data.AliasesToExport + $data.VariablesToExport | Should -BeNullOrEmpty
        }

        It 'exports every cmdlet that the dll has' {
            $dll = Import-Module "$built/FileVersions.PS.dll" -PassThru -Force -Scope Local -Prefix Test
            try {
                $dll.ExportedCmdlets.Values | ForEach-Object { "$($_.Verb)-$($_.Noun -replace '^Test')" } | Sort-Object |
                    Should -Be ($manifest.ExportedCmdlets.Keys | Sort-Object)
            }
            finally {
                Remove-Module -ModuleInfo $dll
            }
        }

        It 'names files that are there' {
            $data = Import-PowerShellDataFile "$built/FileVersions.psd1"
            foreach ($name in @($data.RootModule) + $data.FormatsToProcess + $data.TypesToProcess) {
                "$built/$name" | Should -Exist
            }
        }

        It 'has what the Gallery shows' {
            $manifest.Description | Should -Not -BeNullOrEmpty
            $manifest.Tags | Should -Contain 'Box'
            $manifest.Tags | Should -Contain 'ImageKit'
            $manifest.Tags | Should -Contain 'PSEdition_Core'
            $manifest.Tags | Should -Contain 'PSEdition_Desktop'
            $manifest.LicenseUri | Should -Not -BeNullOrEmpty
        }

        It 'leads to the release notes of its version' {
            $manifest.ReleaseNotes | Should -Match 'CHANGELOG\.md'
            "$built/CHANGELOG.md" | Should -FileContentMatch "^## \[$([regex]::Escape($manifest.Version))\]"
        }

        It 'gives its version to the dlls' {
            foreach ($dll in 'FileVersions.PS', 'FileVersions.Client') {
                $version = [Reflection.AssemblyName]::GetAssemblyName("$built/$dll.dll").Version
                "$($version.Major).$($version.Minor).$($version.Build)" | Should -Be "$($manifest.Version)"
            }
        }
    }

    Context 'on a PowerShell that is not supported' {
        BeforeAll {
            $checkVersion = [FileVersions.PS.Module.ModuleLifetime].GetMethod('RequireSupported', [Reflection.BindingFlags]'NonPublic, Static')
        }

        It 'accepts <_>' -ForEach '3.0.0.0', '7.4.0.500', '7.5.0.500', '7.6.0.500', '8.0.0.500' {
            { $checkVersion.Invoke($null, [version]$_) } | Should -Not -Throw
        }

        It 'refuses <_>' -ForEach '6.2.0.0', '7.0.0.0', '7.1.0.0', '7.2.0.500', '7.3.0.500' {
            { $checkVersion.Invoke($null, [version]$_) } | Should -Throw "*cannot be imported into PowerShell $($_.Substring(0, 3)).*"
        }

        It 'fails Import-Module with that one sentence' {
            # A module that reports an old version when it is imported.
            $dll = Join-Path $TestDrive 'OldPowerShell.dll'
            Add-Type -OutputAssembly $dll -ReferencedAssemblies System.Management.Automation, System.Runtime, netstandard -TypeDefinition @'
using System;
using System.Management.Automation;
using System.Reflection;

public class OldPowerShell : IModuleAssemblyInitializer
{
    public void OnImport()
    {
        MethodInfo check = Type.GetType("FileVersions.PS.Module.ModuleLifetime, FileVersions.PS").GetMethod("RequireSupported", BindingFlags.NonPublic | BindingFlags.Static);
        ((Action<Version>)check.CreateDelegate(typeof(Action<Version>)))(new Version(7, 2, 0, 500));
    }
}
'@
            { Import-Module -Name $dll -ErrorAction Stop } |
                Should -Throw 'FileVersions needs PowerShell 7.4 or later, or Windows PowerShell 5.1, and cannot be imported into PowerShell 7.2.'
            Get-Module -Name OldPowerShell | Should -BeNullOrEmpty
        }

        It 'needs no assembly before it has refused' {
            # The cmdlets load before the check, and an old PowerShell lacks the JSON reader that the client uses.
            [FileVersions.PS.Module.ModuleLifetime].Assembly.GetReferencedAssemblies().Name | Sort-Object |
                Should -Be 'FileVersions.Client', 'netstandard', 'System.Management.Automation'
        }
    }

    Context 'cmdlets' {
        It 'are those of the design' {
            $designed = @('Select-ExpiredFileVersion', 'Measure-FileVersion')
            $designed += foreach ($service in 'Box', 'IK') {
                "Connect-${service}Account", "Disconnect-${service}Account", "Get-${service}Account", "Get-${service}File"
                'Get', 'Save', 'Add', 'Restore', 'Remove', 'Export' | ForEach-Object { "$_-${service}FileVersion" }
            }
            $commands.Name | Where-Object { $_ -notin $designed } | Should -BeNullOrEmpty
            foreach ($name in 'Connect-BoxAccount', 'Connect-IKAccount', 'Disconnect-BoxAccount', 'Disconnect-IKAccount', 'Get-BoxAccount', 'Get-IKAccount', 'Get-BoxFileVersion', 'Get-IKFileVersion') {
                $commands.Name | Should -Contain $name
            }
        }

        It 'have approved verbs' {
            $commands.Verb | Where-Object { $_ -notin (Get-Verb).Verb } | Should -BeNullOrEmpty
        }

        It 'are binary cmdlets' {
            $commands.CommandType | Sort-Object -Unique | Should -Be 'Cmdlet'
        }

        It '<Name> tells that it puts out <Type>' -ForEach @(
            @{ Name = 'Get-BoxFileVersion'; Type = 'FileVersions.Box.BoxFileVersion' }
            @{ Name = 'Get-IKFileVersion'; Type = 'FileVersions.ImageKit.IKFileVersion' }
            @{ Name = 'Connect-BoxAccount'; Type = 'FileVersions.Box.BoxConnection' }
            @{ Name = 'Get-BoxAccount'; Type = 'FileVersions.Box.BoxConnection' }
            @{ Name = 'Get-IKAccount'; Type = 'FileVersions.ImageKit.IKConnection' }
            @{ Name = 'Connect-IKAccount'; Type = 'FileVersions.ImageKit.IKConnection' }
        ) {
            (Get-Command $Name).OutputType.Name | Should -Be $Type
        }

        It '<_> lists by default' -ForEach 'Get-BoxFileVersion', 'Get-IKFileVersion' {
            (Get-Command $_).DefaultParameterSet | Should -Be 'List'
            (Get-Command $_).ParameterSets.Name | Sort-Object | Should -Be 'AsOf', 'List', 'Single'
        }
    }

    Context 'parameters' {
        It '<Command> has -<Parameter.Name>' -ForEach $parameters {
            $actual = (Get-Command $Command).Parameters[$Parameter.Name]
            $actual.ParameterType.Name | Should -Be $Parameter.Type
            @($actual.Aliases) | Should -Be @($Parameter.Alias | Where-Object { $_ })
            $sets = if ($actual.ParameterSets.ContainsKey('__AllParameterSets')) { 'AsOf', 'List', 'Single' } else { $actual.ParameterSets.Keys | Sort-Object }
            $sets | Should -Be $Parameter.Sets
            foreach ($attribute in $actual.Attributes | Where-Object { $_ -is [Parameter] }) {
                $attribute.Mandatory | Should -Be ([bool]$Parameter.Mandatory)
                $attribute.Position | Should -Be $(if ($Parameter.ContainsKey('Position')) { $Parameter.Position } else { [int]::MinValue })
                $attribute.ValueFromPipeline | Should -Be ($Parameter.Pipe -like '*v*')
                $attribute.ValueFromPipelineByPropertyName | Should -Be ($Parameter.Pipe -like '*p*')
            }
        }

        It '<_> has no others' -ForEach 'Get-BoxFileVersion', 'Get-IKFileVersion' {
            $name = $_
            $expected = switch ($name) {
                'Get-BoxFileVersion' { 'AsOf', 'AsUser', 'Connection', 'Field', 'FileId', 'IncludeCurrent', 'InputObject', 'Limit', 'Offset', 'PageSize', 'ThrottleLimit', 'VersionId' }
                'Get-IKFileVersion' { 'AsOf', 'Connection', 'FileId', 'InputObject', 'Limit', 'Offset', 'ThrottleLimit', 'VersionId' }
            }
            (Get-Command $name).Parameters.Keys | Where-Object { $_ -notin $common } | Sort-Object | Should -Be $expected
        }

        It 'of every cmdlet take ids in one way' {
            foreach ($command in $commands | Where-Object { $_.Parameters.ContainsKey('FileId') }) {
                $fileId = $command.Parameters['FileId']
                # Several files at once, or one file with several versions.
                $isOneFile = $command.ParameterSets.Name -contains 'InputObject' -or $command.Verb -eq 'Add'
                $fileId.ParameterType.Name | Should -Be $(if ($isOneFile) { 'String' } else { 'String[]' }) -Because $command.Name
                @($fileId.Aliases)[0] | Should -Be 'Id' -Because $command.Name
                $fileId.Attributes.Where({ $_.GetType().Name -eq 'IdTransformationAttribute' }).Count | Should -Be 1 -Because $command.Name
            }
        }

        It '<Command> refuses -<Name> <Value>' -ForEach @(
            @{ Command = 'Get-BoxFileVersion'; Name = 'Limit'; Value = -1 }
            @{ Command = 'Get-BoxFileVersion'; Name = 'Offset'; Value = -1 }
            @{ Command = 'Get-BoxFileVersion'; Name = 'PageSize'; Value = 0 }
            @{ Command = 'Get-BoxFileVersion'; Name = 'PageSize'; Value = 1001 }
            @{ Command = 'Get-BoxFileVersion'; Name = 'ThrottleLimit'; Value = 0 }
            @{ Command = 'Get-BoxFileVersion'; Name = 'ThrottleLimit'; Value = 65 }
            @{ Command = 'Get-BoxFileVersion'; Name = 'Field'; Value = @() }
            @{ Command = 'Get-IKFileVersion'; Name = 'Limit'; Value = -1 }
            @{ Command = 'Get-IKFileVersion'; Name = 'Offset'; Value = -1 }
            @{ Command = 'Get-IKFileVersion'; Name = 'ThrottleLimit'; Value = 65 }
        ) {
            $splat = @{ FileId = '1'; $Name = $Value }
            { & $Command @splat } | Should -Throw -ErrorId 'ParameterArgumentValidationError*,*'
        }
    }

    Context 'tab completion' {
        It 'finds the cmdlets' {
            (Complete 'Get-BoxF').CompletionText | Should -Contain 'Get-BoxFileVersion'
            (Complete 'Get-IK').CompletionText | Should -Contain 'Get-IKFileVersion'
        }

        It 'offers the parameters of <Line>' -ForEach @(
            @{ Line = 'Get-BoxFileVersion 5 -'; Expected = '-Limit', '-Offset', '-PageSize', '-IncludeCurrent', '-VersionId', '-Field', '-ThrottleLimit', '-Connection', '-AsUser' }
            @{ Line = 'Get-IKFileVersion 5 -'; Expected = '-Limit', '-Offset', '-VersionId', '-ThrottleLimit', '-Connection' }
            @{ Line = 'Get-BoxFileVersion -Fi'; Expected = '-FileId', '-Field' }
        ) {
            $offered = (Complete $Line).CompletionText
            $Expected | Where-Object { $_ -notin $offered } | Should -BeNullOrEmpty
        }

        It 'knows the properties of what comes out' {
            (Complete 'Get-BoxFileVersion 5 | Sort-Object Modif').CompletionText | Should -Contain 'ModifiedAt'
            (Complete 'Get-IKFileVersion 5 | Select-Object VersionN').CompletionText | Should -Contain 'VersionName'
        }
    }
}
