BeforeDiscovery {
    . "$PSScriptRoot/golden.ps1"
    $cases = @(Get-GoldenCase cases)
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"
    . "$PSScriptRoot/golden.ps1"

    function New-Version {
        # Returns a version as a plain object, as from a CSV file or a script.
        param([string] $FileId, [string] $VersionId, [string] $CreatedAt, [hashtable] $With = @{})

        [pscustomobject](@{ FileId = $FileId; VersionId = $VersionId; CreatedAt = [DateTimeOffset]$CreatedAt } + $With)
    }

    function Get-Rule {
        # Returns the parameters of a golden case.
        param([object] $Case)

        $rules = @{ Now = [DateTimeOffset]$Case.now; TimeZone = $Case.timeZone }
        foreach ($rule in $Case.rules.PSObject.Properties) {
            $rules[$rule.Name] = $rule.Value
        }
        $rules
    }
}

Describe 'Select-ExpiredFileVersion' {
    Context 'in the golden cases' -Skip:(-not $cases) -Tag 'needs ../shared/fixtures/keep' {
        It 'loads every case' -TestCases @{ Count = $cases.Count } {
            $Count | Should -BeGreaterThan 50
        }

        It 'selects the versions that no rule keeps: <Name>' -ForEach $cases {
            $rules = Get-Rule $Case
            if ($Case.error -eq 'NoKeepRule') {
                { $Case.versions | Select-ExpiredFileVersion @rules } | Should -Throw -ErrorId 'NoKeepRule,*'
                return
            }

            $expired = @($Case.versions | Select-ExpiredFileVersion @rules -ErrorAction SilentlyContinue -ErrorVariable problem)

            "$($expired.VersionId)" | Should -BeExactly "$($Case.expired)"
            @($problem | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] }) | Should -Be @($Case.error | Where-Object { $_ })
        }

        It 'explains every decision: <Name>' -ForEach ($cases | Where-Object { $_.Case.error -ne 'NoKeepRule' }) {
            $rules = Get-Rule $Case

            $decisions = @($Case.versions | Select-ExpiredFileVersion @rules -Explain -ErrorAction SilentlyContinue)

            $decisions | Should -HaveCount $Case.decisions.Count
            for ($i = 0; $i -lt $decisions.Count; $i++) {
                $expected = $Case.decisions[$i]
                $decisions[$i].VersionId | Should -BeExactly $expected.VersionId
                $decisions[$i].IsExpired | Should -Be $expected.IsExpired -Because $expected.VersionId
                "$($decisions[$i].Reason -join '; ')" | Should -BeExactly "$($expected.Reason -join '; ')" -Because $expected.VersionId
                ConvertTo-Instant $decisions[$i].SupersededAt | Should -Be (ConvertTo-Instant $expected.SupersededAt) -Because $expected.VersionId
            }
        }
    }

    Context 'with its parameters' {
        BeforeAll {
            $versions = 1..9 | ForEach-Object { New-Version 'a' "$_" "2026-11-0${_}T12:00:00Z" }
        }

        It 'reports NoKeepRule if there is no rule' {
            { $versions | Select-ExpiredFileVersion } | Should -Throw -ErrorId 'NoKeepRule,*'
            { $versions | Select-ExpiredFileVersion -KeepLast 0 } | Should -Throw -ErrorId 'NoKeepRule,*'
        }

        It 'returns the input objects themselves' {
            $expired = $versions | Select-ExpiredFileVersion -KeepLast 7

            $expired | Should -HaveCount 2
            [object]::ReferenceEquals($expired[0], $versions[0]) | Should -BeTrue
        }

        It 'accepts a period typed without quotes, although 30d is a number to PowerShell' {
            $decisions = $versions | Select-ExpiredFileVersion -KeepWithin 3d -Now 2026-11-10T12:00Z -Explain

            $decisions[7].Reason | Should -Be 'within 3d'
            ($decisions | Where-Object IsExpired).VersionId | Should -Be 1, 2, 3, 4, 5
        }

        It 'accepts a period as <_>' -ForEach '72h', '3.00:00:00', ([timespan]'3.00:00:00') {
            ($versions | Select-ExpiredFileVersion -KeepWithin $_ -Now 2026-11-10T12:00Z).VersionId | Should -Be 1, 2, 3, 4, 5
        }

        It 'rejects the period <_>' -ForEach 30, 'a month', '-3d' {
            { $versions | Select-ExpiredFileVersion -KeepWithin $_ } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
        }

        It 'rejects an unknown time zone and explains how to list them' {
            { $versions | Select-ExpiredFileVersion -KeepDaily 1 -TimeZone Nowhere } | Should -Throw '*Get-TimeZone*'
        }

        It 'determines days in the given time zone' {
            $evening = (New-Version a 1 '2026-11-01T20:00Z'), (New-Version a 2 '2026-11-01T23:30Z')

            $evening | Select-ExpiredFileVersion -KeepDaily 2 -TimeZone Europe/Berlin | Should -BeNullOrEmpty
            ($evening | Select-ExpiredFileVersion -KeepDaily 2 -TimeZone UTC).VersionId | Should -Be 1
        }
    }

    Context 'with its input' {
        It 'processes a file as soon as the next one begins' {
            $script:passed = 0
            $first = 1..3 | ForEach-Object { $file = $_; 1..2 | ForEach-Object { New-Version "f$file" "$_" "2026-11-0${_}T12:00Z" } } |
                ForEach-Object { $script:passed++; $_ } |
                Select-ExpiredFileVersion -KeepLast 1 |
                Select-Object -First 1

            $first.FileId | Should -Be 'f1'
            $script:passed | Should -Be 3
        }

        It 'reports an object that is not a version, and continues' {
            $expired = 'text', (New-Version a 1 '2026-11-01T12:00Z'), (New-Version a 2 '2026-11-02T12:00Z') |
                Select-ExpiredFileVersion -KeepLast 1 -ErrorAction SilentlyContinue -ErrorVariable problem

            $expired.VersionId | Should -Be 1
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
            $problem[0].TargetObject | Should -Be 'text'
        }

        It 'reports a file that is not contiguous in the input, and ignores its later versions' {
            $expired = (New-Version a 1 '2026-11-01T12:00Z'), (New-Version b 2 '2026-11-01T12:00Z'), (New-Version a 3 '2026-10-01T12:00Z') |
                Select-ExpiredFileVersion -KeepWithin 1d -Now 2026-12-01 -ErrorAction SilentlyContinue -ErrorVariable problem

            $problem | Should -HaveCount 1
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'FileNotTogether,*'
            $problem[0].TargetObject | Should -Be 'a'
            $expired.VersionId | Should -Not -Contain 3
        }

        It 'gives the same result for versions from a CSV file' {
            $versions = 1..9 | ForEach-Object {
                New-Version 'a' "$_" "2026-11-0${_}T12:00:00Z" @{ IsCurrent = $_ -eq 9; TrashedAt = if ($_ -eq 8) { [DateTimeOffset]'2026-11-09T00:00Z' }; Size = $_ }
            }
            $path = Join-Path $TestDrive 'versions.csv'
            $versions | Export-Csv -LiteralPath $path -NoTypeInformation

            $expired = Import-Csv -LiteralPath $path | Select-ExpiredFileVersion -KeepLast 3

            $expired.VersionId | Should -Be 1, 2, 3, 4
            $expired.VersionId | Should -Be ($versions | Select-ExpiredFileVersion -KeepLast 3).VersionId
        }

        It 'gives the same result for versions of <Service> from <Form>' -ForEach @(
            foreach ($service in 'Box', 'IK') {
                foreach ($form in 'Clixml', 'a job', 'JSON') {
                    @{ Service = $service; Form = $form }
                }
            }
        ) {
            Reset-Emulator
            Connect-BoxAccount -AccessToken box-token -BaseUri (Get-Emulator).Api
            Connect-IKAccount -PrivateKey private_test -BaseUri (Get-Emulator).Api
            $live = if ($Service -eq 'Box') { Get-BoxFileVersion 5 -IncludeCurrent } else { Get-IKFileVersion n010-logo }

            $copies = switch ($Form) {
                'Clixml' {
                    $path = Join-Path $TestDrive 'versions.clixml'
                    $live | Export-Clixml -LiteralPath $path
                    Import-Clixml -LiteralPath $path
                }
                'a job' { Start-Job { $input } -InputObject $live | Receive-Job -Wait -AutoRemoveJob }
                'JSON' { $live | ConvertTo-Json -Depth 5 | ConvertFrom-Json }
            }

            $expected = @($live | Select-ExpiredFileVersion -KeepLast 2 -KeepYearly 1 -TimeZone UTC)
            $expected.Count | Should -BeGreaterThan 3
            @($copies | Select-ExpiredFileVersion -KeepLast 2 -KeepYearly 1 -TimeZone UTC).VersionId | Should -Be $expected.VersionId
        }

        It 'reports the number of skipped versions in the trash' {
            $trashed = New-Version a 1 '2026-11-01T12:00Z' @{ TrashedAt = [DateTimeOffset]'2026-11-02T00:00Z' }

            $output = $trashed | Select-ExpiredFileVersion -KeepLast 1 -Verbose 4>&1

            "$output" | Should -BeLike "*1 version*file 'a'*trash*"
        }
    }
}
