BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'Remove-IKFileVersion' {
    BeforeEach {
        Reset-Emulator
        $null = Connect-IKAccount -PrivateKey private_test -BaseUri (Get-Emulator).Api
    }

    AfterAll {
        Reset-Emulator
        Disconnect-IKAccount
    }

    It 'removes past versions and reports that ImageKit cannot remove the current one' {
        $versions = Get-IKFileVersion n006-x

        $versions | Remove-IKFileVersion -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failure

        (Invoke-Emulator GET files/ik/n006-x).versions.id | Should -Be $versions[0].VersionId
        $failure | Should -HaveCount 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        $failure[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        "$($failure[0])" | Should -BeLike "*version '$($versions[0].VersionId)' of file 'n006-x'*because it is the current version of its file. Make another version current first*"
        $failure[0].Exception.ServiceMessage | Should -BeLike '*cannot delete current version*'
        $failure[0].Exception.VersionId | Should -Be $versions[0].VersionId
        $failure[0].TargetObject | Should -Be 'n006-x'
    }

    It 'treats a version that is missing after a lost response as removed' {
        $versions = (Get-IKFileVersion n006-x)[1..3]
        Add-EmulatorFault @{ method = 'DELETE'; action = 'closeBeforeReply'; handled = $true; times = 2 }

        $versions | Remove-IKFileVersion -Confirm:$false -ErrorVariable failure

        $failure | Should -BeNullOrEmpty
        (Invoke-Emulator GET files/ik/n006-x).versions | Should -HaveCount 3
    }

    It 'changes nothing with -WhatIf' {
        Get-IKFileVersion n100-x -Limit 3 | Remove-IKFileVersion -WhatIf

        (Get-EmulatorStat).total.changes | Should -Be 0
    }
}
