BeforeAll {
    . "$PSScriptRoot/common.ps1"
    Reset-Emulator
    Connect-BoxAccount -AccessToken box-token -BaseUri (Get-Emulator).Api
    Connect-IKAccount -PrivateKey private_test -BaseUri (Get-Emulator).Api

    $documented = 'id', 'type', 'sha1', 'name', 'size', 'created_at', 'modified_at', 'modified_by', 'trashed_at', 'trashed_by',
        'restored_at', 'restored_by', 'purged_at', 'uploader_display_name', 'version_number'
    $undocumented = 'permissions', 'retention', 'extension', 'is_download_available', 'authenticated_download_url', 'promoted_by'

    function Connect-Fresh {
        # Completion results are cached per account, so a new account starts with an empty cache.
        Connect-BoxAccount -AccessToken box-token -BaseUri (Get-Emulator).Api
        Connect-IKAccount -PrivateKey private_test -BaseUri (Get-Emulator).Api
        Clear-EmulatorStat
    }
}

AfterAll {
    Disconnect-BoxAccount
    Disconnect-IKAccount
    Reset-Emulator
}

Describe 'Completion of -Field' {
    It 'offers the documented fields first, then the undocumented ones' {
        (Complete 'Get-BoxFileVersion 5 -Field ').CompletionText | Should -Be ($documented + $undocumented)
    }

    It 'describes each field in a tooltip' {
        foreach ($offer in Complete 'Get-BoxFileVersion 5 -Field ') {
            $offer.ToolTip | Should -Match '^[A-Z].{10,}\.$'
            if ($offer.CompletionText -in $undocumented) {
                $offer.ToolTip | Should -Match 'Not documented'
            }
        }
    }

    It 'completes the last field in the list <Line>' -ForEach @(
        @{ Line = 'mo'; Offers = 'modified_at', 'modified_by' }
        @{ Line = 'MO'; Offers = 'modified_at', 'modified_by' }
        @{ Line = 'name,si'; Offers = 'size' }
        @{ Line = 'name, si'; Offers = 'size' }
        @{ Line = 'modified_at,mod'; Offers = 'modified_by' }
        @{ Line = "'name,si'"; Offers = "'name,size'" }
        @{ Line = 'nothing'; Offers = @() }
    ) {
        (Complete "Get-BoxFileVersion 5 -Field $Line").CompletionText | Should -Be $Offers
    }

    It 'does not offer a field that is already in the list' {
        (Complete 'Get-BoxFileVersion 5 -Field name,size,').CompletionText | Should -Be (($documented + $undocumented) -ne 'name' -ne 'size')
    }

    It 'offers only fields that Box accepts' {
        $line = 'Get-BoxFileVersion 5 -Limit 1 -Field ' + ((Complete 'Get-BoxFileVersion 5 -Field ').CompletionText -join ',')
        $version = & ([scriptblock]::Create($line))
        $version.permissions | Should -Not -BeNullOrEmpty
        $version.VersionNumber | Should -Be 25
    }
}

Describe 'Completion of -VersionId' {
    BeforeEach {
        Clear-EmulatorFault
        Connect-Fresh
    }

    It 'offers the versions of a Box file with name, date and size, the current version first' {
        $versions = @(Get-BoxFileVersion 5 -IncludeCurrent)
        $offers = @(Complete 'Get-BoxFileVersion 5 -VersionId ')
        $offers.CompletionText | Should -Be $versions.VersionId
        $offers[1].ToolTip | Should -Be 'data.csv, version 25 (3356643000025), 2017-03-14 12:29:42 -07:00, 2995 bytes'
        $offers[1].ListItemText | Should -Be '3356643000025 (25)'
    }

    It 'offers only versions in the trash with -FromTrash' {
        $ids = (Get-BoxFileVersion 5 -Limit 2).VersionId
        Remove-BoxFileVersion -FileId 5 -VersionId $ids -Confirm:$false
        try {
            (Complete 'Restore-BoxFileVersion 5 -FromTrash -VersionId ').CompletionText | Should -Be $ids
            (Complete 'Restore-BoxFileVersion 5 -VersionId ').CompletionText | Should -Be (Get-BoxFileVersion 5 -IncludeCurrent | Where-Object State -NE trashed).VersionId
        }
        finally {
            Reset-Emulator
        }
    }

    It 'offers the versions of an ImageKit file' {
        (Complete 'Get-IKFileVersion n003-x -VersionId ').CompletionText | Should -Be (Get-IKFileVersion n003-x).VersionId
    }

    It 'completes <Line>' -ForEach @(
        @{ Line = 'Get-BoxFileVersion -FileId 5 -VersionId 33566430000251'; Offers = @() }
        @{ Line = 'Get-BoxFileVersion -FileId 5 -VersionId 335664300002'; Offers = 26..20 | ForEach-Object { "33566430000$_" } }
        @{ Line = 'Get-BoxFileVersion -Id 5 -VersionId 3356643000025'; Offers = '3356643000025' }
        @{ Line = 'Get-BoxFileVersion 5, 6 -VersionId 3356643000025'; Offers = '3356643000025' }
        @{ Line = 'Get-BoxFileVersion @(5) -VersionId 3356643000025'; Offers = '3356643000025' }
        @{ Line = 'Get-BoxFileVersion https://acme.app.box.com/file/5 -VersionId 3356643000025'; Offers = '3356643000025' }
        @{ Line = 'Get-BoxFileVersion -VersionId 3'; Offers = @() }
        @{ Line = 'Get-BoxFileVersion $none -VersionId 3'; Offers = @() }
    ) {
        (Complete $Line).CompletionText | Should -Be $Offers
    }

    It 'uses the account on the command line' {
        $other = Connect-BoxAccount -AccessToken box-token-2 -BaseUri (Get-Emulator).Api -PassThru
        Connect-BoxAccount -AccessToken box-token -BaseUri (Get-Emulator).Api
        $other.GetType().Name | Should -Be 'BoxConnection'
        Set-Variable -Name otherAccount -Value $other -Scope Global
        try {
            Complete 'Get-BoxFileVersion 5 -Connection $otherAccount -VersionId ' | Should -HaveCount 26
        }
        finally {
            Remove-Variable -Name otherAccount -Scope Global
        }
        (Get-EmulatorRequest -Last 2).account | Select-Object -Unique | Should -Be '202'
    }

    It 'sends one request per file' {
        $null = Complete 'Get-IKFileVersion abc -VersionId '
        $null = Complete 'Get-IKFileVersion abc -VersionId 5'
        $null = Complete 'Get-IKFileVersion abc -VersionId 5e'
        (Get-EmulatorStat).ik.requests | Should -Be 1
        $null = Complete 'Get-IKFileVersion abd -VersionId '
        (Get-EmulatorStat).ik.requests | Should -Be 2
    }

    It 'offers nothing and reports no error when <What>' -ForEach @(
        @{ What = 'the file does not exist'; Line = 'Get-BoxFileVersion 4041 -VersionId 1' }
        @{ What = 'the id is invalid'; Line = 'Get-BoxFileVersion .. -VersionId 1' }
        @{ What = 'access is denied'; Line = 'Get-BoxFileVersion 4031 -VersionId 1' }
    ) {
        $Error.Clear()
        Complete $Line | Should -BeNullOrEmpty
        $Error | Should -BeNullOrEmpty
    }

    It 'offers nothing and reports no error without an account' {
        Disconnect-BoxAccount
        $Error.Clear()
        Complete 'Get-BoxFileVersion 5 -VersionId 3' | Should -BeNullOrEmpty
        $Error | Should -BeNullOrEmpty
        (Get-EmulatorStat).total.requests | Should -Be 0
    }

    It 'gives up on a service that <What> and leaves no request in flight' -ForEach @(
        @{ What = 'never responds'; Fault = @{ service = 'ik'; action = 'hang' } }
        @{ What = 'fails repeatedly'; Fault = @{ service = 'ik'; action = 'status'; status = 503 } }
    ) {
        Add-EmulatorFault $Fault
        $Error.Clear()
        Complete 'Get-IKFileVersion abc -VersionId 5' | Should -BeNullOrEmpty
        $Error | Should -BeNullOrEmpty
        Wait-EmulatorIdle | Should -BeTrue
        # Without the short time limit for completion, there would be more attempts.
        (Get-EmulatorStat).ik.requests | Should -BeLessOrEqual 6
        Clear-EmulatorFault
        (Complete 'Get-IKFileVersion abc -VersionId ').Count | Should -Be 10
    }

    It 'is available for every cmdlet with the parameter -VersionId' {
        foreach ($cmdlet in Get-Command -Module FileVersions -ParameterName VersionId) {
            $id, $count = if ($cmdlet.Noun -like 'Box*') { '5', 26 } else { 'abc', 10 }
            Complete "$($cmdlet.Name) $id -VersionId " | Should -HaveCount $count -Because $cmdlet.Name
        }
    }
}

Describe 'Completion of -FolderId' {
    BeforeEach {
        Clear-EmulatorFault
        Connect-Fresh
    }

    It 'offers the folders in the root folder, with their names, in one request' {
        $offers = @(Complete 'Get-BoxFile ')
        $offers.CompletionText | Should -Be '700000000000001', '700000000000002', '700000000000003'
        $offers[0].ListItemText | Should -Be '700000000000001 (Archive)'
        $null = Complete 'Get-BoxFile -FolderId 7'
        (Get-EmulatorStat).box.requests | Should -Be 1
    }

    It 'completes <Start> to <Offers>' -ForEach @(
        @{ Start = 'rep'; Offers = '700000000000003' }
        @{ Start = '700000000000002'; Offers = '700000000000002' }
        @{ Start = 'none'; Offers = @() }
    ) {
        (Complete "Get-BoxFile -FolderId $Start").CompletionText | Should -Be $Offers
    }

    It 'offers the matching folders for <Start>' -ForEach @(
        @{ Start = ''; Offers = '27182 (Meridian Works)' }
        @{ Start = 'mer'; Offers = '27182 (Meridian Works)' }
        @{ Start = '2718'; Offers = '27182 (Meridian Works)' }
        @{ Start = '27182'; Offers = '27182 (Meridian Works)', '271828537710 (Engineering)', '271828972794 (Finance)', '271828056038 (Marketing)' }
        @{ Start = '27182/'; Offers = '271828537710 (Engineering)', '271828972794 (Finance)', '271828056038 (Marketing)' }
        @{ Start = '27182/m'; Offers = '271828056038 (Marketing)' }
        @{ Start = '271828972794/Bud'; Offers = '271828303315 (Budgets)' }
        @{ Start = "'Meridian Works/Fin'"; Offers = '271828972794 (Finance)' }
        @{ Start = "'meridian works/finance/b"; Offers = '271828303315 (Budgets)' }
        @{ Start = "'Meridian Works/Sales/"; Offers = @() }
        @{ Start = '271828999999'; Offers = @() }
    ) {
        Set-Emulator @{ autoFiles = $false }
        $null = Invoke-Emulator POST dataset @{ name = 'company' }
        try {
            $Error.Clear()
            (Complete "Get-BoxFile -FolderId $Start").ListItemText | Should -Be $Offers
            $Error | Should -BeNullOrEmpty
        }
        finally {
            Reset-Emulator
        }
    }

    It 'sends one request per folder of the path' {
        $null = Invoke-Emulator POST dataset @{ name = 'company' }
        try {
            foreach ($typed in 'f', 'fi', 'finance/', 'finance/b') {
                $null = Complete "Get-BoxFile 'Meridian Works/$typed"
            }
            # One request each for the root, Meridian Works and Finance.
            (Get-EmulatorStat).box.requests | Should -Be 3
        }
        finally {
            Reset-Emulator
        }
    }

    It 'offers at most 200 folders' {
        # This folder has 2,000 subfolders.
        Complete 'Get-BoxFile 802310/' | Should -HaveCount 200
    }

    It 'uses the account on the command line' {
        Set-Variable -Name otherAccount -Value (Connect-BoxAccount -AccessToken box-token-2 -BaseUri (Get-Emulator).Api -PassThru) -Scope Global
        try {
            Connect-Fresh
            Complete 'Get-BoxFile -Connection $otherAccount -FolderId ' | Should -HaveCount 3
        }
        finally {
            Remove-Variable -Name otherAccount -Scope Global
        }
        (Get-EmulatorRequest -Last 1).account | Should -Be '202'
    }

    It 'offers nothing and reports no error when <What>' -ForEach @(
        @{ What = 'Box fails'; Fault = @{ service = 'box'; action = 'status'; status = 503 } }
        @{ What = 'Box never responds'; Fault = @{ service = 'box'; action = 'hang' } }
    ) {
        Add-EmulatorFault $Fault
        $Error.Clear()
        Complete 'Get-BoxFile -FolderId 7' | Should -BeNullOrEmpty
        $Error | Should -BeNullOrEmpty
        Wait-EmulatorIdle | Should -BeTrue
    }
}
