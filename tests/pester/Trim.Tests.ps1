BeforeAll {
    . "$PSScriptRoot/common.ps1"

    function Get-PastCount {
        # Returns the number of past versions that are not in the trash for each file of a folder, from the emulator.
        param([string] $FolderId)

        $counts = @{}
        (Invoke-Emulator GET "folders/$FolderId").files | ForEach-Object { $counts[$_.id] = $_.past - $_.trashed }
        $counts
    }
}

Describe 'Trimming a folder with a policy' {
    BeforeEach {
        Reset-Emulator
        $null = Connect-BoxAccount -AccessToken box-token -BaseUri (Get-Emulator).Api
    }

    AfterAll {
        Reset-Emulator
        Disconnect-BoxAccount
    }

    Context 'with 1,000 files of 200 versions each' {
        BeforeEach {
            Set-Emulator @{ boxHistoryShare = 1; boxVersions = 200 }
            $policy = @{ KeepLast = 190; Now = [DateTimeOffset]'2027-01-01T00:00Z' }
        }

        It 'removes exactly the previewed versions even if the process is killed twice, and changes nothing in another run' {
            $expired = Get-BoxFile 800013 | Get-BoxFileVersion | Select-ExpiredFileVersion @policy | Measure-FileVersion -Total
            $expired.PastCount | Should -Be 10000
            $expired.FileCount | Should -Be 1000
            Get-BoxFile 800013 | Select-Object -First 3 | Get-BoxFileVersion | Select-ExpiredFileVersion @policy | Remove-BoxFileVersion -WhatIf 6>$null
            (Get-EmulatorStat).total.changes | Should -Be 0

            foreach ($goal in 1500, 4000) {
                $code = "`$ProgressPreference = 'SilentlyContinue'
                    Import-Module '$(Get-RepositoryPath 'out/FileVersions/FileVersions.psd1')'
                    Connect-BoxAccount box-token -BaseUri '$((Get-Emulator).Api)'
                    Get-BoxFile 800013 | Get-BoxFileVersion | Select-ExpiredFileVersion -KeepLast 190 -Now 2027-01-01T00:00Z | Remove-BoxFileVersion -Force"
                $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($code))
                $program, $arguments = @(Get-PowerShellCommand) + '-NoProfile', '-NonInteractive', '-EncodedCommand', $encoded
                $process = Start-Process -FilePath $program -ArgumentList $arguments -PassThru
                $clock = [Diagnostics.Stopwatch]::StartNew()
                while (-not $process.HasExited -and (Get-EmulatorStat).total.changes -lt $goal -and $clock.Elapsed.TotalSeconds -lt 120) {
                    Start-Sleep -Milliseconds 20
                }
                $process.Kill()
                $process.WaitForExit()
            }

            Get-BoxFile 800013 | Get-BoxFileVersion | Select-ExpiredFileVersion @policy | Remove-BoxFileVersion -Force

            $counts = Get-PastCount 800013
            $counts.Count | Should -Be 1000
            @($counts.Values | Where-Object { $_ -ne 190 }) | Should -BeNullOrEmpty
            Clear-EmulatorStat
            Get-BoxFile 800013 | Get-BoxFileVersion | Select-ExpiredFileVersion @policy | Remove-BoxFileVersion -Force
            (Get-EmulatorStat).total.changes | Should -Be 0
        }
    }

    Context 'with versions under retention' {
        It 'skips these versions and gives the reason if the fields were requested' {
            $null = Invoke-Emulator POST files @{ id = '77'; name = 'Audit.xlsx'; versions = @(@{ id = '701'; retained = @{ until = '2030-01-31T00:00:00Z' } }, @{ id = '702' }, @{ id = '703'; retained = @{} }) }

            $output = Get-BoxFileVersion 77 -Field Name, Size, retention, permissions | Remove-BoxFileVersion -Force -Verbose 4>&1

            @($output | Where-Object { "$_" -like "*'701'*retention policy*until 2030-01-3*" }) | Should -HaveCount 1
            @($output | Where-Object { "$_" -like "*'703'*retention policy*applies indefinitely*" }) | Should -HaveCount 1
            (Invoke-Emulator GET files/box/77).trashed.id | Should -Be '702'
            (Get-EmulatorStat).total.changes | Should -Be 1
        }

        It 'reports each version that the service does not remove, with the reason, and removes the others' {
            $null = Invoke-Emulator POST files @{ id = '77'; name = 'Audit.xlsx'; versions = @(@{ id = '701'; retained = @{ until = '2030-01-31T00:00:00Z' } }, @{ id = '702' }, @{ id = '703'; retained = @{} }) }

            Get-BoxFileVersion 77 | Remove-BoxFileVersion -Force -ErrorAction SilentlyContinue -ErrorVariable problem

            $problem | Should -HaveCount 2
            @($problem | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] } | Select-Object -Unique) | Should -Be 'AccessDenied'
            "$($problem[0])" | Should -BeLike '*retention policy*until 2030-01-3*'
            "$($problem[1])" | Should -BeLike '*retention policy*applies indefinitely*'
            $problem.TargetObject | Select-Object -Unique | Should -Be '77'
            (Invoke-Emulator GET files/box/77).trashed.id | Should -Be '702'
        }
    }
}
