BeforeAll {
    . "$PSScriptRoot/common.ps1"
    . "$PSScriptRoot/exports.ps1"
    Reset-Emulator
    $null = Connect-IKAccount -PrivateKey private_test -BaseUri (Get-Emulator).Api
    $null = Connect-BoxAccount -AccessToken box-token -BaseUri (Get-Emulator).Api

    function Read-Export([string] $Path) {
        if ($Path -like '*.csv') {
            Import-Csv -LiteralPath $Path
        }
        else {
            Get-Content -LiteralPath $Path | ConvertFrom-Json
        }
    }
}

AfterAll {
    Disconnect-IKAccount
    Disconnect-BoxAccount
    Reset-Emulator
}

Describe 'Export-IKFileVersion' {
    BeforeEach {
        Reset-Emulator
    }

    It 'writes every version as culture-invariant CSV under <_>' -ForEach 'en-US', 'de-DE', 'ar-SA' {
        $file = Join-Path $TestDrive "ik-$_.csv"
        $before = [cultureinfo]::CurrentCulture
        [cultureinfo]::CurrentCulture = $_
        try {
            $summary = 'n003-a', 'n100-b', 'film' | Export-IKFileVersion -Path $file
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }
        $rows = @(Import-Csv -LiteralPath $file)
        $expected = @('n003-a', 'n100-b', 'film' | Get-IKFileVersion)
        $summary.Versions | Should -Be $expected.Count
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
        Export-IKFileVersion -FileId 'n003-a', 'n100-b', 'film' -Path $file | ForEach-Object FilesDoneBefore | Should -Be 3
    }

    It 'writes a list with one item as a JSON array' {
        $null = Invoke-Emulator POST files @{ service = 'ik'; id = 'one'; versions = @(@{ fields = @{ tags = @('only'); AITags = @() } }) }
        $file = Join-Path $TestDrive 'one.jsonl'
        $null = 'one' | Export-IKFileVersion -Path $file
        Get-Content -LiteralPath $file | Should -Match '"Tags":\["only"\],"AITags":\[\]'
    }

    It 'rejects an export of another service' {
        $file = Join-Path $TestDrive 'service.csv'
        $null = Export-BoxFileVersion 1000 -Path $file
        { Export-IKFileVersion 'n003-a' -Path $file } | Should -Throw -ErrorId 'TargetExists,*'
    }

    It 'fails without an account' {
        Disconnect-IKAccount
        try {
            { Export-IKFileVersion 'n003-a' -Path (Join-Path $TestDrive 'account.csv') } | Should -Throw -ErrorId 'NotConnected,*'
        }
        finally {
            $null = Connect-IKAccount -PrivateKey private_test -BaseUri (Get-Emulator).Api
        }
    }
}

Describe 'Versions of <Service> exported as <Format>' -ForEach @(
    foreach ($service in 'Box', 'IK') {
        foreach ($format in 'jsonl', 'csv') {
            @{ Service = $service; Format = $format }
        }
    }
) {
    BeforeAll {
        Reset-Emulator
        $ids = if ($Service -eq 'Box') { '1000', '1001' } else { 'n003-a', 'n005-b' }
        $file = Join-Path $TestDrive "roundtrip-$Service.$Format"
        if ($Service -eq 'Box') {
            $live = @($ids | Get-BoxFileVersion -IncludeCurrent)
            $null = $ids | Export-BoxFileVersion -IncludeCurrent -Path $file
        }
        else {
            $live = @($ids | Get-IKFileVersion)
            $null = $ids | Export-IKFileVersion -Path $file
        }
        $exported = @(Read-Export $file)
    }

    It 'have the same ids as listed versions' {
        $exported.VersionId | Should -Be $live.VersionId
    }

    It 'expire like listed versions' {
        $option = @{ KeepLast = 1; KeepDaily = 2; TimeZone = 'UTC' }
        $expected = $live | Select-ExpiredFileVersion @option -Explain
        $decisions = $exported | Select-ExpiredFileVersion @option -Explain
        @($decisions | Where-Object IsExpired).Count | Should -BeGreaterThan 0
        $decisions.VersionId | Should -Be $expected.VersionId
        $decisions.Reason | Should -Be $expected.Reason
        $decisions.CreatedAt | Should -Be $expected.CreatedAt
        ($exported | Select-ExpiredFileVersion @option).VersionId | Should -Be ($live | Select-ExpiredFileVersion @option).VersionId
    }

    It 'are measured like listed versions' {
        foreach ($option in @{}, @{ Total = $true }) {
            $actual, $expected = @($exported | Measure-FileVersion @option), @($live | Measure-FileVersion @option)
            $actual.Count | Should -Be $expected.Count
            for ($i = 0; $i -lt $expected.Count; $i++) {
                foreach ($property in $expected[$i].PSObject.Properties.Name) {
                    $actual[$i].$property | Should -Be $expected[$i].$property -Because $property
                }
            }
        }
    }

    It 'can be saved like listed versions' {
        $folders = 'live', 'exported' | ForEach-Object { Join-Path $TestDrive "$_-$Service-$Format" }
        foreach ($i in 0, 1) {
            $versions = @(@($live, $exported)[$i] | Where-Object { 'True' -notin "$($_.IsCurrent)", "$($_.IsPrivateFile)" } | Select-Object -First 3)
            if ($Service -eq 'Box') {
                $versions | Save-BoxFileVersion $folders[$i]
            }
            else {
                $versions | Save-IKFileVersion $folders[$i]
            }
        }
        $saved = $folders | ForEach-Object { , @(Get-ChildItem -LiteralPath $_ | Sort-Object Name | ForEach-Object { "$($_.Name) $($_.LastWriteTimeUtc.Ticks) $((Get-FileHash $_).Hash)" }) }
        $saved[0].Count | Should -Be 3
        $saved[1] | Should -Be $saved[0]
    }

    It 'can be restored and removed' {
        $past = @($exported | Where-Object { "$($_.IsCurrent)" -ne 'True' -and $_.FileId -eq $exported[0].FileId })
        if ($Service -eq 'Box') {
            ($past[0] | Restore-BoxFileVersion -Force -Confirm:$false).Sha1 | Should -Be $past[0].Sha1
            $past[1] | Remove-BoxFileVersion -Confirm:$false
            (Get-BoxFileVersion $past[1].FileId | Where-Object VersionId -eq $past[1].VersionId).TrashedAt | Should -Not -BeNullOrEmpty
        }
        else {
            ($past[0] | Restore-IKFileVersion -Confirm:$false).VersionName | Should -Be $past[0].VersionName
            $past[1] | Remove-IKFileVersion -Confirm:$false
            (Get-IKFileVersion $past[1].FileId).VersionName | Should -Not -Contain $past[1].VersionName
        }
    }
}
