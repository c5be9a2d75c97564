BeforeAll {
    . "$PSScriptRoot/common.ps1"
    Reset-Emulator

    function Invoke-Watched {
        # Runs a script in its own runspace and returns its progress records, output and errors.
        param([Parameter(Mandatory)] [string] $Script, [string] $Preference = 'Continue')

        $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
        try {
            $setup = "`$ProgressPreference = 'SilentlyContinue'; Import-Module '$(Get-RepositoryPath 'out/FileVersions/FileVersions.psd1')'
                `$box = Connect-BoxAccount -AccessToken box-token -BaseUri '$((Get-Emulator).Api)' -PassThru
                Connect-IKAccount -PrivateKey private_test -BaseUri '$((Get-Emulator).Api)'
                `$ProgressPreference = '$Preference'"
            $null = $shell.AddScript($setup).Invoke()
            $shell.Commands.Clear()
            $shell.Streams.Progress.Clear()
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $output = $shell.AddScript($Script).Invoke()
            $seconds = $clock.Elapsed.TotalSeconds
            [pscustomobject]@{
                Records = @($shell.Streams.Progress.ReadAll() | Where-Object Activity -Like 'Get-*FileVersion')
                Seconds = $seconds
                Output = $output
                Errors = @($shell.Streams.Error)
            }
        }
        finally {
            $shell.Dispose()
        }
    }
}

AfterAll {
    Reset-Emulator
}

Describe 'Progress' {
    BeforeEach {
        Reset-Emulator
    }

    It 'shows files, versions, rate and remaining time if the files are named on the command line' {
        Set-Emulator @{ latencyMs = 100 }
        $run = Invoke-Watched 'Get-BoxFileVersion (1..40) -ThrottleLimit 2'
        $run.Output | Should -HaveCount 1000
        $shown = @($run.Records | Where-Object RecordType -EQ Processing)
        $shown | Should -Not -BeNullOrEmpty
        $shown.Activity | Select-Object -Unique | Should -Be 'Get-BoxFileVersion'
        foreach ($record in $shown) {
            $record.StatusDescription | Should -Match '^(\d+) of 40 files, (\d+) versions, \d+ a second$'
            $null = $record.StatusDescription -match '^(\d+) of 40 files, (\d+) versions'
            $record.PercentComplete | Should -Be ([Math]::Floor(100 * [int]$Matches[1] / 40))
            # Every file has 25 versions, which are written file by file.
            [int]$Matches[2] | Should -BeGreaterOrEqual (25 * [int]$Matches[1])
            [int]$Matches[2] | Should -BeLessOrEqual (25 * [int]$Matches[1] + 25)
            $record.SecondsRemaining | Should -BeGreaterOrEqual 0
        }
        $counts = $shown.PercentComplete
        $counts | Sort-Object | Should -Be $counts
    }

    It 'is updated at most four times a second, and not in the first second' {
        Set-Emulator @{ latencyMs = 50 }
        $run = Invoke-Watched 'Get-BoxFileVersion (1..80) -ThrottleLimit 2'
        $shown = @($run.Records | Where-Object RecordType -EQ Processing)
        $shown.Count | Should -BeGreaterThan 0
        $shown.Count | Should -BeLessOrEqual ([Math]::Max(0, 4 * ($run.Seconds - 1)) + 1)
    }

    It 'is updated while there is no output' {
        Set-Emulator @{ latencyMs = 2000 }
        $run = Invoke-Watched 'Get-IKFileVersion abc'
        $run.Output | Should -HaveCount 10
        $shown = @($run.Records | Where-Object RecordType -EQ Processing)
        $shown.Count | Should -BeGreaterThan 1
        $shown[0].StatusDescription | Should -Be '0 of 1 files, 0 versions, 0 a second'
    }

    It 'has no percentage if the files come from the pipeline' {
        Set-Emulator @{ latencyMs = 100 }
        $run = Invoke-Watched '1..40 | Get-BoxFileVersion -ThrottleLimit 2'
        $shown = @($run.Records | Where-Object RecordType -EQ Processing)
        $shown | Should -Not -BeNullOrEmpty
        foreach ($record in $shown) {
            $record.StatusDescription | Should -Match '^\d+ files, \d+ versions, \d+ a second$'
            $record.PercentComplete | Should -Be -1
            $record.SecondsRemaining | Should -Be -1
        }
    }

    It 'is not shown for work of less than a second' {
        (Invoke-Watched 'Get-BoxFileVersion (1..5)').Records | Should -BeNullOrEmpty
    }

    It 'is completed at the end' {
        Set-Emulator @{ latencyMs = 100 }
        $run = Invoke-Watched 'Get-BoxFileVersion (1..40) -ThrottleLimit 2'
        $run.Records[-1].RecordType | Should -Be Completed
        @($run.Records | Where-Object RecordType -EQ Completed) | Should -HaveCount 1
    }

    It 'is completed after errors' {
        Set-Emulator @{ latencyMs = 100 }
        $run = Invoke-Watched 'Get-BoxFileVersion (@(4041, 4031) + 1..40 + 4042) -ThrottleLimit 2'
        $run.Errors | Should -HaveCount 3
        $run.Output | Should -HaveCount 1000
        $run.Records[-1].RecordType | Should -Be Completed
    }

    It 'is completed before a terminating error' {
        Set-Emulator @{ latencyMs = 100 }
        Add-EmulatorFault @{ service = 'ik'; action = 'status'; status = 403; afterRequests = 30 }
        $run = Invoke-Watched 'Get-IKFileVersion (1..40) -ThrottleLimit 2'
        $run.Errors.FullyQualifiedErrorId | Should -BeLike 'AuthenticationFailed*'
        $run.Records[-1].RecordType | Should -Be Completed
    }

    It 'is not shown for $ProgressPreference = <_>' -ForEach 'SilentlyContinue', 'Ignore' {
        Set-Emulator @{ latencyMs = 100 }
        $run = Invoke-Watched 'Get-BoxFileVersion (1..40) -ThrottleLimit 2' -Preference $_
        $run.Output | Should -HaveCount 1000
        $run.Records | Should -BeNullOrEmpty
    }

    It 'is not shown for -ProgressAction SilentlyContinue' -Skip:($PSVersionTable.PSVersion -lt [version]'7.4') {
        Set-Emulator @{ latencyMs = 100 }
        $run = Invoke-Watched 'Get-BoxFileVersion (1..40) -ThrottleLimit 2 -ProgressAction SilentlyContinue'
        $run.Output | Should -HaveCount 1000
        $run.Records | Should -BeNullOrEmpty
    }

    It 'does not disturb a pipeline that ends early' {
        Set-Emulator @{ latencyMs = 300 }
        $run = Invoke-Watched '1..40 | Get-BoxFileVersion -ThrottleLimit 2 | Select-Object -First 300'
        $run.Output | Should -HaveCount 300
        $run.Errors | Should -BeNullOrEmpty
    }
}
