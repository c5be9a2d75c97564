BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'Remove-BoxFileVersion' {
    BeforeEach {
        Reset-Emulator
        # A new token, so that a response with 429 does not throttle other tests in this process.
        $null = Connect-BoxAccount -AccessToken "box-token.$([guid]::NewGuid())" -BaseUri (Get-Emulator).Api
        # In the emulator, the file with this id has 3,000 past versions.
        $large = '903000001'
    }

    AfterAll {
        Reset-Emulator
        Disconnect-BoxAccount
    }

    It 'removes exactly 500 selected versions of a file with 3,000 in one pipeline' {
        $before = (Invoke-Emulator GET "files/box/$large").versions.id

        Get-BoxFileVersion $large -Offset 1200 -Limit 500 | Remove-BoxFileVersion -Confirm:$false

        $after = Invoke-Emulator GET "files/box/$large"
        $after.versions.id | Should -Be @($before[0..1199]; $before[1700..2999])
        $after.trashed | Should -HaveCount 500
        Compare-Object $after.trashed.id $before[1200..1699] | Should -BeNullOrEmpty
        (Get-EmulatorStat).box.byKind.delete | Should -Be 500
    }

    It 'removes all 3,000 versions, whatever the page size' {
        Get-BoxFileVersion $large -PageSize 100 | Remove-BoxFileVersion -Confirm:$false

        $after = Invoke-Emulator GET "files/box/$large"
        $after.versions | Should -BeNullOrEmpty
        $after.trashed | Should -HaveCount 3000
        (Get-EmulatorStat).box.byKind.delete | Should -Be 3000
    }

    It 'removes filtered versions of several files' {
        $before = '12345', '23456' | ForEach-Object { , (Get-BoxFileVersion $_) }

        Get-BoxFileVersion 12345, 23456 | Where-Object { $_.VersionNumber % 2 } | Remove-BoxFileVersion -Confirm:$false

        foreach ($versions in $before) {
            (Invoke-Emulator GET "files/box/$($versions[0].FileId)").versions.id |
                Should -Be ($versions | Where-Object { $_.VersionNumber % 2 -eq 0 }).VersionId
        }
    }

    It 'completes the removal when the command runs again after it was stopped' {
        Set-Emulator @{ latencyMs = 5 }
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$(Get-RepositoryPath 'out/FileVersions/FileVersions.psd1')'").Invoke()
        $shell.Runspace.SessionStateProxy.SetVariable('connection', (Connect-BoxAccount -AccessToken box-token -BaseUri (Get-Emulator).Api -PassThru))
        $shell.Commands.Clear()
        $line = "Get-BoxFileVersion $large -Connection `$connection | Remove-BoxFileVersion -Confirm:`$false -Connection `$connection"
        $null = $shell.AddScript($line).BeginInvoke()
        $clock = [Diagnostics.Stopwatch]::StartNew()
        while ((Get-EmulatorStat).box.byKind.delete -lt 200 -and $clock.ElapsedMilliseconds -lt 20000) {
            Start-Sleep -Milliseconds 10
        }
        $shell.Stop()
        $shell.Dispose()
        $null = Wait-EmulatorIdle
        $middle = Invoke-Emulator GET "files/box/$large"
        $middle.trashed.Count | Should -BeIn (200..2999)
        Set-Emulator @{ latencyMs = 0 }

        Get-BoxFileVersion $large | Remove-BoxFileVersion -Confirm:$false -ErrorVariable failure

        $failure | Should -BeNullOrEmpty
        (Invoke-Emulator GET "files/box/$large").versions | Should -BeNullOrEmpty
    }

    It 'removes no version of a file before its listing is complete' {
        Set-Emulator @{ latencyJitterMs = 20 }

        Get-BoxFileVersion $large -PageSize 200 | Remove-BoxFileVersion -Confirm:$false

        $kinds = @(Get-EmulatorRequest -Last 5000).kind
        $kinds[0..14] | Should -Not -Contain 'delete'
        $kinds | Where-Object { $_ -eq 'list' } | Should -HaveCount 15
    }

    It 'has no more requests in flight than -ThrottleLimit' {
        Set-Emulator @{ latencyMs = 10 }
        $versions = Get-BoxFileVersion 12345
        Clear-EmulatorStat

        $versions | Remove-BoxFileVersion -Confirm:$false -ThrottleLimit 4

        (Get-EmulatorStat).box.peakInFlight | Should -BeIn (2..4)
    }

    It 'treats a version that is missing after a lost response as removed' {
        $versions = Get-BoxFileVersion 12345 -Limit 5
        Add-EmulatorFault @{ method = 'DELETE'; action = 'closeBeforeReply'; handled = $true; times = 3 }

        $versions | Remove-BoxFileVersion -Confirm:$false -ErrorVariable failure

        $failure | Should -BeNullOrEmpty
        (Invoke-Emulator GET files/box/12345).trashed | Should -HaveCount 5
    }

    It 'reports a version that does not exist, and continues' {
        $version = Get-BoxFileVersion 12345 -Limit 1

        @([pscustomobject]@{ FileId = '12345'; VersionId = '4711' }; $version) |
            Remove-BoxFileVersion -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failure

        $failure | Should -HaveCount 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'FileVersionNotFound,*'
        $failure[0].Exception.VersionId | Should -Be '4711'
        (Invoke-Emulator GET files/box/12345).trashed.id | Should -Be $version.VersionId
    }

    It 'reports a 404 after 429 as an error' {
        Add-EmulatorFault @{ method = 'DELETE'; action = 'retryAfter'; retryAfter = '0'; times = 1 }

        Remove-BoxFileVersion 12345 -VersionId 4711 -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failure

        $failure[0].FullyQualifiedErrorId | Should -BeLike 'FileVersionNotFound,*'
    }

    It 'does not accept any other successful response as a removal: <Name>' -ForEach @(
        @{ Name = 'a web page'; Rule = @{ action = 'html' } }
        @{ Name = '200 with an empty body'; Rule = @{ action = 'emptyBody' } }
        @{ Name = '202'; Rule = @{ action = 'status'; status = 202; body = '{}' } }
    ) {
        Add-EmulatorFault ($Rule + @{ method = 'DELETE' })

        Get-BoxFileVersion 12345 -Limit 1 | Remove-BoxFileVersion -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failure

        $failure | Should -HaveCount 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidResponse,*'
        (Get-EmulatorStat).box.byKind.delete | Should -Be 1
        (Invoke-Emulator GET files/box/12345).trashed | Should -BeNullOrEmpty
    }

    It 'removes a version once if the input contains it twice' {
        $version = Get-BoxFileVersion 12345 -Limit 1

        $version, $version | Remove-BoxFileVersion -Confirm:$false -ErrorVariable failure

        $failure | Should -BeNullOrEmpty
        (Get-EmulatorStat).box.byKind.delete | Should -Be 1
    }

    It 'changes nothing with -WhatIf' {
        Get-BoxFileVersion $large -Limit 3 | Remove-BoxFileVersion -WhatIf

        (Get-EmulatorStat).total.changes | Should -Be 0
        (Invoke-Emulator GET "files/box/$large").versions | Should -HaveCount 3000
    }

    It 'prompts before it removes versions' {
        # A non-interactive PowerShell rejects the prompt.
        $script = "Import-Module '$(Get-RepositoryPath 'out/FileVersions/FileVersions.psd1')'
            Connect-BoxAccount box-token -BaseUri '$((Get-Emulator).Api)'
            try { Get-BoxFileVersion 12345 | Remove-BoxFileVersion } catch { `$_.Exception.Message }"
        $output = Invoke-PowerShell $script

        "$output" | Should -BeLike '*NonInteractive*'
        (Get-EmulatorStat).total.changes | Should -Be 0
    }

    It 'sends no request for an invalid id' {
        Remove-BoxFileVersion '..' -VersionId 1 -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failure

        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        (Get-EmulatorStat).total.requests | Should -Be 0
    }

    It 'acts as another user' {
        Get-BoxFileVersion 12345 -Limit 2 | Remove-BoxFileVersion -AsUser 777 -Confirm:$false

        (Get-EmulatorStat).box.asUsers.'777' | Should -Be 2
    }

    It 'returns nothing' {
        Get-BoxFileVersion 12345 -Limit 2 | Remove-BoxFileVersion -Confirm:$false | Should -BeNullOrEmpty
    }
}
