BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'Restore-BoxFileVersion' {
    BeforeEach {
        Reset-Emulator
        # A new token, so that a response with 429 does not throttle other tests in this process.
        $null = Connect-BoxAccount -AccessToken "box-token.$([guid]::NewGuid())" -BaseUri (Get-Emulator).Api
    }

    AfterAll {
        Reset-Emulator
        Disconnect-BoxAccount
    }

    It 'makes a version current and returns it with its new id' {
        $before = Invoke-Emulator GET files/box/12345

        $current = Get-BoxFileVersion 12345 -Limit 1 -Offset 3 | Restore-BoxFileVersion

        $after = Invoke-Emulator GET files/box/12345
        $current | Should -BeOfType FileVersions.Box.BoxFileVersion
        $current.VersionId | Should -Be $after.current.id
        $current.VersionId | Should -Not -BeIn @($before.current.id; $before.versions.id)
        $current.Sha1 | Should -Be $before.versions[3].sha1
        $current.FileId | Should -Be '12345'
        $current.IsCurrent | Should -BeTrue
        $current.VersionNumber | Should -Be '27'
        $after.versions.id | Should -Be @($before.current.id; $before.versions.id)
    }

    It 'restores in input order, so that the last version is current' {
        $versions = Get-BoxFileVersion 12345 -Limit 4
        Set-Emulator @{ latencyJitterMs = 40 }

        $restored = $versions | Restore-BoxFileVersion

        $restored.Sha1 | Should -Be $versions.Sha1
        (Invoke-Emulator GET files/box/12345).current.id | Should -Be $restored[3].VersionId
    }

    It 'restores a version from the trash' {
        $version = Get-BoxFileVersion 12345 -Limit 1
        $version | Remove-BoxFileVersion -Confirm:$false
        (Invoke-Emulator GET files/box/12345).trashed.id | Should -Be $version.VersionId

        $restored = $version | Restore-BoxFileVersion -FromTrash

        $restored.VersionId | Should -Be $version.VersionId
        $restored.IsCurrent | Should -BeFalse
        $restored.TrashedAt | Should -BeNullOrEmpty
        $restored.RestoredAt | Should -Not -BeNullOrEmpty
        (Invoke-Emulator GET files/box/12345).versions.id | Should -Contain $version.VersionId
    }

    It 'checks the current version after a lost response instead of promoting twice: <_>' -ForEach 'closeBeforeReply', 'cutReplyAfter', 'status' {
        $version = Get-BoxFileVersion 12345 -Limit 1
        $before = (Invoke-Emulator GET files/box/12345).versions.Count
        Add-EmulatorFault @{ method = 'POST'; action = $_; bytes = 10; status = 502; handled = $true }

        $current = $version | Restore-BoxFileVersion

        (Get-EmulatorStat).box.byKind.promote | Should -Be 1
        (Invoke-Emulator GET files/box/12345).versions.Count | Should -Be ($before + 1)
        $current.VersionId | Should -Be (Invoke-Emulator GET files/box/12345).current.id
        $current.IsCurrent | Should -BeTrue
    }

    It 'changes nothing if the current version has the same content and name' {
        $version = Get-BoxFileVersion 12345 -Limit 1 -Offset 3
        $restored = $version | Restore-BoxFileVersion

        $again = $version | Restore-BoxFileVersion

        (Get-EmulatorStat).box.byKind.promote | Should -Be 1
        $again.VersionId | Should -Be $restored.VersionId
    }

    It 'retries a promotion after 429' {
        $version = Get-BoxFileVersion 12345 -Limit 1
        Add-EmulatorFault @{ method = 'POST'; action = 'retryAfter'; retryAfter = '0'; times = 2 }

        $current = $version | Restore-BoxFileVersion

        $current.IsCurrent | Should -BeTrue
        (Get-EmulatorStat).box.byKind.promote | Should -Be 3
        (Invoke-Emulator GET files/box/12345).versions | Should -HaveCount 26
    }

    It 'retries a restoration from the trash after a lost response' {
        $version = Get-BoxFileVersion 12345 -Limit 1
        $version | Remove-BoxFileVersion -Confirm:$false
        Add-EmulatorFault @{ method = 'PUT'; action = 'closeBeforeReply'; handled = $true; times = 1 }

        $restored = $version | Restore-BoxFileVersion -FromTrash

        $restored.VersionId | Should -Be $version.VersionId
        (Get-EmulatorStat).box.byKind.restore | Should -Be 2
    }

    It 'changes nothing with -WhatIf<_>' -ForEach '', ' -FromTrash' {
        Get-BoxFileVersion 12345 -Limit 3 | & ([scriptblock]::Create("`$input | Restore-BoxFileVersion -WhatIf$_"))

        (Get-EmulatorStat).total.changes | Should -Be 0
    }

    It 'prompts with -Confirm' {
        # A non-interactive PowerShell rejects the prompt.
        $script = "Import-Module '$(Get-RepositoryPath 'out/FileVersions/FileVersions.psd1')'
            Connect-BoxAccount box-token -BaseUri '$((Get-Emulator).Api)'
            try { Restore-BoxFileVersion 12345 3783275000024 -Confirm } catch { `$_.Exception.Message }"
        $output = Invoke-PowerShell $script

        "$output" | Should -BeLike '*NonInteractive*'
        (Get-EmulatorStat).total.changes | Should -Be 0
    }

    It 'continues after a version that does not exist' {
        $version = Get-BoxFileVersion 12345 -Limit 1

        $current = @([pscustomobject]@{ FileId = '12345'; VersionId = '4711' }; $version) |
            Restore-BoxFileVersion -ErrorAction SilentlyContinue -ErrorVariable failure

        $failure[0].FullyQualifiedErrorId | Should -BeLike 'FileVersionNotFound,*'
        $current.Sha1 | Should -Be $version.Sha1
    }

    It 'acts as another user' {
        Get-BoxFileVersion 12345 -Limit 1 | Restore-BoxFileVersion -AsUser 777 | Out-Null

        (Get-EmulatorStat).box.asUsers.'777' | Should -Be 3
    }

    It 'ends the pipeline if the credential is rejected' {
        $expired = Connect-BoxAccount -AccessToken box-expired -BaseUri (Get-Emulator).Api -PassThru

        { Restore-BoxFileVersion 12345 -VersionId 1 -Connection $expired } | Should -Throw -ErrorId 'AuthenticationFailed,*'
    }
}
