BeforeDiscovery {
    . "$PSScriptRoot/golden.ps1"
    $cases = @(Get-GoldenCase measure)
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"
    . "$PSScriptRoot/golden.ps1"

    function Test-Measure {
        # Checks a measure against the properties in a golden case.
        param([object] $Actual, [object] $Expected)

        foreach ($property in $Expected.PSObject.Properties) {
            $value = $Actual.($property.Name)
            if ($property.Name -in 'Oldest', 'Newest') {
                ConvertTo-Instant $value | Should -Be (ConvertTo-Instant $property.Value) -Because $property.Name
            }
            else {
                $value | Should -Be $property.Value -Because $property.Name
            }
        }
    }
}

Describe 'Measure-FileVersion' {
    Context 'in the golden cases' -Skip:(-not $cases) -Tag 'needs ../shared/fixtures/keep' {
        It 'loads every case' -TestCases @{ Count = $cases.Count } {
            $Count | Should -BeGreaterThan 3
        }

        It 'measures each file: <Name>' -ForEach $cases {
            $measures = @($Case.versions | Measure-FileVersion -ErrorAction SilentlyContinue -ErrorVariable problem)

            $measures | Should -BeOfType FileVersions.FileVersionMeasure
            $measures | Should -HaveCount $Case.expected.Count
            for ($i = 0; $i -lt $measures.Count; $i++) {
                Test-Measure -Actual $measures[$i] -Expected $Case.expected[$i]
            }
            @($problem | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] }) | Should -Be @($Case.error | Where-Object { $_ })
        }

        It 'measures all files together: <Name>' -ForEach $cases {
            $total = $Case.versions | Measure-FileVersion -Total -ErrorAction SilentlyContinue

            $total | Should -HaveCount 1
            Test-Measure -Actual $total -Expected $Case.expectedTotal
        }
    }

    It 'returns an empty total for an empty input' {
        $total = @() | Measure-FileVersion -Total

        $total.FileCount | Should -Be 0
        $total.PastSize | Should -Be 0
        $total.CurrentSize | Should -BeNullOrEmpty
    }

    It 'returns sizes that sort as numbers' {
        $versions = 'a', 'b' | ForEach-Object { $file = $_; 1..3 | ForEach-Object { [pscustomobject]@{ FileId = $file; VersionId = "$_"; CreatedAt = [DateTimeOffset]"2026-11-0${_}T12:00Z"; Size = if ($file -eq 'b') { 1000 } else { 10 } } } }

        ($versions | Measure-FileVersion | Sort-Object PastSize -Descending)[0].FileId | Should -Be 'b'
    }
}
