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
                Records = @($shell.Streams.Progress.ReadAll() | Where-Object Activity -Match '^[A-Z][a-z]+-(Box|IK)File')
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

    It 'shows files, versions, rate and remaining time if the files are passed as an argument' {
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
        # The slower the computer draws, the rarer the updates.
        Set-Emulator @{ latencyMs = 5000 }
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

    It 'is not shown during the first second' {
        # A busy computer may need several attempts to end within a second.
        for ($i = 0; $i -lt 10 -and (-not $i -or $run.Seconds -ge 1); $i++) {
            $run = Invoke-Watched 'Get-BoxFileVersion (1..5)'
        }

        $run.Seconds | Should -BeLessThan 1
        $run.Records | Should -BeNullOrEmpty
    }

    It 'is marked as completed at the end' {
        Set-Emulator @{ latencyMs = 100 }
        $run = Invoke-Watched 'Get-BoxFileVersion (1..40) -ThrottleLimit 2'
        $run.Records[-1].RecordType | Should -Be Completed
        @($run.Records | Where-Object RecordType -EQ Completed) | Should -HaveCount 1
    }

    It 'is marked as completed after errors' {
        Set-Emulator @{ latencyMs = 100 }
        $run = Invoke-Watched 'Get-BoxFileVersion (@(4041, 4031) + 1..40 + 4042) -ThrottleLimit 2'
        $run.Errors | Should -HaveCount 3
        $run.Output | Should -HaveCount 1000
        $run.Records[-1].RecordType | Should -Be Completed
    }

    It 'is marked as completed before a terminating error' {
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

    It 'is not shown for -ProgressAction SilentlyContinue' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') -Tag 'needs PowerShell 7' {
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

    It 'shows folders and files while Get-BoxFile lists a folder tree' {
        Set-Emulator @{ latencyMs = 100 }
        $null = Invoke-Emulator POST dataset @{ name = 'company' }
        $run = Invoke-Watched 'Get-BoxFile 27182 -Recurse -ThrottleLimit 1'
        $run.Output | Should -HaveCount 345
        $shown = @($run.Records | Where-Object RecordType -EQ Processing)
        $shown | Should -Not -BeNullOrEmpty
        $counts = foreach ($record in $shown) {
            $record.StatusDescription | Should -Match '^\d+ folders, \d+ files, \d+ a second$'
            [int]($record.StatusDescription -replace ' folders.*')
        }
        # Listing each of the 20 folders takes one request of 100 ms. Nothing is shown in the first second.
        $counts[0] | Should -BeGreaterThan 1
        $counts | Sort-Object | Should -Be $counts
        $counts[-1] | Should -BeLessOrEqual 20
        [int]($shown[-1].StatusDescription -replace '^\d+ folders, (\d+) files.*', '$1') | Should -BeLessOrEqual 345
    }

    It 'shows only files while Get-BoxFile reads files by id' {
        Set-Emulator @{ latencyMs = 100 }
        $run = Invoke-Watched 'Get-BoxFile -FileId (1..20) -ThrottleLimit 1'
        $shown = @($run.Records | Where-Object RecordType -EQ Processing)
        $shown | Should -Not -BeNullOrEmpty
        $shown.StatusDescription | Should -Match '^\d+ files, \d+ a second$'
    }
}

Describe 'Progress of uploads' {
    BeforeAll {
        function ConvertFrom-Status {
            # Returns versions and bytes of a status such as "3 versions, 1.5 MB, 800.0 KB a second".
            param([string] $Status)

            $Status | Should -Match '^\d+ versions, [\d.]+ [KMG]?B, [\d.]+ [KMG]?B a second$'
            $parts = $Status -split ', '
            $number, $unit = $parts[1] -split ' '
            [pscustomobject]@{ Versions = [int]($parts[0] -replace ' versions'); Bytes = [double]$number * @{ B = 1; KB = 1KB; MB = 1MB }[$unit] }
        }
    }

    BeforeEach {
        Reset-Emulator
    }

    It 'shows bytes, rate and percentage of a large file' {
        $size = 40MB
        $path = Join-Path $TestDrive 'Product film.mp4'
        [IO.File]::WriteAllBytes($path, (New-Object -TypeName byte[] -ArgumentList $size))
        Set-Emulator @{ latencyMs = 700 }
        $run = Invoke-Watched "Add-BoxFileVersion 900000001 '$path'"
        $run.Errors | Should -BeNullOrEmpty
        $run.Output | Should -HaveCount 1
        $shown = @($run.Records | Where-Object RecordType -EQ Processing)
        $shown.Count | Should -BeGreaterThan 1
        $bytes = foreach ($record in $shown) {
            $status = ConvertFrom-Status $record.StatusDescription
            $status.Versions | Should -BeLessOrEqual 1
            # The status is rounded to a tenth of a megabyte.
            [Math]::Abs($record.PercentComplete - 100 * $status.Bytes / $size) | Should -BeLessThan 1.5
            $status.Bytes
        }
        $bytes | Sort-Object | Should -Be $bytes
        $bytes[-1] | Should -BeGreaterThan 0
        $bytes[-1] | Should -BeLessOrEqual $size
        $run.Records[-1].RecordType | Should -Be Completed
    }

    It 'shows versions, bytes and rate of <Cmdlet> with many files' -ForEach @(
        @{ Cmdlet = 'Add-BoxFileVersion'; Id = '90000000' }
        @{ Cmdlet = 'Add-IKFileVersion'; Id = 'n003-photo-' }
    ) {
        $path = Join-Path $TestDrive 'Press photo.jpg'
        [IO.File]::WriteAllBytes($path, (New-Object -TypeName byte[] -ArgumentList 100KB))
        if ($Cmdlet -eq 'Add-IKFileVersion') {
            foreach ($i in 1..8) {
                $null = Invoke-Emulator POST files @{ service = 'ik'; id = "$Id$i"; name = "photo-$i.jpg"; folder = '/press/'; size = 500 }
            }
        }
        Set-Emulator @{ latencyMs = 100 }
        $run = Invoke-Watched "1..8 | ForEach-Object { [pscustomobject]@{ FileId = `"$Id`$_`"; Path = '$path' } } | $Cmdlet -ThrottleLimit 1"
        $run.Errors | Should -BeNullOrEmpty
        $run.Output | Should -HaveCount 8
        $shown = @($run.Records | Where-Object RecordType -EQ Processing)
        $shown | Should -Not -BeNullOrEmpty
        foreach ($record in $shown) {
            $status = ConvertFrom-Status $record.StatusDescription
            # Files are sent one at a time, and a counted version has been sent completely.
            $status.Bytes | Should -BeGreaterOrEqual (100KB * $status.Versions)
            $status.Bytes | Should -BeLessOrEqual (100KB * ($status.Versions + 1))
            $record.PercentComplete | Should -Be -1
        }
        (ConvertFrom-Status $shown[-1].StatusDescription).Versions | Should -BeGreaterThan 0
    }
}
