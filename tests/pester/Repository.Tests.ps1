BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'The repository' {
    It 'tells in docs/help of every cmdlet as it is' {
        & (Get-RepositoryPath 'build/scripts/Find-HelpDrift.ps1') -Module (Get-RepositoryPath 'out/FileVersions') | Should -BeNullOrEmpty
    }

    It 'has no link that leads nowhere' {
        & (Get-RepositoryPath 'build/scripts/Find-DeadLink.ps1') | Should -BeNullOrEmpty
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
        Find-DeadLinkIn $Link | Should -Match 'none\S* leads nowhere$'
    }

    It 'leaves <Link> alone' -TestCases @(
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

    It 'exports the cmdlets that its dll has' {
        $types = (Get-Command -Name Get-BoxFileVersion).ImplementingType.Assembly.GetExportedTypes()
        $attributes = $types.ForEach({ $_.GetCustomAttributes([Management.Automation.CmdletAttribute], $false) })
        $names = $attributes.ForEach({ "$($_.VerbName)-$($_.NounName)" })
        $names | Sort-Object | Should -Be ((Get-Module -Name FileVersions).ExportedCmdlets.Keys | Sort-Object)
    }

    It 'names in THIRD-PARTY-NOTICES every library it ships' {
        $notices = Get-Content -LiteralPath (Join-Path $module 'THIRD-PARTY-NOTICES')
        foreach ($library in Get-ChildItem -Path (Join-Path $module 'dependencies')) {
            $notices.Trim() | Should -Contain $library.BaseName
        }
    }
}
