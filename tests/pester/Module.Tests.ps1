BeforeDiscovery {
    # The parameters of the two listing cmdlets. Pipe: v by value, p by property name.
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

Describe 'The module' {
    Context 'in its manifest' {
        It 'supports Windows PowerShell and PowerShell 7' {
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

        It 'exports every cmdlet in the assembly' {
            $dll = Import-Module "$built/FileVersions.PS.dll" -PassThru -Force -Scope Local -Prefix Test
            try {
                $dll.ExportedCmdlets.Values | ForEach-Object { "$($_.Verb)-$($_.Noun -replace '^Test')" } | Sort-Object |
                    Should -Be ($manifest.ExportedCmdlets.Keys | Sort-Object)
            }
            finally {
                Remove-Module -ModuleInfo $dll
            }
        }

        It 'names only existing files' {
            $data = Import-PowerShellDataFile "$built/FileVersions.psd1"
            foreach ($name in @($data.RootModule) + $data.FormatsToProcess + $data.TypesToProcess) {
                "$built/$name" | Should -Exist
            }
        }

        It 'has the metadata that the Gallery shows' {
            $manifest.Description | Should -Not -BeNullOrEmpty
            $manifest.Tags | Should -Contain 'Box'
            $manifest.Tags | Should -Contain 'ImageKit'
            $manifest.Tags | Should -Contain 'PSEdition_Core'
            $manifest.Tags | Should -Contain 'PSEdition_Desktop'
            $manifest.LicenseUri | Should -Not -BeNullOrEmpty
        }

        It 'links to the release notes of its version' {
            $manifest.ReleaseNotes | Should -Match 'CHANGELOG\.md'
            "$built/CHANGELOG.md" | Should -FileContentMatch "^## \[$([regex]::Escape($manifest.Version))\]"
        }

        It 'has the same version as the assemblies' {
            foreach ($dll in 'FileVersions.PS', 'FileVersions.Client') {
                $version = [Reflection.AssemblyName]::GetAssemblyName("$built/$dll.dll").Version
                "$($version.Major).$($version.Minor).$($version.Build)" | Should -Be "$($manifest.Version)"
            }
        }
    }

    Context 'on import' {
        BeforeAll {
            $checkVersion = [FileVersions.PS.Module.ModuleLifetime].GetMethod('RequireSupported', [Reflection.BindingFlags]'NonPublic, Static')
        }

        It 'accepts PowerShell <_>' -ForEach '3.0.0.0', '7.4.0.500', '7.5.0.500', '7.6.0.500', '8.0.0.500' {
            { $checkVersion.Invoke($null, [version]$_) } | Should -Not -Throw
        }

        It 'rejects PowerShell <_>' -ForEach '6.2.0.0', '7.0.0.0', '7.1.0.0', '7.2.0.500', '7.3.0.500' {
            { $checkVersion.Invoke($null, [version]$_) } | Should -Throw "*cannot be imported into PowerShell $($_.Substring(0, 3)).*"
        }

        It 'makes Import-Module fail with a message that names the supported versions' {
            # This assembly runs the check with an old version when it is imported.
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

        It 'checks the version without loading other assemblies' {
            # The check runs when the cmdlet assembly loads, and an old PowerShell lacks the JSON reader that the client uses.
            [FileVersions.PS.Module.ModuleLifetime].Assembly.GetReferencedAssemblies().Name | Sort-Object |
                Should -Be 'FileVersions.Client', 'netstandard', 'System.Management.Automation'
        }
    }

    Context 'defines cmdlets:' {
        It 'all are listed in the design' {
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

        It 'all have approved verbs' {
            $commands.Verb | Where-Object { $_ -notin (Get-Verb).Verb } | Should -BeNullOrEmpty
        }

        It 'all are binary' {
            $commands.CommandType | Sort-Object -Unique | Should -Be 'Cmdlet'
        }

        It '<Name> declares the output type <Type>' -ForEach @(
            @{ Name = 'Get-BoxFileVersion'; Type = 'FileVersions.Box.BoxFileVersion' }
            @{ Name = 'Get-IKFileVersion'; Type = 'FileVersions.ImageKit.IKFileVersion' }
            @{ Name = 'Connect-BoxAccount'; Type = 'FileVersions.Box.BoxConnection' }
            @{ Name = 'Get-BoxAccount'; Type = 'FileVersions.Box.BoxConnection' }
            @{ Name = 'Get-IKAccount'; Type = 'FileVersions.ImageKit.IKConnection' }
            @{ Name = 'Connect-IKAccount'; Type = 'FileVersions.ImageKit.IKConnection' }
        ) {
            (Get-Command $Name).OutputType.Name | Should -Be $Type
        }

        It '<_> has the default parameter set List' -ForEach 'Get-BoxFileVersion', 'Get-IKFileVersion' {
            (Get-Command $_).DefaultParameterSet | Should -Be 'List'
            (Get-Command $_).ParameterSets.Name | Sort-Object | Should -Be 'AsOf', 'List', 'Single'
        }
    }

    Context 'defines parameters:' {
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

        It '<_> has no other parameters' -ForEach 'Get-BoxFileVersion', 'Get-IKFileVersion' {
            $name = $_
            $expected = switch ($name) {
                'Get-BoxFileVersion' { 'AsOf', 'AsUser', 'Connection', 'Field', 'FileId', 'IncludeCurrent', 'InputObject', 'Limit', 'Offset', 'PageSize', 'ThrottleLimit', 'VersionId' }
                'Get-IKFileVersion' { 'AsOf', 'Connection', 'FileId', 'InputObject', 'Limit', 'Offset', 'ThrottleLimit', 'VersionId' }
            }
            (Get-Command $name).Parameters.Keys | Where-Object { $_ -notin $common } | Sort-Object | Should -Be $expected
        }

        It 'every cmdlet declares -FileId in the same way' {
            foreach ($command in $commands | Where-Object { $_.Parameters.ContainsKey('FileId') }) {
                $fileId = $command.Parameters['FileId']
                # A cmdlet accepts either several files, or several versions of one file.
                $isOneFile = $command.ParameterSets.Name -contains 'InputObject' -or $command.Verb -eq 'Add'
                $fileId.ParameterType.Name | Should -Be $(if ($isOneFile) { 'String' } else { 'String[]' }) -Because $command.Name
                @($fileId.Aliases)[0] | Should -Be 'Id' -Because $command.Name
                $fileId.Attributes.Where({ $_.GetType().Name -eq 'IdTransformationAttribute' }).Count | Should -Be 1 -Because $command.Name
            }
        }

        It '<Command> rejects -<Name> <Value>' -ForEach @(
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

    Context 'supports tab completion that' {
        It 'offers the cmdlets' {
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

        It 'offers the properties of output objects' {
            (Complete 'Get-BoxFileVersion 5 | Sort-Object Modif').CompletionText | Should -Contain 'ModifiedAt'
            (Complete 'Get-IKFileVersion 5 | Select-Object VersionN').CompletionText | Should -Contain 'VersionName'
        }
    }
}
