BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'Restore-IKFileVersion' {
    BeforeEach {
        Reset-Emulator
        $null = Connect-IKAccount -PrivateKey private_test -BaseUri (Get-Emulator).Api
    }

    AfterAll {
        Reset-Emulator
        Disconnect-IKAccount
    }

    It 'makes a version current and returns the current version' {
        $version = (Get-IKFileVersion n004-x)[2]

        $current = $version | Restore-IKFileVersion

        $current | Should -BeOfType FileVersions.ImageKit.IKFileVersion
        $current.IsCurrent | Should -BeTrue
        $current.VersionId | Should -Be $version.VersionId
        $current.FileId | Should -Be 'n004-x'
        (Invoke-Emulator GET files/ik/n004-x).versions[0].id | Should -Be $version.VersionId
    }

    It 'checks the current version after a lost response instead of restoring twice' {
        $version = (Get-IKFileVersion n004-x)[2]
        Add-EmulatorFault @{ method = 'PUT'; action = 'closeBeforeReply'; handled = $true; times = 1 }

        $current = $version | Restore-IKFileVersion

        $current.VersionName | Should -Be $version.VersionName
        $current.IsCurrent | Should -BeTrue
        (Get-EmulatorStat).ik.byKind.restore | Should -Be 1
    }

    It 'changes nothing with -WhatIf' {
        Get-IKFileVersion n004-x | Restore-IKFileVersion -WhatIf

        (Get-EmulatorStat).total.changes | Should -Be 0
    }

    It 'names a file that does not exist' {
        Restore-IKFileVersion missing1 -VersionId v1 -ErrorAction SilentlyContinue -ErrorVariable failure

        $failure[0].FullyQualifiedErrorId | Should -BeLike 'FileVersionNotFound,*'
        $failure[0].TargetObject | Should -Be 'missing1'
    }
}
