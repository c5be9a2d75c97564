BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'The repository' {
    It 'has help pages that match the cmdlets' {
        & (Get-RepositoryPath 'build/scripts/Find-HelpDrift.ps1') -Module (Get-RepositoryPath 'out/FileVersions') | Should -BeNullOrEmpty
    }

    It 'gives a reason for every skipped test' {
        $silent = Select-String -Path "$PSScriptRoot/*.Tests.ps1" -Pattern '^\s*(It|Context|Describe) .* -Skip' | Where-Object { $_.Line -notmatch "-Tag 'needs " }
        $silent | ForEach-Object { "$($_.Filename):$($_.LineNumber)" } | Should -BeNullOrEmpty
        $silent = Select-String -Path "$PSScriptRoot/*.ps1" -Pattern 'Set-ItResult -Skipped' | Where-Object { $_.Line -notmatch ' -Because ' -and $_.Filename -ne 'Repository.Tests.ps1' }
        $silent | ForEach-Object { "$($_.Filename):$($_.LineNumber)" } | Should -BeNullOrEmpty
    }

    It 'has no dead links' {
        & (Get-RepositoryPath 'build/scripts/Find-DeadLink.ps1') | Should -BeNullOrEmpty
    }
}

Describe 'Find-HelpDrift' {
    BeforeAll {
        function Find-HelpDriftAfter([scriptblock] $Change) {
            # Returns the findings for a modified copy of the help.
            $copy = Join-Path $TestDrive ([guid]::NewGuid())
            Copy-Item -LiteralPath (Get-RepositoryPath 'docs/help') -Destination $copy -Recurse
            & $Change $copy
            & (Get-RepositoryPath 'build/scripts/Find-HelpDrift.ps1') -Module (Get-RepositoryPath 'out/FileVersions') -HelpPath $copy
        }

        function Edit-Page([string] $Path, [string] $Pattern, [string] $Replacement) {
            $text = [IO.File]::ReadAllText($Path)
            $text | Should -Match $Pattern
            [IO.File]::WriteAllText($Path, ([regex]$Pattern).Replace($text, $Replacement, 1))
        }
    }

    It 'finds <What>' -TestCases @(
        @{ What = 'a cmdlet without a page'; Change = { Remove-Item (Join-Path $args[0] 'Get-IKFileVersion.md') }; Finding = 'Get-IKFileVersion\.md: there is no page' }
        @{ What = 'a page without a cmdlet'; Change = { Copy-Item (Join-Path $args[0] 'Get-IKFileVersion.md') (Join-Path $args[0] 'Get-NoFileVersion.md') }; Finding = 'Get-NoFileVersion\.md: there is no cmdlet with this name' }
        @{ What = 'a parameter without a section'; Change = { Edit-Page (Join-Path $args[0] 'Get-IKFileVersion.md') '### -Limit' '### Limit' }; Finding = 'no section about -Limit' }
        @{ What = 'a section without a parameter'; Change = { Edit-Page (Join-Path $args[0] 'Get-IKFileVersion.md') '## INPUTS' "### -Gone`n`nText.`n`n## INPUTS" }; Finding = 'there is no parameter -Gone' }
        @{ What = 'another type'; Change = { Edit-Page (Join-Path $args[0] 'Get-IKFileVersion.md') 'Type: System\.Int32' 'Type: System.String' }; Finding = '-ThrottleLimit, Type' }
        @{ What = 'another alias'; Change = { Edit-Page (Join-Path $args[0] 'Get-IKFileVersion.md') '- Skip' '- Leave' }; Finding = '-Offset, Aliases' }
        @{ What = 'another pipeline binding'; Change = { Edit-Page (Join-Path $args[0] 'Get-IKFileVersion.md') 'ValueFromPipeline: true' 'ValueFromPipeline: false' }; Finding = '-FileId, Set \(All\)' }
        @{ What = 'an unfilled placeholder'; Change = { Edit-Page (Join-Path $args[0] 'Get-IKFileVersion.md') '## NOTES' "## NOTES`n`n{{ Fill in the Notes }}" }; Finding = 'is not filled in' }
        @{ What = 'an outdated syntax'; Change = { Edit-Page (Join-Path $args[0] 'Connect-BoxAccount.md') ' \[-Verify\]' '' }; Finding = 'the syntax of' }
        @{ What = 'a hidden parameter in the syntax'; Change = { Edit-Page (Join-Path $args[0] 'Get-IKFileVersion.md') '\[-Limit <long>\]' '[-Limit <long>] [-InputObject <psobject>]' }; Finding = 'InputObject' }
        @{ What = 'another help file'; Change = { Edit-Page (Join-Path $args[0] 'Get-IKFileVersion.md') 'FileVersions\.PS\.dll-Help\.xml' 'Other.xml' }; Finding = 'the external help file' }
    ) {
        $found = @(Find-HelpDriftAfter $Change)
        $found.Count | Should -Be 1
        $found | Should -Match $Finding
    }

    It 'finds nothing in an unmodified copy' {
        Find-HelpDriftAfter { } | Should -BeNullOrEmpty
    }
}

Describe 'Find-DeadLink' {
    BeforeAll {
        function Find-DeadLinkIn([string] $Text) {
            Set-Content -LiteralPath (Join-Path $TestDrive 'page.md') -Value $Text
            & (Get-RepositoryPath 'build/scripts/Find-DeadLink.ps1') -Root $TestDrive
        }

        Set-Content -LiteralPath (Join-Path $TestDrive 'other.md') -Value "# A heading, with ``code``"
    }

    It 'finds <Link>' -TestCases @(
        @{ Link = '[x](none.md)' }
        @{ Link = '[x](none.md "title")' }
        @{ Link = '![x](none.png)' }
        @{ Link = '[x](#none)' }
        @{ Link = '[x](other.md#none)' }
        @{ Link = '<img src="none.svg">' }
        @{ Link = '[x]: none.md' }
    ) {
        Find-DeadLinkIn $Link | Should -Match 'none\S* does not exist$'
    }

    It 'accepts <Link>' -TestCases @(
        @{ Link = '[x](other.md)' }
        @{ Link = '[x](other.md#a-heading-with-code)' }
        @{ Link = '[x](https://example.com/none.md)' }
        @{ Link = '`[x](none.md)`' }
        @{ Link = "``````text`n[x](none.md)`n``````" }
    ) {
        Find-DeadLinkIn $Link | Should -BeNullOrEmpty
    }
}

Describe 'The built module' {
    BeforeAll {
        $module = Get-RepositoryPath 'out/FileVersions'
    }

    It 'passes Test-ModuleManifest' {
        (Test-ModuleManifest -Path (Join-Path $module 'FileVersions.psd1')).Name | Should -Be FileVersions
    }

    It 'exports every cmdlet in its assembly' {
        $types = (Get-Command -Name Get-BoxFileVersion).ImplementingType.Assembly.GetExportedTypes()
        $attributes = $types.ForEach({ $_.GetCustomAttributes([Management.Automation.CmdletAttribute], $false) })
        $names = $attributes.ForEach({ "$($_.VerbName)-$($_.NounName)" })
        $names | Sort-Object | Should -Be ((Get-Module -Name FileVersions).ExportedCmdlets.Keys | Sort-Object)
    }

    It 'lists every library that it ships in THIRD-PARTY-NOTICES' {
        $notices = Get-Content -LiteralPath (Join-Path $module 'THIRD-PARTY-NOTICES')
        foreach ($library in Get-ChildItem -Path (Join-Path $module 'dependencies')) {
            $notices.Trim() | Should -Contain $library.BaseName
        }
    }
}

Describe 'Get-BuildTool' {
    BeforeAll {
        . (Get-RepositoryPath 'build/Common.ps1')
        $script:asked = [Collections.Generic.List[string]]::new()
        $script:found = $null
        function Find-BuildTool { $script:found }
        function Save-GalleryModule($Name, $Version) { $script:asked.Add("Gallery $Name $Version"); throw "no gallery.`nmore" }
        function Save-NuGetModule($Name, $Version, $Destination) { $script:asked.Add("NuGet $Name $Version"); $script:found = "$Destination/$Name.psd1" }
    }

    BeforeEach {
        $script:asked.Clear()
        $script:found = $null
    }

    It 'does not download an installed module' {
        $script:found = 'installed'
        Get-BuildTool -Name Pester | Should -Be 'installed'
        $script:asked | Should -BeNullOrEmpty
    }

    It 'downloads Pester from NuGet if the Gallery is not available' {
        $version = (Import-PowerShellDataFile (Get-RepositoryPath 'requirements.psd1')).Pester
        Get-BuildTool -Name Pester | Should -Be "$(Get-RepositoryPath 'out/tools')/Pester.psd1"
        $script:asked | Should -Be "Gallery Pester $version", "NuGet Pester $version"
    }

    It 'reports in one line why a module is not available' {
        function Save-NuGetModule { throw 'no packages.' }
        { Get-BuildTool -Name Pester } | Should -Throw 'Pester * is not installed and could not be fetched: no gallery; no packages'
        { Get-BuildTool -Name PSScriptAnalyzer } | Should -Throw 'PSScriptAnalyzer * could not be fetched: no gallery'
    }
}
