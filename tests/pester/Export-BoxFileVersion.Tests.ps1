BeforeAll {
    . "$PSScriptRoot/common.ps1"
    . "$PSScriptRoot/exports.ps1"
    Reset-Emulator
    $null = Connect-BoxAccount -AccessToken box-token -BaseUri (Get-Emulator).Api
}

AfterAll {
    Disconnect-BoxAccount
    Reset-Emulator
}

Describe 'Export-BoxFileVersion' {
    BeforeEach {
        Reset-Emulator
    }

    It 'writes every version as a line of JSON, in input order, and returns a summary' {
        $file = Join-Path $TestDrive 'box.jsonl'
        $summary = 1000..1029 | Export-BoxFileVersion -Path $file
        $summary | Should -BeOfType FileVersions.ExportSummary
        $summary.Path | Should -Be $file
        $summary.Files, $summary.FilesDoneBefore, $summary.FilesFailed, $summary.Versions | Should -Be 30, 0, 0, 750
        $summary.Elapsed | Should -BeGreaterThan ([timespan]::Zero)
        $lines = Get-Content -LiteralPath $file
        $written = $lines | ConvertFrom-Json
        $expected = Get-BoxFileVersion (1000..1029)
        $written.VersionId | Should -Be $expected.VersionId
        foreach ($property in $expected[0].PSObject.Properties.Name | Where-Object { $_ -notin 'State', 'ModifiedBy' }) {
            $value = $expected[0].$property
            if ($value -is [datetimeoffset]) {
                # ConvertFrom-Json would convert the date to local time.
                $date = $value.ToString('yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz', [cultureinfo]::InvariantCulture)
                $lines[0] | Should -BeLike "*`"$property`":`"$date`"*"
            }
            else {
                $written[0].$property | Should -Be $value -Because $property
            }
        }
        $written[0].ModifiedBy.Login | Should -Be $expected[0].ModifiedBy.Login
    }

    It 'writes the current versions too with -IncludeCurrent' {
        $file = Join-Path $TestDrive 'current.jsonl'
        (1000, 1001 | Export-BoxFileVersion -Path $file -IncludeCurrent).Versions | Should -Be 52
        @(Get-Content -LiteralPath $file | ConvertFrom-Json | Where-Object IsCurrent) | Should -HaveCount 2
    }

    It 'writes undocumented fields of the response' {
        $null = Invoke-Emulator POST files @{ service = 'box'; id = '77'; versions = @(@{ fields = @{ future_field = @{ a = 1 } } }) }
        $file = Join-Path $TestDrive 'more.jsonl'
        $null = Export-BoxFileVersion 77 -Path $file
        $line = Get-Content -LiteralPath $file
        if ((Get-BoxFileVersion 77).PSObject.Properties['future_field']) {
            $line | Should -Match '"future_field":\{"a":1\}'
        }
        else {
            Set-ItResult -Inconclusive -Because 'the emulator does not send the field'
        }
    }

    It 'exports each file once, whether it is given by id, number or web address' {
        $file = Join-Path $TestDrive 'once.jsonl'
        $files = ' 1000', "1000`r`n", 1000, 'https://acme.app.box.com/file/1000?s=x', [pscustomobject]@{ Id = 1000 }, [pscustomobject]@{ FileId = '1001', ' 1000'; Id = '7' }
        $summary = $files | Export-BoxFileVersion -Path $file
        $summary.Files, $summary.Versions | Should -Be 2, 50
        (Export-BoxFileVersion 1000, 1001 -Path $file).FilesDoneBefore | Should -Be 2
    }

    It 'writes the path of piped files' {
        $file = Join-Path $TestDrive 'path.csv'
        $null = [pscustomobject]@{ FileId = '1000'; FilePath = '/Reports/q3.xlsx' } | Export-BoxFileVersion -Path $file
        (Import-Csv -LiteralPath $file)[0].FilePath | Should -Be '/Reports/q3.xlsx'
    }

    It 'records <What> as failed and continues' -ForEach @(
        @{ What = 'an empty id'; Id = '' }
        @{ What = 'an id with a line break'; Id = "10`r`n01" }
        @{ What = 'a web address without an id'; Id = 'https://app.box.com/folder/5' }
    ) {
        $file = Join-Path $TestDrive "item-$($What.GetHashCode()).csv"
        foreach ($doneBefore in 0, 2) {
            $summary = Export-BoxFileVersion -FileId '1000', $Id, '1002' -Path $file -ErrorAction SilentlyContinue -ErrorVariable problems
            $problems[0].FullyQualifiedErrorId | Should -Match '^InvalidRequest,'
            $summary.Files, $summary.FilesDoneBefore, $summary.FilesFailed | Should -Be 3, $doneBefore, 1
        }
        @(Import-Csv -LiteralPath $file) | Should -HaveCount 50
    }

    It 'records failed files and retries only those in the next run' {
        $file = Join-Path $TestDrive 'failing.jsonl'
        Add-EmulatorFault @{ service = 'box'; fileId = '1003'; action = 'status'; status = 400 }
        $first = 1000..1009 + 4041 | Export-BoxFileVersion -Path $file -ErrorAction SilentlyContinue -ErrorVariable problems
        $first.FilesFailed, $first.Versions | Should -Be 2, 225
        $problems.TargetObject | Should -Be '1003', '4041'
        $problems.FullyQualifiedErrorId | ForEach-Object { $_ -replace ',.*' } | Should -Be 'InvalidRequest', 'FileVersionNotFound'
        [IO.File]::ReadAllText("$file.journal") | Should -Match '"fileId":"1003","errorId":"InvalidRequest"'

        Clear-EmulatorFault
        Clear-EmulatorStat
        $second = 1000..1009 + 4041 | Export-BoxFileVersion -Path $file -ErrorAction SilentlyContinue
        $second.FilesDoneBefore, $second.FilesFailed, $second.Versions | Should -Be 9, 1, 25
        (Get-EmulatorStat).box.requests | Should -Be 2
        $reference = Join-Path $TestDrive 'failing-reference.jsonl'
        $null = 1000..1009 | Export-BoxFileVersion -Path $reference
        Assert-SameExport $file $reference
    }

    It 'writes no version of a file whose listing was interrupted' {
        $file = Join-Path $TestDrive 'half.jsonl'
        Add-EmulatorFault @{ service = 'box'; fileId = '902500001'; afterRequests = 1; action = 'status'; status = 400 }
        (Export-BoxFileVersion 1000, 902500001, 1001 -Path $file -ErrorAction SilentlyContinue).FilesFailed | Should -Be 1
        [IO.File]::ReadAllLines($file).Count | Should -Be 50
        Clear-EmulatorFault
        $null = Export-BoxFileVersion 1000, 902500001, 1001 -Path $file
        $ids = (Get-Content -LiteralPath $file | ConvertFrom-Json).VersionId
        @($ids | Select-Object -Unique).Count | Should -Be 2550
        $ids.Count | Should -Be 2550
    }

    It 'ends when the account is rejected, keeps completed files, and can be resumed' {
        $file = Join-Path $TestDrive 'account.jsonl'
        Add-EmulatorFault @{ service = 'box'; fileId = '1015'; action = 'status'; status = 401 }
        { 1000..1029 | Export-BoxFileVersion -Path $file } | Should -Throw -ErrorId 'AuthenticationFailed,*'
        Clear-EmulatorFault
        $second = 1000..1029 | Export-BoxFileVersion -Path $file
        $second.FilesDoneBefore | Should -Be 15
        [IO.File]::ReadAllLines($file).Count | Should -Be 750
    }

    It 'ends when the disk is full and can be resumed after space is freed' -Skip:(-not ($IsLinux -or $IsMacOS)) -Tag 'needs Linux or macOS' {
        $file = Join-Path $TestDrive 'full.jsonl'
        $code = "Import-Module '$(Get-RepositoryPath 'out/FileVersions/FileVersions.psd1')'
            try { 1..40 | Export-BoxFileVersion -Path '$file' } catch { `$_.FullyQualifiedErrorId; `$_.Exception.Message }"
        $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($code))
        $env:BOX_ACCESS_TOKEN, $env:BOX_BASE_URL = 'box-token', (Get-Emulator).Api
        try {
            # A file size limit of 128 KiB simulates a full disk. The signal that would end the process is ignored.
            $text = & bash -c "trap '' XFSZ; ulimit -f 128; DOTNET_EnableWriteXorExecute=0 exec $(Get-PowerShellCommand | ForEach-Object { "'$_'" }) -NoProfile -NonInteractive -EncodedCommand $encoded 2>/dev/null"
        }
        finally {
            $env:BOX_ACCESS_TOKEN = $env:BOX_BASE_URL = $null
        }
        $text[0] | Should -Match '^FileNotWritable,'
        $text[1] | Should -Match 'Run the same export again'
        [IO.FileInfo]::new($file).Length | Should -BeGreaterThan 100000

        $null = 1..40 | Export-BoxFileVersion -Path $file
        $reference = Join-Path $TestDrive 'full-reference.jsonl'
        $null = 1..40 | Export-BoxFileVersion -Path $reference
        Assert-SameExport $file $reference
    }

    It 'rejects an existing file and leaves it unchanged when <What>' -ForEach @(
        @{ What = 'the file is not an export'; Id = 'TargetExists'; Make = { [IO.File]::WriteAllText($file, 'mine') }; Option = @{} }
        @{ What = 'the settings are different'; Id = 'TargetExists'; Make = { $null = Export-BoxFileVersion 1000 -Path $file }; Option = @{ IncludeCurrent = $true } }
        @{ What = 'the file was changed'; Id = 'TargetExists'; Make = { $null = Export-BoxFileVersion 1000 -Path $file; [IO.File]::WriteAllText($file, 'x') }; Option = @{} }
        @{ What = 'another run is writing to it'; Id = 'FileNotWritable'; Make = { $null = Export-BoxFileVersion 1000 -Path $file; $held.Add([IO.File]::Open("$file.journal", 'Open', 'ReadWrite', 'None')) }; Option = @{} }
    ) {
        $file = Join-Path $TestDrive "refused-$($What.GetHashCode()).jsonl"
        $held = [Collections.Generic.List[IDisposable]]::new()
        . $Make
        $content = [IO.File]::ReadAllText($file)
        try {
            $failure = { Export-BoxFileVersion 1001 -Path $file @Option } | Should -Throw -ErrorId "$Id,*" -PassThru
            # The cmdlet has no such parameter.
            "$failure" | Should -Not -BeLike '*-Force*'
        }
        finally {
            foreach ($stream in $held) {
                $stream.Dispose()
            }
        }
        [IO.File]::ReadAllText($file) | Should -BeExactly $content
    }

    It 'rejects a path <What>' -ForEach @(
        @{ What = 'with an unknown extension'; Path = 'a.txt' }
        @{ What = 'outside the file system'; Path = 'Env:a.csv' }
    ) {
        { Export-BoxFileVersion 1000 -Path $(if ($Path -match ':') { $Path } else { Join-Path $TestDrive $Path }) } | Should -Throw -ErrorId 'InvalidRequest,*'
    }

    It 'writes nothing and sends nothing with -WhatIf' {
        Clear-EmulatorStat
        $file = Join-Path $TestDrive 'whatif.csv'
        Export-BoxFileVersion 1000 -Path $file -WhatIf | Should -BeNullOrEmpty
        $file, "$file.journal" | Where-Object { Test-Path -LiteralPath $_ } | Should -BeNullOrEmpty
        (Get-EmulatorStat).box.requests | Should -Be 0
    }
}

Describe 'An export that was interrupted' {
    BeforeAll {
        Reset-Emulator
        $reference = Join-Path $TestDrive 'reference.jsonl'
        $null = 1000..1199 | Export-BoxFileVersion -Path $reference
    }

    It 'resumes after an error upstream in the pipeline' {
        $file = Join-Path $TestDrive 'upstream.jsonl'
        {
            1000..1199 | ForEach-Object { if ($_ -eq 1050) { throw 'boom' }; $_ } | Export-BoxFileVersion -Path $file
        } | Should -Throw 'boom'
        $null = 1000..1199 | Export-BoxFileVersion -Path $file
        Assert-SameExport $file $reference
    }

    It 'resumes in the same process after Ctrl+C' {
        Set-Emulator @{ latencyMs = 20 }
        $file = Join-Path $TestDrive 'stopped.jsonl'
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('param($module, $api, $file)
                Import-Module $module
                Connect-BoxAccount -AccessToken box-token -BaseUri $api
                1000..1199 | Export-BoxFileVersion -Path $file -ThrottleLimit 1').AddArgument((Get-RepositoryPath 'out/FileVersions/FileVersions.psd1')).AddArgument((Get-Emulator).Api).AddArgument($file)
            $run = $shell.BeginInvoke()
            while ((Get-JournalLength $file) -lt 500 -and -not $run.IsCompleted) {
                Start-Sleep -Milliseconds 20
            }
            $shell.Stop()
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        }
        finally {
            $shell.Dispose()
        }
        Wait-EmulatorIdle | Should -BeTrue
        Set-Emulator @{ latencyMs = 0 }
        $summary = 1000..1199 | Export-BoxFileVersion -Path $file
        $summary.FilesDoneBefore | Should -BeGreaterThan 0
        $summary.FilesDoneBefore | Should -BeLessThan 200
        Assert-SameExport $file $reference
    }

    It 'loses and duplicates nothing when its process is killed at 20 random times' {
        Set-Emulator @{ latencyMs = 25 }
        $random = [Random]::new(42)
        $kills = 0
        $outputs = @()
        while ($kills -lt 20) {
            $file = Join-Path $TestDrive "killed-$($outputs.Count).jsonl"
            $outputs += $file
            do {
                $process = Start-Export "1000..1199 | Export-BoxFileVersion -Path '$file' -ThrottleLimit 2"
                $begun = [Diagnostics.Stopwatch]::StartNew()
                while (-not (Test-Path -LiteralPath "$file.journal") -and $begun.ElapsedMilliseconds -lt 60000) {
                    Start-Sleep -Milliseconds 5
                }
                if ($kills -lt 20 -and -not $process.WaitForExit($random.Next(0, 2000))) {
                    $process.Kill()
                    $kills++
                }
                $process.WaitForExit()
            } until ($process.ExitCode -eq 0)
        }
        foreach ($file in $outputs) {
            Assert-SameExport $file $reference
        }
    }
}

Describe 'An export with -Session' {
    BeforeAll {
        Reset-Emulator
        $reference = Join-Path $TestDrive 'shared-reference.jsonl'
        $null = 1000..1149 + 4041 | Export-BoxFileVersion -Path $reference -ErrorAction SilentlyContinue
        $sessions = @(1..2 | ForEach-Object { New-ProcessSession })
    }

    BeforeEach {
        Reset-Emulator
    }

    AfterAll {
        $sessions | ForEach-Object { Stop-Process -Id $_.WorkerId -Force -ErrorAction Ignore }
        $sessions | Remove-PSSession -ErrorAction Ignore
    }

    It 'has the same content as one without sessions, and every session sends requests' {
        $file = Join-Path $TestDrive 'two.jsonl'
        Set-Emulator @{ latencyMs = 5 }
        $counts = { foreach ($session in $sessions) { Invoke-Command -Session $session { (Get-Process -Id $PID).TotalProcessorTime.TotalMilliseconds } } }
        $before = & $counts
        $summary = 1000..1149 + 4041 | Export-BoxFileVersion -Path $file -Session $sessions -ErrorAction SilentlyContinue -ErrorVariable problems -WarningVariable warnings
        $after = & $counts
        $warnings | Should -BeNullOrEmpty
        $summary.Files, $summary.FilesFailed, $summary.Versions | Should -Be 151, 1, 3750
        $problems.TargetObject | Should -Be '4041'
        $problems[0].FullyQualifiedErrorId | Should -Match '^FileVersionNotFound,'
        Assert-SameExport $file $reference
        foreach ($i in 0, 1) {
            $after[$i] | Should -BeGreaterThan $before[$i]
        }
    }

    It 'passes paths and options to each session' {
        $file = Join-Path $TestDrive 'options.csv'
        $null = [pscustomobject]@{ FileId = '1000'; FilePath = '/a,b' } | Export-BoxFileVersion -Path $file -Session $sessions -IncludeCurrent
        $rows = @(Import-Csv -LiteralPath $file)
        $rows | Should -HaveCount 26
        $rows[0].IsCurrent, $rows[0].FilePath | Should -Be 'True', '/a,b'
    }

    It 'rejects -Connection together with -Session' {
        { Export-BoxFileVersion 1000 -Path (Join-Path $TestDrive 'both.csv') -Session $sessions -Connection (Get-BoxAccount) } | Should -Throw -ErrorId 'InvalidRequest,*'
    }

    It 'leaves sessions available after Ctrl+C' {
        Set-Emulator @{ latencyMs = 50 }
        $file = Join-Path $TestDrive 'session.jsonl'
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('param($module, $session, $file)
                Import-Module $module
                1000..1149 | Export-BoxFileVersion -Path $file -ThrottleLimit 1 -Session $session').AddArgument((Get-RepositoryPath 'out/FileVersions/FileVersions.psd1')).AddArgument($sessions[0]).AddArgument($file)
            $run = $shell.BeginInvoke()
            while ((Get-EmulatorStat).box.requests -eq 0 -and -not $run.IsCompleted) {
                Start-Sleep -Milliseconds 20
            }
            $shell.Stop()
        }
        finally {
            $shell.Dispose()
        }
        $sessions[0].Runspace.RunspaceAvailability | Should -Be 'Available'
        Set-Emulator @{ latencyMs = 0 }
        $null = 1000..1149 + 4041 | Export-BoxFileVersion -Path $file -Session $sessions[0] -ErrorAction SilentlyContinue
        Assert-SameExport $file $reference
    }

    It 'ends when no session is left and can be resumed' {
        $lost = New-ProcessSession -Token wrong
        $file = Join-Path $TestDrive 'none.jsonl'
        try {
            { 1000..1009 | Export-BoxFileVersion -Path $file -Session $lost -WarningAction SilentlyContinue } | Should -Throw -ErrorId 'ConnectionFailed,*'
        }
        finally {
            $lost | Remove-PSSession
        }
        $null = 1000..1149 + 4041 | Export-BoxFileVersion -Path $file -Session $sessions -ErrorAction SilentlyContinue
        Assert-SameExport $file $reference
    }

    # Must be the last test, because it ends or freezes a session.
    It 'reassigns the files of a process that <What> to the other sessions within 15 seconds' -ForEach @(
        @{ What = 'is frozen'; Signal = 'STOP' }
        @{ What = 'is killed'; Signal = 'KILL' }
    ) {
        Set-Emulator @{ latencyMs = 50 }
        $file = Join-Path $TestDrive "lost-$Signal.jsonl"
        $victim = New-ProcessSession
        $all = @($victim, $sessions[0])
        $module = Get-RepositoryPath 'out/FileVersions/FileVersions.psd1'
        $run = Start-ThreadJob -ScriptBlock {
            Import-Module -Name $using:module
            1000..1149 + 4041 | Export-BoxFileVersion -Path $using:file -Session $using:all -ThrottleLimit 1 -ErrorAction SilentlyContinue -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings
            [datetime]::UtcNow
        }
        try {
            while ((Get-EmulatorStat).box.requests -lt 10 -and $run.State -eq 'Running') {
                Start-Sleep -Milliseconds 20
            }
            kill "-$Signal" $victim.WorkerId
            $lostAt = [datetime]::UtcNow
            Set-Emulator @{ latencyMs = 0 }
            $null = Wait-Job -Job $run -Timeout 60
            $summary, $warning, $endedAt = Receive-Job -Job $run -ErrorAction Stop
        }
        finally {
            Remove-Job -Job $run -Force
            kill -KILL $victim.WorkerId 2> $null
        }
        $summary.Files, $summary.FilesFailed | Should -Be 151, 1
        "$warning" | Should -Match 'is no longer used'
        ($endedAt - $lostAt).TotalSeconds | Should -BeLessThan 15
        Assert-SameExport $file $reference
    }
}

Describe 'An export with -Session over SSH' {
    BeforeAll {
        . "$PSScriptRoot/SshHosts.ps1"
        $obstacle = Get-SshHostObstacle
        $hosts = @()
        $sessions = @()
        if (-not $obstacle) {
            $folder = Join-Path $TestDrive 'ssh'
            $null = New-Item -ItemType Directory -Path $folder
            $hosts = @(1, 2 | ForEach-Object { Start-SshHost -Number $_ -Folder $folder })
            $ssh = @{ UserName = 'root'; Port = 2222; KeyFilePath = "$folder/key"; Options = @{ StrictHostKeyChecking = 'no'; UserKnownHostsFile = '/dev/null'; LogLevel = 'ERROR' } }
            $sessions = @($hosts | ForEach-Object { New-PSSession -HostName $_.IPAddress @ssh })
            # SSH logs in with a new environment; the account comes from the environment variables of the host.
            Invoke-Command -Session $sessions -ArgumentList (Get-RepositoryPath 'out/FileVersions/FileVersions.psd1') -ScriptBlock { Import-Module -Name $args[0] }
            Reset-Emulator
            $reference = Join-Path $TestDrive 'ssh-reference.jsonl'
            $null = 1000..1099 | Export-BoxFileVersion -Path $reference
        }
    }

    AfterAll {
        $hosts | Stop-SshHost
    }

    It 'has the same content as one without sessions' {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
        $file = Join-Path $TestDrive 'ssh.jsonl'
        $summary = 1000..1099 | Export-BoxFileVersion -Path $file -Session $sessions -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        $summary.Versions | Should -Be 2500
        Assert-SameExport $file $reference
    }

    It 'can use versions from Invoke-Command, which have the usual view and can be cast to their class' {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
        $versions = @(Invoke-Command -Session $sessions[0] -ScriptBlock { Get-BoxFileVersion 1000 })
        $versions | Should -HaveCount 25
        $versions[0].PSComputerName | Should -Be $hosts[0].IPAddress
        $versions | Out-String -Width 120 | Should -Match "$($versions[0].VersionId)\S*\s+25 "
        # Unlike objects from jobs, PowerShell does not convert objects from SSH sessions to their class.
        $cast = [FileVersions.Box.BoxFileVersion[]]$versions
        $cast[0].ModifiedAt -gt $cast[1].ModifiedAt | Should -BeTrue
        $cast[0].ModifiedBy | Should -BeOfType FileVersions.Box.BoxUser
    }

    It 'reassigns the files of an unreachable host to the other host within 15 seconds' {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
        $hosts | ForEach-Object { Set-SshHostEmulator $_ @{ latencyMs = 60 } }
        $file = Join-Path $TestDrive 'ssh-lost.jsonl'
        $module = Get-RepositoryPath 'out/FileVersions/FileVersions.psd1'
        $run = Start-ThreadJob -ScriptBlock {
            Import-Module -Name $using:module
            1000..1099 | Export-BoxFileVersion -Path $using:file -Session $using:sessions -ThrottleLimit 1 -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings
            [datetime]::UtcNow
        }
        try {
            while ((Get-JournalLength $file) -lt 500 -and $run.State -eq 'Running') {
                Start-Sleep -Milliseconds 20
            }
            ip link set $hosts[0].Link down
            $lostAt = [datetime]::UtcNow
            Set-SshHostEmulator $hosts[1] @{ latencyMs = 0 }
            $null = Wait-Job -Job $run -Timeout 60
            $summary, $warning, $endedAt = Receive-Job -Job $run -ErrorAction Stop
        }
        finally {
            Remove-Job -Job $run -Force
        }
        $summary.Files, $summary.FilesFailed | Should -Be 100, 0
        "$warning" | Should -Match 'sent nothing for 10 seconds'
        ($endedAt - $lostAt).TotalSeconds | Should -BeLessThan 15
        Assert-SameExport $file $reference
    }
}
