BeforeAll {
    . "$PSScriptRoot/common.ps1"
    Reset-Emulator
    # A new token, so that a response with 429 does not throttle other tests in this process.
    Connect-BoxAccount -AccessToken "box-token.$([guid]::NewGuid())" -BaseUri (Get-Emulator).Api
    Connect-IKAccount -PrivateKey private_test -BaseUri (Get-Emulator).Api
    $here = [cultureinfo]::CurrentCulture
}

AfterAll {
    [cultureinfo]::CurrentCulture = $here
    Disconnect-BoxAccount
    Disconnect-IKAccount
    Reset-Emulator
}

# Checks what must and what must not depend on the culture. To run all tests under another culture, use
# ./build.ps1 Test -Path tests/pester -Culture de-DE.
Describe 'Under the culture <_>,' -ForEach 'en-US', 'de-DE', 'tr-TR', 'th-TH' {
    BeforeEach {
        [cultureinfo]::CurrentCulture = [cultureinfo]::GetCultureInfo($_)
    }

    AfterEach {
        [cultureinfo]::CurrentCulture = $here
    }

    It 'the text of a version is culture-invariant' {
        "$(Get-BoxFileVersion 5 -Limit 1)" | Should -BeExactly 'data.csv, version 25 (3356643000025), 2017-03-14 12:29:42 -07:00, 2995 bytes'
        $version = Get-IKFileVersion abc -Limit 1
        $version.AITags.ToString() | Should -BeExactly 'Clothing (98.77%)'
        $version.CustomMetadata.ToString() | Should -BeExactly 'brand=Nova; price=102.5'
    }

    It 'JSON is culture-invariant' {
        $json = Get-IKFileVersion abc -Limit 1 | ConvertTo-Json -Depth 4
        $json | Should -Match '"price": 102\.5'
        $json | Should -Match '"UpdatedAt": "2020-07-02T19:58:41\.779\+00:00"'
    }

    It 'tables show sizes and dates in the format of the culture' {
        $version = Get-BoxFileVersion 5 -Limit 1
        $shown = ($version | Out-String -Width 100) -replace "`e\[[0-9;]*m"
        $shown | Should -Match ([regex]::Escape(('{0:N1} KB' -f 2.9)))
        $shown | Should -Match ([regex]::Escape(('{0:g}' -f $version.ModifiedAt.LocalDateTime)))
    }

    It 'field names are case-insensitive' {
        # In Turkish, the upper case of i has a dot.
        (Complete 'Get-BoxFileVersion 5 -Field SI').CompletionText | Should -BeExactly 'size'
        (Complete 'Get-BoxFileVersion 5 -Field IS').CompletionText | Should -BeExactly 'is_download_available'
        (Get-BoxFileVersion 5 -Limit 1 -Field version_number).VersionNumber | Should -BeExactly '25'
    }

    It 'dates and numbers survive serialisation' {
        $version = Get-IKFileVersion abc -Limit 1
        $read = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($version))
        $read.UpdatedAt.EqualsExact($version.UpdatedAt) | Should -BeTrue
        $read.CustomMetadata['price'] | Should -Be 102.5
        $read.AITags[0].Confidence | Should -Be 98.77
    }

    It 'a Retry-After date is parsed correctly' {
        Add-EmulatorFault @{ service = 'box'; times = 1; action = 'retryAfter'; retryAfter = [datetime]::UtcNow.AddSeconds(1).ToString('r', [cultureinfo]::InvariantCulture) }
        try {
            Get-BoxFileVersion 5 -Limit 1 | Should -HaveCount 1
        }
        finally {
            Clear-EmulatorFault
        }
    }
}
