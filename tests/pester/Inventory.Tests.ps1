BeforeAll {
    . "$PSScriptRoot/common.ps1"
    Reset-Emulator
    $script = Get-RepositoryPath 'examples/Export-VersionInventory.ps1'
    $module = Get-RepositoryPath 'out/FileVersions/FileVersions.psd1'
    $engine = (Get-Process -Id $PID).Path

    # Jobs and processes take the account from here.
    $before = @{}
    $account = @{
        BOX_ACCESS_TOKEN = 'box-token'; BOX_BASE_URL = (Get-Emulator).Api
        IMAGEKIT_PRIVATE_KEY = 'private_test'; IMAGE_KIT_BASE_URL = (Get-Emulator).Api
    }
    foreach ($name in $account.Keys) {
        $before[$name] = [Environment]::GetEnvironmentVariable($name)
        [Environment]::SetEnvironmentVariable($name, $account[$name])
    }

    function Invoke-Inventory {
        # Runs it here, with ids from the pipeline, and puts out the summary with the exit code.
        param([Parameter(ValueFromPipeline)] [string] $Id, [string] $OutputPath, [hashtable] $Option = @{})

        begin { $ids = @() }
        process { $ids += $Id }
        end {
            $summary = $ids | & $script -OutputPath $OutputPath -Module $module @Option -ErrorVariable problems -ErrorAction SilentlyContinue 2>$null 3>$null
            if (-not $summary) {
                $summary = [pscustomobject]@{}
            }
            $summary | Add-Member -NotePropertyName ExitCode -NotePropertyValue $LASTEXITCODE -PassThru
        }
    }

    function Start-Inventory {
        # Runs it in a process of its own.
        param([string] $CsvPath, [string] $OutputPath, [string] $More = '')

        $start = [Diagnostics.ProcessStartInfo]::new($engine)
        $start.Arguments = "-NoProfile -NonInteractive -Command `"& '$script' -CsvPath '$CsvPath' -OutputPath '$OutputPath' -Module '$module' $More; exit `$LASTEXITCODE`""
        $start.RedirectStandardOutput = $true
        $start.RedirectStandardError = $true
        [Diagnostics.Process]::Start($start)
    }

    function Get-SortedLine([string] $Path) {
        $lines = [IO.File]::ReadAllLines($Path)
        [array]::Sort($lines, [StringComparer]::Ordinal)
        , $lines
    }

    function Assert-SameInventory([string] $Path, [string] $Reference) {
        # Nothing lost, nothing twice.
        $actual, $expected = (Get-SortedLine $Path), (Get-SortedLine $Reference)
        $actual.Count | Should -Be $expected.Count
        [Linq.Enumerable]::SequenceEqual([string[]]$actual, [string[]]$expected) | Should -BeTrue
    }
}

AfterAll {
    foreach ($name in $before.Keys) {
        [Environment]::SetEnvironmentVariable($name, $before[$name])
    }
    Reset-Emulator
}

Describe 'Export-VersionInventory' {
    BeforeEach {
        Reset-Emulator
    }

    It 'writes every version of Box as JSON Lines' {
        $file = Join-Path $TestDrive 'box.jsonl'
        $summary = 1000..1029 | Invoke-Inventory -OutputPath $file -Option @{ BatchSize = 7 }
        $summary.ExitCode | Should -Be 0
        $summary.Completed | Should -BeTrue
        $summary.Done | Should -Be 30
        $summary.Versions | Should -Be 750
        $written = Get-Content -LiteralPath $file | ForEach-Object { ConvertFrom-Json $_ -DateKind String }
        $expected = Get-BoxFileVersion (1000..1029)
        $written.VersionId | Should -Be $expected.VersionId
        $written[0].ModifiedAt | Should -Be $expected[0].ModifiedAt.ToString('yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz', [cultureinfo]::InvariantCulture)
        $written[0].ModifiedBy.Login | Should -Be $expected[0].ModifiedBy.Login
        $written[0].Size | Should -Be $expected[0].Size
    }

    It 'writes the current versions of Box too when asked to' {
        $file = Join-Path $TestDrive 'current.jsonl'
        (1000, 1001 | Invoke-Inventory -OutputPath $file -Option @{ IncludeCurrent = $true }).Versions | Should -Be 52
        @(Get-Content -LiteralPath $file | ConvertFrom-Json | Where-Object IsCurrent) | Should -HaveCount 2
    }

    It 'writes every version of ImageKit as CSV, the same in every culture' {
        $file = Join-Path $TestDrive 'ik.csv'
        $summary = 'n003-a', 'n100-b', 'film' | Invoke-Inventory -OutputPath $file -Option @{ Service = 'ImageKit'; BatchSize = 2 }
        $summary.ExitCode | Should -Be 0
        $rows = @(Import-Csv -LiteralPath $file)
        $expected = @('n003-a', 'n100-b', 'film' | Get-IKFileVersion)
        $rows.Count | Should -Be $expected.Count
        $invariant = [cultureinfo]::InvariantCulture
        for ($i = 0; $i -lt $rows.Count; $i++) {
            $rows[$i].VersionId | Should -Be $expected[$i].VersionId
            $rows[$i].Tags | Should -BeExactly "$(if ($null -ne $expected[$i].Tags) { $expected[$i].Tags.ToString() })"
            $rows[$i].CustomMetadata | Should -BeExactly $expected[$i].CustomMetadata.ToString()
            [datetimeoffset]::Parse($rows[$i].UpdatedAt, $invariant) | Should -Be $expected[$i].UpdatedAt
            $rows[$i].Duration | Should -BeExactly "$(if ($null -ne $expected[$i].Duration) { $expected[$i].Duration.ToString($invariant) })"
        }
        [IO.File]::ReadAllText($file) | Should -Not -Match 'System\.|FileVersions\.'
    }

    It 'keeps a list with one item a list in JSON' {
        $null = Invoke-Emulator POST files @{ service = 'ik'; id = 'one'; versions = @(@{ fields = @{ tags = @('only'); AITags = @() } }) }
        $file = Join-Path $TestDrive 'one.jsonl'
        $null = 'one' | Invoke-Inventory -OutputPath $file -Option @{ Service = 'ImageKit' }
        Get-Content -LiteralPath $file | Should -Match '"Tags":\["only"\],"AITags":\[\]'
    }

    It 'takes ids from a CSV file with a column <_>' -ForEach 'FileId', 'Id' {
        $csv = Join-Path $TestDrive "$_.csv"
        Set-Content -LiteralPath $csv -Value @("Other,$_", 'x,1000', 'y,1001')
        $summary = & $script -CsvPath $csv -OutputPath (Join-Path $TestDrive "by-$_.jsonl") -Module $module
        $summary.Done | Should -Be 2
        $LASTEXITCODE | Should -Be 0
    }

    It 'takes ids by property name, and each once' {
        $summary = [pscustomobject]@{ Id = '1000' }, [pscustomobject]@{ Id = '1001' }, [pscustomobject]@{ Id = '1000' } |
            & $script -OutputPath (Join-Path $TestDrive 'property.jsonl') -Module $module
        $summary.Done | Should -Be 2
        $summary.Versions | Should -Be 50
    }

    It 'takes each file once, however it is named' {
        $file = Join-Path $TestDrive 'once.jsonl'
        $ids = ' 1000', "1000`r`n", 1000, 'https://acme.app.box.com/file/1000?s=x', [pscustomobject]@{ Id = 1000 }, [pscustomobject]@{ FileId = '1001', ' 1000'; Id = '7' }
        $summary = $ids | & $script -OutputPath $file -Module $module
        $LASTEXITCODE | Should -Be 0
        $summary.Files | Should -Be 2
        $summary.Done | Should -Be 2
        $summary.Versions | Should -Be 50
        $again = & $script -FileId $ids -OutputPath $file -Module $module
        $again.AlreadyDone | Should -Be 2
        $again.Done | Should -Be 0
    }

    It 'records a row without an id as failed and goes on, from <_>' -ForEach 'the pipeline', '-CsvPath' {
        $csv = Join-Path $TestDrive 'blank.csv'
        Set-Content -LiteralPath $csv -Value (@('Name,FileId') + (1000..1059 | ForEach-Object { "file $_,$(if ($_ -ne 1029) { $_ })" }))
        $file = Join-Path $TestDrive "blank-$_.jsonl"
        $option = @{ OutputPath = $file; Module = $module; BatchSize = 10 }
        foreach ($done in 59, 0) {
            $summary = if ($_ -eq '-CsvPath') { & $script -CsvPath $csv @option } else { Import-Csv -LiteralPath $csv | & $script @option }
            $LASTEXITCODE | Should -Be 1
            $summary.Completed | Should -BeTrue
            $summary.Files | Should -Be 60
            $summary.Done | Should -Be $done
            $summary.AlreadyDone | Should -Be (59 - $done)
            $summary.Failed | Should -Be 1
            $summary.Errors.ErrorId | Should -Be 'InvalidRequest'
            $summary.Errors.Message | Should -Be 'Item 30 of the input is empty or has no id.'
        }
        Get-Content -LiteralPath "$file.journal" | Where-Object { $_ -match 'Item 30 ' } | Should -HaveCount 2
        [IO.File]::ReadAllLines($file).Count | Should -Be (59 * 25)
    }

    It 'records <What> as failed and goes on' -ForEach @(
        @{ What = 'nothing'; Item = $null; Message = 'is empty or has no id' }
        @{ What = 'an empty text'; Item = ''; Message = 'is empty or has no id' }
        @{ What = 'blanks'; Item = " `t"; Message = 'is empty or has no id' }
        @{ What = 'an object with an empty property'; Item = [pscustomobject]@{ Id = $null }; Message = 'is empty or has no id' }
        @{ What = 'an object with an empty list'; Item = [pscustomobject]@{ Id = @() }; Message = 'is empty or has no id' }
        @{ What = 'an object without the property'; Item = [pscustomobject]@{ File = '1000' }; Message = 'has no property FileId or Id' }
        @{ What = 'a hashtable'; Item = @{ FileId = '1000' }; Message = 'has no property FileId or Id' }
    ) {
        $option = @{ OutputPath = Join-Path $TestDrive "item-$What.jsonl"; Module = $module; BatchSize = 1 }
        $summary = '1000', $Item, '1001', $Item, '1002' | & $script @option
        $LASTEXITCODE | Should -Be 1
        $summary.Completed | Should -BeTrue
        $summary.Done | Should -Be 3
        $summary.Failed | Should -Be 2
        $summary.Errors.Message | Should -Be "Item 2 of the input $Message.", "Item 4 of the input $Message."
    }

    It 'records an id with line breaks as failed, in <_>' -ForEach 'jsonl', 'csv' {
        $file = Join-Path $TestDrive "breaks.$_"
        foreach ($done in 2, 0) {
            $summary = '1000', "10`r`n01", '1002' | Invoke-Inventory -OutputPath $file
            $summary.ExitCode | Should -Be 1
            $summary.Done | Should -Be $done
            $summary.Errors.FileId | Should -BeExactly "10`r`n01"
            $summary.Errors.ErrorId | Should -Be 'InvalidRequest'
        }
        [IO.File]::ReadAllLines($file).Count | Should -Be (50 + ($_ -eq 'csv'))
    }

    It 'records what fails, and tries only that again' {
        $file = Join-Path $TestDrive 'failing.jsonl'
        Add-EmulatorFault @{ service = 'box'; fileId = '1003'; action = 'status'; status = 400 }
        $first = @(1000..1009 + 4041) | Invoke-Inventory -OutputPath $file -Option @{ BatchSize = 4 }
        $first.ExitCode | Should -Be 1
        $first.Completed | Should -BeTrue
        $first.Done | Should -Be 9
        $first.Errors.FileId | Should -Be '1003', '4041'
        $first.Errors.ErrorId | Should -Be 'InvalidRequest', 'FileVersionNotFound'
        Get-Content -LiteralPath "$file.journal" | Where-Object { $_ -match '"ErrorId":"InvalidRequest"' } | Should -HaveCount 1

        Clear-EmulatorFault
        Clear-EmulatorStat
        $second = @(1000..1009 + 4041) | Invoke-Inventory -OutputPath $file -Option @{ BatchSize = 4 }
        $second.ExitCode | Should -Be 1
        $second.Done | Should -Be 1
        $second.AlreadyDone | Should -Be 9
        (Get-EmulatorStat).box.requests | Should -Be 2
        $reference = Join-Path $TestDrive 'failing-reference.jsonl'
        $null = 1000..1009 | Invoke-Inventory -OutputPath $reference
        Assert-SameInventory $file $reference
    }

    It 'does not keep half of a file whose list broke off' {
        $file = Join-Path $TestDrive 'half.jsonl'
        Add-EmulatorFault @{ service = 'box'; fileId = '902500001'; afterRequests = 1; action = 'status'; status = 400 }
        $first = '1000', 'https://app.box.com/file/902500001', '1001' | Invoke-Inventory -OutputPath $file
        $first.ExitCode | Should -Be 1
        [IO.File]::ReadAllLines($file).Count | Should -Be 50
        Clear-EmulatorFault
        $null = '1000', '902500001', '1001' | Invoke-Inventory -OutputPath $file
        $ids = (Get-Content -LiteralPath $file | ConvertFrom-Json).VersionId
        $ids.Count | Should -Be 2550
        @($ids | Select-Object -Unique).Count | Should -Be 2550
    }

    It 'ends early with exit code 2 where the disk is full, and goes on where it is not' -Skip:(-not ($IsLinux -or $IsMacOS)) {
        $csv = Join-Path $TestDrive 'full.csv'
        1..40 | ForEach-Object -Process { [pscustomobject]@{ FileId = "$_" } } | Export-Csv -Path $csv -NoTypeInformation
        $output = Join-Path $TestDrive 'full.jsonl'
        $command = "& '$script' -CsvPath '$csv' -OutputPath '$output' -Module '$module' -BatchSize 2 | ConvertTo-Json -Depth 3; exit `$LASTEXITCODE"

        # A file may hold 128 KiB, as if no more fitted; what ends a process that writes on is ignored, and .NET's own large file left out.
        $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($command))
        $text = & bash -c "trap '' XFSZ; ulimit -f 128; DOTNET_EnableWriteXorExecute=0 exec '$engine' -NoProfile -NonInteractive -EncodedCommand $encoded 2>/dev/null"
        $LASTEXITCODE | Should -Be 2
        $summary = $text -join '' | ConvertFrom-Json
        $summary.Completed | Should -BeFalse
        $summary.Done | Should -BeGreaterThan 2
        $summary.Done | Should -BeLessThan 38

        $second = & $script -CsvPath $csv -OutputPath $output -Module $module -BatchSize 2
        $LASTEXITCODE | Should -Be 0
        $second.AlreadyDone | Should -Be $summary.Done
        [IO.File]::ReadAllLines($output) | Should -HaveCount (40 * 25)
        [IO.File]::ReadAllLines($output) | Sort-Object -Unique | Should -HaveCount (40 * 25)
    }

    It 'ends early with exit code 2 where the account is refused, and goes on where it is not' {
        $file = Join-Path $TestDrive 'account.jsonl'
        Add-EmulatorFault @{ service = 'box'; fileId = '1015'; action = 'status'; status = 401 }
        $first = 1000..1029 | Invoke-Inventory -OutputPath $file -Option @{ BatchSize = 5 }
        $first.ExitCode | Should -Be 2
        $first.Completed | Should -BeFalse
        $first.Done | Should -Be 15
        Clear-EmulatorFault
        $second = 1000..1029 | Invoke-Inventory -OutputPath $file -Option @{ BatchSize = 5 }
        $second.ExitCode | Should -Be 0
        $second.AlreadyDone | Should -Be 15
        [IO.File]::ReadAllLines($file).Count | Should -Be 750
    }

    It 'does not begin (exit code 3) when <What>' -ForEach @(
        @{ What = 'the output is there and not its own'; Make = { [IO.File]::WriteAllText($file, 'mine') }; Option = @{} }
        @{ What = 'the settings are others'; Make = { $null = '1000' | Invoke-Inventory -OutputPath $file }; Option = @{ Service = 'ImageKit' } }
        @{ What = 'the output was cut'; Make = { $null = '1000' | Invoke-Inventory -OutputPath $file; [IO.File]::WriteAllText($file, 'x') }; Option = @{} }
        @{ What = 'another run is at it'; Make = { $null = '1000' | Invoke-Inventory -OutputPath $file; $script:held = [IO.File]::Open("$file.journal", 'Open', 'ReadWrite', 'None') }; Option = @{} }
    ) {
        $file = Join-Path $TestDrive "refused-$($What.GetHashCode()).jsonl"
        $held = $null
        . $Make
        $content = [IO.File]::ReadAllText($file)
        try {
            ('1001' | Invoke-Inventory -OutputPath $file -Option $Option).ExitCode | Should -Be 3
        }
        finally {
            if ($script:held) {
                $script:held.Dispose()
                $script:held = $null
            }
        }
        [IO.File]::ReadAllText($file) | Should -BeExactly $content
    }
}

Describe 'An inventory that was ended' {
    BeforeAll {
        Reset-Emulator
        $csv = Join-Path $TestDrive 'ids.csv'
        Set-Content -LiteralPath $csv -Value (@('FileId') + 1000..1199)
        $reference = Join-Path $TestDrive 'reference.jsonl'
        $null = 1000..1199 | Invoke-Inventory -OutputPath $reference
    }

    It 'is continued from whatever a crash left of journal and output' {
        $random = [Random]::new(4711)
        $journal = [IO.File]::ReadAllBytes("$reference.journal")
        $output = [IO.File]::ReadAllBytes($reference)
        $file = Join-Path $TestDrive 'torn.jsonl'
        $finished = Join-Path $TestDrive 'finished.jsonl'
        $null = 1000..1199 | Invoke-Inventory -OutputPath $finished -Option @{ BatchSize = 5 }
        $journal = [IO.File]::ReadAllBytes("$finished.journal")
        $output = [IO.File]::ReadAllBytes($finished)
        foreach ($round in 1..25) {
            # The journal breaks off anywhere; the output is at least as long as its last whole line tells.
            $cut = $random.Next(1, $journal.Length + 1)
            $whole = [array]::LastIndexOf($journal, [byte]10, $cut - 1) + 1
            $last = [Text.Encoding]::UTF8.GetString($journal, 0, $whole).TrimEnd("`n").Split("`n")[-1]
            $length = if ($last -match '^{"length":(\d+)') { [int]$Matches[1] } else { 0 }
            $extent = $random.Next($length, $output.Length + 1)
            [IO.File]::WriteAllBytes("$file.journal", [byte[]]$journal[0..($cut - 1)])
            [IO.File]::WriteAllBytes($file, $(if ($extent) { [byte[]]$output[0..($extent - 1)] } else { [byte[]]@() }))
            $summary = 1000..1199 | Invoke-Inventory -OutputPath $file -Option @{ BatchSize = 50 }
            $summary.ExitCode | Should -Be 0 -Because "it was cut at $cut and $extent"
            Assert-SameInventory $file $reference
        }
    }

    It 'is continued in the same session after an error in what comes before it, with <_> workers' -ForEach 0, 1 {
        $file = Join-Path $TestDrive "upstream-$_.jsonl"
        $option = @{ BatchSize = 10; LocalWorker = $_ }
        {
            1000..1199 | ForEach-Object { if ($_ -eq 1050) { throw 'boom' }; $_ } | & $script -OutputPath $file -Module $module @option
        } | Should -Throw 'boom'
        $summary = 1000..1199 | Invoke-Inventory -OutputPath $file -Option $option
        $summary.ExitCode | Should -Be 0
        Assert-SameInventory $file $reference
    }

    It 'is continued in the same process after it was stopped, with <_> workers' -ForEach 0, 2 {
        Set-Emulator @{ latencyMs = 20 }
        $file = Join-Path $TestDrive "stopped-$_.jsonl"
        $log = Join-Path $TestDrive "stopped-$_.log"
        $option = @{ OutputPath = $file; Module = $module; BatchSize = 5; ThrottleLimit = 1; LocalWorker = $_; Verbose = $true }
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('param($script, $option, $log) 1000..1199 | & $script @option 4> $log').AddArgument($script).AddArgument($option).AddArgument($log)
            $run = $shell.BeginInvoke()
            $clock = [Diagnostics.Stopwatch]::StartNew()
            do {
                Start-Sleep -Milliseconds 50
                $lines = @(Get-Content -LiteralPath $log -ErrorAction Ignore)
            } until ($lines -match ': \d+ of' -or $run.IsCompleted -or $clock.Elapsed.TotalSeconds -gt 120)

            ('1000' | Invoke-Inventory -OutputPath $file).ExitCode | Should -Be 3 -Because 'the first run is at it'
            $run.IsCompleted | Should -BeFalse
            $shell.Stop()
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'

            $summary = 1000..1199 | Invoke-Inventory -OutputPath $file -Option @{ BatchSize = 50 }
            $summary.ExitCode | Should -Be 0
            $summary.AlreadyDone | Should -BeGreaterThan 0
            $summary.Done | Should -BeGreaterThan 0
        }
        finally {
            $shell.Dispose()
        }
        Assert-SameInventory $file $reference
        foreach ($line in $lines -match 'ready, process') {
            $worker = [int]($line -replace '.*process ')
            Wait-Process -Id $worker -Timeout 30 -ErrorAction Ignore
            Get-Process -Id $worker -ErrorAction Ignore | Should -BeNullOrEmpty
        }
    }

    It 'leaves a session that it was given free after it was stopped' {
        Set-Emulator @{ latencyMs = 20 }
        Clear-EmulatorStat
        $file = Join-Path $TestDrive 'session.jsonl'
        $runspace = [runspacefactory]::CreateOutOfProcessRunspace($null)
        $shell = [powershell]::Create()
        try {
            $runspace.Open()
            $session = [Management.Automation.Runspaces.PSSession]::Create($runspace, 'Process', $null)
            $option = @{ OutputPath = $file; Module = $module; BatchSize = 50; ThrottleLimit = 1; Session = $session }
            $null = $shell.AddScript('param($script, $option) 1000..1199 | & $script @option').AddArgument($script).AddArgument($option)
            $run = $shell.BeginInvoke()
            $clock = [Diagnostics.Stopwatch]::StartNew()
            while ((Get-EmulatorStat).box.requests -eq 0 -and $clock.Elapsed.TotalSeconds -lt 120) {
                Start-Sleep -Milliseconds 50
            }
            $shell.Stop()
            $run.IsCompleted | Should -BeTrue
            $session.Runspace.RunspaceAvailability | Should -Be 'Available'

            (1000..1199 | Invoke-Inventory -OutputPath $file -Option @{ Session = $session }).ExitCode | Should -Be 0
        }
        finally {
            $shell.Dispose()
            $runspace.Dispose()
        }
        Assert-SameInventory $file $reference
    }

    It 'loses nothing and repeats nothing when it is killed at 20 random moments' {
        Set-Emulator @{ latencyMs = 10 }
        $random = [Random]::new(42)
        $kills = 0
        $outputs = @()
        $more = '-BatchSize 5 -ThrottleLimit 2'
        while ($kills -lt 20) {
            $file = Join-Path $TestDrive "killed-$($outputs.Count).jsonl"
            $outputs += $file
            do {
                $process = Start-Inventory -CsvPath $csv -OutputPath $file -More $more
                $begun = [Diagnostics.Stopwatch]::StartNew()
                while (-not (Test-Path -LiteralPath "$file.journal") -and $begun.ElapsedMilliseconds -lt 60000) {
                    Start-Sleep -Milliseconds 5
                }
                if ($kills -lt 20 -and -not $process.WaitForExit($random.Next(0, 2500))) {
                    $process.Kill()
                    $kills++
                }
                $process.WaitForExit()
            } until ($process.ExitCode -eq 0)
        }
        $kills | Should -BeGreaterOrEqual 20
        foreach ($file in $outputs) {
            Assert-SameInventory $file $reference
        }
    }
}

Describe 'An inventory that is shared' {
    BeforeAll {
        Reset-Emulator
        $csv = Join-Path $TestDrive 'shared.csv'
        Set-Content -LiteralPath $csv -Value (@('FileId') + 1000..1149)
        $reference = Join-Path $TestDrive 'shared-reference.jsonl'
        $null = 1000..1149 | Invoke-Inventory -OutputPath $reference
    }

    BeforeEach {
        Reset-Emulator
    }

    It 'is the same as one that is not' {
        $file = Join-Path $TestDrive 'two.jsonl'
        $log = Join-Path $TestDrive 'two.log'
        $summary = & $script -CsvPath $csv -OutputPath $file -Module $module -LocalWorker 2 -BatchSize 10 -Verbose 4> $log
        $LASTEXITCODE | Should -Be 0
        $summary.Done | Should -Be 150
        $summary.WorkersLost | Should -Be 0
        Assert-SameInventory $file $reference
        foreach ($worker in 1, 2) {
            Get-Content -LiteralPath $log | Where-Object { $_ -match "^local worker ${worker}: \d+ of" } | Should -Not -BeNullOrEmpty
        }
    }

    It 'deals the share of a worker that is killed to the others' {
        Set-Emulator @{ latencyMs = 20 }
        $file = Join-Path $TestDrive 'dead.jsonl'
        $log = Join-Path $TestDrive 'dead.log'
        $run = Start-ThreadJob -ScriptBlock {
            & $using:script -CsvPath $using:csv -OutputPath $using:file -Module $using:module -LocalWorker 2 -BatchSize 5 -ThrottleLimit 1 -Verbose 4> $using:log 3> $null
            $LASTEXITCODE
        }
        try {
            # Once it has begun, the first worker dies.
            $clock = [Diagnostics.Stopwatch]::StartNew()
            do {
                Start-Sleep -Milliseconds 50
                $lines = @(Get-Content -LiteralPath $log -ErrorAction Ignore)
            } until (($lines -match '^local worker 1: \d+ of').Count -gt 1 -or $clock.Elapsed.TotalSeconds -gt 120)
            $victim = [int](($lines -match '^local worker 1: ready')[0] -replace '.*process ')
            Stop-Process -Id $victim -Force
            $null = Wait-Job -Job $run -Timeout 180
            $summary, $exitCode = Receive-Job -Job $run -ErrorAction Stop
        }
        finally {
            Remove-Job -Job $run -Force
        }
        $exitCode | Should -Be 0
        $summary.WorkersLost | Should -Be 1
        $summary.Done | Should -Be 150
        Assert-SameInventory $file $reference
    }

    It 'ends with exit code 2 when no worker is left, and is finished by the next run' {
        $file = Join-Path $TestDrive 'none.jsonl'
        $first = 1000..1149 | Invoke-Inventory -OutputPath $file -Option @{ LocalWorker = 1; BatchSize = 10; SetupScript = { $env:BOX_ACCESS_TOKEN = 'wrong' } }
        $first.ExitCode | Should -Be 2
        $first.WorkersLost | Should -Be 1
        $first.Done | Should -Be 0
        $second = 1000..1149 | Invoke-Inventory -OutputPath $file -Option @{ BatchSize = 50 }
        $second.ExitCode | Should -Be 0
        Assert-SameInventory $file $reference
    }

    It 'ends with exit code 2 when no machine can be reached' {
        $file = Join-Path $TestDrive 'unreachable.jsonl'
        $summary = 1000..1009 | Invoke-Inventory -OutputPath $file -Option @{ LocalWorker = 1; SetupScript = { throw 'not here' } }
        $summary.ExitCode | Should -Be 2
        $summary.Completed | Should -BeFalse
        $summary.WorkersLost | Should -Be 1
    }

    It 'connects each worker as it is told' {
        $file = Join-Path $TestDrive 'setup.jsonl'
        $option = @{ LocalWorker = 1; BatchSize = 50; SetupScript = { param($token, $api) Connect-BoxAccount -AccessToken $token -BaseUri $api }; ArgumentList = 'box-token-2', (Get-Emulator).Api }
        (1000..1004 | Invoke-Inventory -OutputPath $file -Option $option).ExitCode | Should -Be 0
        (Get-EmulatorRequest -Last 5).account | Select-Object -Unique | Should -Be '202'
    }
}

Describe 'An inventory that is shared by hosts over SSH' {
    BeforeAll {
        . "$PSScriptRoot/SshHosts.ps1"
        $obstacle = Get-SshHostObstacle
        $hosts = @()
        if (-not $obstacle) {
            $folder = Join-Path $TestDrive 'ssh'
            $null = New-Item -ItemType Directory -Path $folder
            $hosts = @(1, 2 | ForEach-Object { Start-SshHost -Number $_ -Folder $folder })
            $option = @{
                HostName = $hosts.IPAddress | ForEach-Object { "root@$_" }
                SshParameter = @{ Port = 2222; KeyFilePath = "$folder/key"; Options = @{ StrictHostKeyChecking = 'no'; UserKnownHostsFile = '/dev/null'; LogLevel = 'ERROR' } }
                BatchSize = 5
                ThrottleLimit = 1
                Module = $module
                SilenceTimeoutSec = 8
            }
            Reset-Emulator
            $csv = Join-Path $TestDrive 'ssh.csv'
            Set-Content -LiteralPath $csv -Value (@('FileId') + 1000..1099)
            $reference = Join-Path $TestDrive 'ssh-reference.jsonl'
            $null = 1000..1099 | Invoke-Inventory -OutputPath $reference
        }
    }

    AfterAll {
        $hosts | Stop-SshHost
    }

    It 'is the same as one that is not' {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
        $file = Join-Path $TestDrive 'ssh.jsonl'
        $log = Join-Path $TestDrive 'ssh.log'
        $summary = & $script -CsvPath $csv -OutputPath $file @option -Verbose 4> $log
        $LASTEXITCODE | Should -Be 0
        $summary.WorkersLost | Should -Be 0
        Assert-SameInventory $file $reference
        foreach ($address in $hosts.IPAddress) {
            Get-Content -LiteralPath $log | Where-Object { $_ -match "^root@${address}: \d+ of" } | Should -Not -BeNullOrEmpty
        }
    }

    It 'gives versions back over Invoke-Command, to be shown as usual and cast to what they were' {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
        $ssh = $option.SshParameter
        $session = New-PSSession -HostName $option.HostName[0] @ssh
        try {
            $versions = @(Invoke-Command -Session $session -ScriptBlock { Import-Module $using:module; Get-BoxFileVersion 1000 })
        }
        finally {
            Remove-PSSession -Session $session
        }
        $versions | Should -HaveCount 25
        $versions[0].PSComputerName | Should -Be $hosts[0].IPAddress
        $versions | Out-String -Width 120 | Should -Match "$($versions[0].VersionId)\S*\s+25 "
        # PowerShell gives sessions over SSH no types but its own, unlike jobs.
        $cast = [FileVersions.Box.BoxFileVersion[]]$versions
        $cast[0].ModifiedAt -gt $cast[1].ModifiedAt | Should -BeTrue
        $cast[0].ModifiedBy | Should -BeOfType FileVersions.Box.BoxUser
    }

    It 'deals the share of a host that vanishes from the network to the other' {
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }
        $hosts | ForEach-Object { Set-SshHostEmulator $_ @{ latencyMs = 60 } }
        $file = Join-Path $TestDrive 'ssh-dead.jsonl'
        $log = Join-Path $TestDrive 'ssh-dead.log'
        $run = Start-ThreadJob -ScriptBlock {
            $option = $using:option
            & $using:script -CsvPath $using:csv -OutputPath $using:file @option -Verbose 4> $using:log 3> $null
            $LASTEXITCODE
        }
        try {
            $clock = [Diagnostics.Stopwatch]::StartNew()
            do {
                Start-Sleep -Milliseconds 50
                $lines = @(Get-Content -LiteralPath $log -ErrorAction Ignore)
            } until (($lines -match "^root@$($hosts[0].IPAddress): \d+ of").Count -gt 1 -or $clock.Elapsed.TotalSeconds -gt 120)
            ip link set $hosts[0].Link down
            $null = Wait-Job -Job $run -Timeout 240
            $summary, $exitCode = Receive-Job -Job $run -ErrorAction Stop
        }
        finally {
            Remove-Job -Job $run -Force
        }
        $exitCode | Should -Be 0
        $summary.WorkersLost | Should -Be 1
        $summary.Done | Should -Be 100
        Assert-SameInventory $file $reference
    }
}
