# -AsOf of Get-BoxFileVersion and Get-IKFileVersion returns the version that was current at a given time.

BeforeDiscovery {
    . "$PSScriptRoot/golden.ps1"
    $cases = @(Get-GoldenCase asOf)
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"
    . "$PSScriptRoot/golden.ps1"

    function ConvertTo-Past {
        # The golden cases define their own current date. All dates are moved back by years, so that they are in the past on every clock.
        param([object] $Date)

        if ($Date) { ([DateTimeOffset](ConvertTo-Instant $Date)).AddDays(-3653).ToString('o') }
    }

    function New-GoldenFile {
        # Creates the file of a golden case in the emulator.
        param([object] $Case)

        $versions = foreach ($version in $Case.versions) {
            $created = ConvertTo-Past $version.CreatedAt
            $seed = @{ id = $version.VersionId; name = $version.Name; size = 10 }
            $seed.fields = if ($Case.service -eq 'Box') {
                @{ created_at = $created; version_number = if ($null -ne $version.VersionNumber) { "$($version.VersionNumber)" } }
            }
            else {
                @{ createdAt = $created; versionInfo = @{ id = $version.VersionId; name = $version.VersionName } }
            }
            if ($version.TrashedAt) {
                $seed.trashedAt = ConvertTo-Past $version.TrashedAt
            }
            @{ IsCurrent = $version.IsCurrent; Seed = $seed }
        }
        $id = $Case.versions[0].FileId
        $current = ($versions | Where-Object { $_.IsCurrent }).Seed
        $past = @($versions | Where-Object { -not $_.IsCurrent } | ForEach-Object { $_.Seed })
        $file = if ($Case.service -eq 'Box') {
            @{ service = 'box'; id = $id; current = $current; versions = $past }
        }
        else {
            @{ service = 'ik'; id = $id; name = $current.name; versions = @($current) + $past }
        }
        $null = Invoke-Emulator POST files $file
        $id
    }
}

AfterAll {
    Reset-Emulator
    Disconnect-BoxAccount
    Disconnect-IKAccount
}

Describe '-AsOf' {
    BeforeEach {
        Reset-Emulator
        Connect-BoxAccount -AccessToken box-token -BaseUri (Get-Emulator).Api
        Connect-IKAccount -PrivateKey private_test -BaseUri (Get-Emulator).Api
    }

    Context 'in the golden cases' -Skip:(-not $cases) -Tag 'needs ../shared/fixtures/keep' {
        It 'loads every case' -TestCases @{ Count = $cases.Count } {
            $Count | Should -BeGreaterThan 30
        }

        It 'returns the version that was current: <Name>' -ForEach $cases {
            $id = New-GoldenFile $Case
            $isFuture = [DateTimeOffset]$Case.asOf -ge [DateTimeOffset]$Case.now
            $time = if ($isFuture) { [DateTimeOffset]::Now.AddYears(1) } else { [DateTimeOffset](ConvertTo-Past $Case.asOf) }

            $found = @(& "Get-$(@{ Box = 'Box'; ImageKit = 'IK' }[$Case.service])FileVersion" $id -AsOf $time -ErrorAction SilentlyContinue -ErrorVariable problems)

            @($problems | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] }) | Should -Be @($Case.error | Where-Object { $_ })
            $found.VersionId | Should -Be $Case.expected
            if ($Case.expected) {
                $found | Should -HaveCount 1
                $found[0].IsCurrent | Should -Be $Case.isCurrent
            }
        }
    }

    Context 'date handling' {
        BeforeEach {
            $null = Invoke-Emulator POST files @{
                id = '77'; name = 'Budget.xlsx'
                current = @{ id = '703'; createdAt = '2024-03-01T09:00:00Z' }
                versions = @(@{ id = '702'; createdAt = '2024-02-01T09:00:00Z'; trashedAt = '2024-02-20T00:00:00Z' }, @{ id = '701'; createdAt = '2024-01-01T09:00:00Z' })
            }
        }

        It 'treats a date without an offset as local, and -Verbose shows the instant in UTC' -Skip:($env:OS -eq 'Windows_NT') -Tag 'needs a system where the variable TZ sets the time zone' {
            $output = Invoke-PowerShell -Environment @{ TZ = 'Asia/Tokyo' } @"
Import-Module '$(Get-RepositoryPath 'out/FileVersions')'
Connect-BoxAccount -AccessToken box-token -BaseUri $((Get-Emulator).Api)
(Get-BoxFileVersion 77 -AsOf '2024-02-01 17:59').VersionId
(Get-BoxFileVersion 77 -AsOf '2024-02-01 18:00').VersionId
Get-BoxFileVersion 77 -AsOf '2024-02-01 18:00' -Verbose 4>&1 | Where-Object { "`$_" -like '*in force at*' } | ForEach-Object { "`$_" }
"@
            $output[0..1] | Should -Be '701', '702'
            $output[2] | Should -BeLike '*2024-02-01T18:00:00*+09:00 (2024-02-01T09:00:00*'
        }

        It 'considers a version that was trashed later, but not one that was already in the trash' {
            (Get-BoxFileVersion 77 -AsOf '2024-02-10T00:00Z').VersionId | Should -Be '702'
            (Get-BoxFileVersion 77 -AsOf '2024-02-25T00:00Z').VersionId | Should -Be '701'
        }

        It 'returns nothing and explains why if the file did not exist yet' {
            $output = @(Get-BoxFileVersion 77 -AsOf '2023-12-31T00:00Z' -Verbose 4>&1)
            @($output | Where-Object { $_ -isnot [Management.Automation.VerboseRecord] }) | Should -BeNullOrEmpty
            @($output | Where-Object { "$_" -like "*'77'*did not exist*" }) | Should -HaveCount 1
        }

        It 'returns the current version for a date in the future' {
            $version = Get-BoxFileVersion 77 -AsOf ([datetime]::Now.AddDays(1))
            $version.VersionId | Should -Be '703'
            $version.IsCurrent | Should -BeTrue
        }
    }

    Context 'with many files' {
        It 'returns one version per file, in input order, with its path' {
            $null = Invoke-Emulator POST dataset @{ name = 'company' }
            $files = Get-BoxFile 27182 -Recurse -Include *.xlsx

            $found = $files | Get-BoxFileVersion -AsOf '2026-06-01T00:00Z'

            $found.Count | Should -BeGreaterThan 20
            $found.FileId | Should -Be ($files.FileId | Where-Object { $_ -in $found.FileId })
            $found.FilePath | Should -Not -Contain $null
        }
    }

    Context 'for ImageKit' {
        It 'finds the same content whether version dates refer to the upload or to the replacement: <_>' -ForEach 'replaced', 'uploaded' {
            Set-Emulator @{ ikDates = $_ }
            $null = Invoke-Emulator POST files @{
                service = 'ik'; id = 'logo'; name = 'logo.png'
                versions = @(
                    @{ content = 'third'; uploadedAt = '2024-03-01T09:00:00Z' }
                    @{ content = 'second'; uploadedAt = '2024-02-01T09:00:00Z' }
                    @{ content = 'first'; uploadedAt = '2024-01-01T09:00:00Z' }
                )
            }
            (Get-IKFileVersion logo -AsOf '2024-01-15T00:00Z').VersionName | Should -Be 'Version 1'
            (Get-IKFileVersion logo -AsOf '2024-02-15T00:00Z').VersionName | Should -Be 'Version 2'
            (Get-IKFileVersion logo -AsOf '2024-03-15T00:00Z').VersionName | Should -Be 'Version 3'
            Get-IKFileVersion logo -AsOf '2023-12-15T00:00Z' | Should -BeNullOrEmpty
        }

        It 'reports AmbiguousHistory if the dates match neither reading, and continues with other files' {
            $null = Invoke-Emulator POST files @(
                @{ service = 'ik'; id = 'odd'; name = 'odd.png'; versions = @(@{ fields = @{ createdAt = $null } }, @{ createdAt = '2024-01-01T00:00:00Z' }) }
                @{ service = 'ik'; id = 'even'; name = 'even.png'; versions = @(, @{ uploadedAt = '2024-01-01T00:00:00Z' }) }
            )
            $found = 'odd', 'even' | Get-IKFileVersion -AsOf '2024-06-01T00:00Z' -ErrorAction SilentlyContinue -ErrorVariable problems
            $found.FileId | Should -Be 'even'
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'AmbiguousHistory,*'
            $problems[0].TargetObject | Should -Be 'odd'
        }
    }
}
