BeforeAll {
    . "$PSScriptRoot/common.ps1"

    function Get-State {
        # Returns the current state of a folder in the emulator: path, SHA-1 and size by file id.
        param([string] $FolderId)

        $state = @{}
        (Invoke-Emulator GET "folders/$FolderId").files | ForEach-Object { $state[$_.id] = "$($_.path) $($_.sha1) $($_.size)" }
        $state
    }

    function Get-Difference {
        # Returns the ids of files whose states differ.
        param([hashtable] $One, [hashtable] $Other)

        @($One.Keys | Where-Object { $One[$_] -ne $Other[$_] })
    }

    function Get-Saved {
        # Returns the SHA-1 of each file below a local folder, by relative path.
        param([string] $Path)

        $files = @{}
        foreach ($file in Get-ChildItem -LiteralPath $Path -Recurse -File -Force) {
            $files[$file.FullName.Substring($Path.Length + 1).Replace('\', '/')] = (Get-FileHash -LiteralPath $file.FullName -Algorithm SHA1).Hash
        }
        $files
    }

    function Start-Recovery {
        # Starts a process that runs the recovery.
        param([string] $Time)

        $code = "`$ProgressPreference = 'SilentlyContinue'
            Import-Module '$(Get-RepositoryPath 'out/FileVersions/FileVersions.psd1')'
            Connect-BoxAccount box-token -BaseUri '$((Get-Emulator).Api)'
            Get-BoxFile 31415 -Recurse | Get-BoxFileVersion -AsOf '$Time' | Restore-BoxFileVersion | Out-Null"
        $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($code))
        $program, $arguments = Get-PowerShellCommand
        Start-Process -FilePath $program -ArgumentList (@($arguments | Where-Object { $_ }) + '-NoProfile' + '-NonInteractive' + '-EncodedCommand' + $encoded) -PassThru
    }
}

Describe 'Recovery from ransomware in Box' {
    BeforeEach {
        Reset-Emulator
        $null = Connect-BoxAccount -AccessToken box-token -BaseUri (Get-Emulator).Api
        $null = Invoke-Emulator POST dataset @{ name = 'archive'; files = 2000 }
        $good = Get-State 31415
        $expected = @{}
        (Invoke-Emulator GET folders/31415).files | ForEach-Object { $expected["Archive/$($_.path)"] = $_.sha1 }
        Reset-Emulator
        $attack = Invoke-Emulator POST dataset @{ name = 'archive'; files = 2000; attacked = 300 }
        $time = ([DateTimeOffset]$attack.attackedAt).AddMinutes(-1)
    }

    AfterAll {
        Reset-Emulator
        Disconnect-BoxAccount
    }

    It 'restores exactly the files that were encrypted, and changes nothing in a second run' {
        Get-Difference $good (Get-State 31415) | Should -HaveCount 300

        $restored = Get-BoxFile 31415 -Recurse | Get-BoxFileVersion -AsOf $time | Restore-BoxFileVersion

        $restored | Should -HaveCount 2000
        Get-Difference $good (Get-State 31415) | Should -BeNullOrEmpty
        Clear-EmulatorStat
        Get-BoxFile 31415 -Recurse | Get-BoxFileVersion -AsOf $time | Restore-BoxFileVersion | Should -HaveCount 2000
        (Get-EmulatorStat).total.changes | Should -Be 0
    }

    It 'can be killed at any time and run again' {
        Set-Emulator @{ latencyMs = 3 }
        foreach ($run in 1..3) {
            $process = Start-Recovery -Time $time.ToString('o')
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $goal = 60 * $run
            while (-not $process.HasExited -and (Get-EmulatorStat).total.changes -lt $goal -and $clock.Elapsed.TotalSeconds -lt 60) {
                Start-Sleep -Milliseconds 20
            }
            $process.Kill()
            $process.WaitForExit()
        }
        Wait-EmulatorIdle | Should -BeTrue
        (Get-Difference $good (Get-State 31415)).Count | Should -BeGreaterThan 0

        $null = Get-BoxFile 31415 -Recurse | Get-BoxFileVersion -AsOf $time | Restore-BoxFileVersion

        Get-Difference $good (Get-State 31415) | Should -BeNullOrEmpty
    }

    It 'can be rehearsed: saves the tree as it was and names each file whose good version is in the trash' {
        $folder = Join-Path $TestDrive rehearsal

        Get-BoxFile 31415 -Recurse | Get-BoxFileVersion -AsOf $time |
            Save-BoxFileVersion $folder -Tree -ErrorAction SilentlyContinue -ErrorVariable problem

        $files = Get-Saved $folder
        $problem | Should -HaveCount 30
        @($problem | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] } | Select-Object -Unique) | Should -Be 'FileVersionNotFound'
        $files.Count | Should -Be 1970
        foreach ($path in $files.Keys) {
            $files[$path] | Should -Be $expected[$path] -Because $path
        }
    }

    It 'makes all files downloadable with their original content' {
        $folder = Join-Path $TestDrive tree
        $null = Get-BoxFile 31415 -Recurse | Get-BoxFileVersion -AsOf $time | Restore-BoxFileVersion

        Get-BoxFile 31415 -Recurse | Get-BoxFileVersion -AsOf $time | Save-BoxFileVersion $folder -Tree

        $files = Get-Saved $folder
        $files.Count | Should -Be 2000
        foreach ($path in $files.Keys) {
            $files[$path] | Should -Be $expected[$path] -Because $path
        }
    }

    It 'shows exactly the files that it would restore with -WhatIf, and changes nothing' {
        $log = Join-Path $TestDrive preview.txt
        Start-Transcript -LiteralPath $log
        try {
            Get-BoxFile 31415 -Recurse | Get-BoxFileVersion -AsOf $time | Restore-BoxFileVersion -WhatIf
        }
        finally {
            $null = Stop-Transcript
        }

        @(Get-Content -LiteralPath $log) -like 'What if: Make version*' | Should -HaveCount 300
        (Get-EmulatorStat).total.changes | Should -Be 0
    }
}

Describe 'Recovery from ransomware in ImageKit' {
    BeforeEach {
        Reset-Emulator
        $null = Connect-IKAccount -PrivateKey private_test -BaseUri (Get-Emulator).Api
        Set-Emulator @{ ikOptimisedImages = $false }
        $null = Invoke-Emulator POST dataset @{ service = 'ik'; name = 'archive'; files = 300 }
        $good = @{}
        (Invoke-Emulator GET 'library?folder=/').files | ForEach-Object { $good[$_.path] = $_.sha1 }
        Reset-Emulator
        Set-Emulator @{ ikOptimisedImages = $false }
        $attack = Invoke-Emulator POST dataset @{ service = 'ik'; name = 'archive'; files = 300; attacked = 60 }
        $time = ([DateTimeOffset]$attack.attackedAt).AddMinutes(-1)

        function Get-Damaged {
            @((Invoke-Emulator GET 'library?folder=/').files | Where-Object { $good[$_.path] -ne $_.sha1 })
        }
    }

    AfterAll {
        Reset-Emulator
        Disconnect-IKAccount
    }

    It 'restores exactly the files that were encrypted' {
        Get-Damaged | Should -HaveCount 60

        $restored = Get-IKFile / -Recurse | Get-IKFileVersion -AsOf $time | Restore-IKFileVersion

        $restored | Should -HaveCount 300
        Get-Damaged | Should -BeNullOrEmpty
        (Get-EmulatorStat).total.changes | Should -Be 60
    }

    It 'changes nothing in a second run and never restores the encrypted version' {
        $null = Get-IKFile / -Recurse | Get-IKFileVersion -AsOf $time | Restore-IKFileVersion
        Clear-EmulatorStat

        $null = Get-IKFile / -Recurse | Get-IKFileVersion -AsOf $time -ErrorAction SilentlyContinue -ErrorVariable problem | Restore-IKFileVersion

        (Get-EmulatorStat).total.changes | Should -Be 0
        Get-Damaged | Should -BeNullOrEmpty
        @($problem | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] } | Select-Object -Unique) | Should -Be 'AmbiguousHistory'
    }
}
