BeforeAll {
    . "$PSScriptRoot/common.ps1"

    function New-Asset {
        # Creates a file in the emulator's ImageKit.
        param([string] $Id = 'asset-1', [string] $Name = 'asset_1.bin')

        $null = Invoke-Emulator POST files @{ service = 'ik'; id = $Id; name = $Name; folder = '/products/'; private = $true; tags = @('red'); size = 500 }
    }
}

Describe 'Add-IKFileVersion' {
    BeforeEach {
        Reset-Emulator
        $null = Connect-IKAccount -PrivateKey private_test -BaseUri (Get-Emulator).Api
        New-Asset
    }

    AfterAll {
        Reset-Emulator
        Disconnect-IKAccount
    }

    It 'adds a version, preserves tags and privacy, and returns it' {
        $path = New-LocalFile

        $added = Add-IKFileVersion asset-1 $path

        $added | Should -BeOfType FileVersions.ImageKit.IKFileVersion
        $added.FileId | Should -Be 'asset-1'
        $added.VersionName | Should -Be 'Version 2'
        $added.IsCurrent | Should -BeTrue
        $added.IsPrivateFile | Should -BeTrue
        $added.Tags | Should -Be 'red'
        $added.FilePath | Should -Be '/products/asset_1.bin'
        $added.Size | Should -Be 1000
        $added.GetConnection().Service | Should -Be 'ImageKit'
        (Invoke-Emulator GET files/ik/asset-1).versions[0].sha1 | Should -Be (Get-FileHash -LiteralPath $path -Algorithm SHA1).Hash
    }

    It 'accepts ids and paths from a CSV file and keeps their order' {
        $rows = 0..9 | ForEach-Object {
            New-Asset -Id "many-$_" -Name "many_$_.bin"
            [pscustomobject] @{ FileId = "many-$_"; Path = New-LocalFile -Name "$_.bin" -Size (100 + $_) -Seed $_ }
        }
        $rows | Export-Csv -Path (Join-Path $TestDrive map.csv) -NoTypeInformation

        $added = Import-Csv -Path (Join-Path $TestDrive map.csv) | Add-IKFileVersion

        $added.FileId | Should -Be $rows.FileId
        $added.Size | Should -Be (100..109)
    }

    It 'skips a file whose current version has the same content unless -Force is used' {
        $path = New-LocalFile
        $null = Add-IKFileVersion asset-1 $path

        (Add-IKFileVersion asset-1 $path).VersionName | Should -Be 'Version 2'
        (Get-EmulatorStat).uploads.ikVersions | Should -Be 1

        (Add-IKFileVersion asset-1 $path -Force).VersionName | Should -Be 'Version 3'
    }

    It 'rejects a file whose name ImageKit would change' {
        New-Asset -Id asset-2 -Name 'summer sale.bin'

        Add-IKFileVersion asset-2 (New-LocalFile) -ErrorVariable failure -ErrorAction SilentlyContinue

        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        $failure[0].TargetObject | Should -Be 'asset-2'
        "$($failure[0])" | Should -BeLike '*summer sale.bin*'
        (Get-EmulatorStat).ik.byKind.upload | Should -BeNullOrEmpty
    }

    It 'reports a response that names another file' {
        Add-EmulatorFault @{ pathContains = '/files/upload'; action = 'replaceBody'; body = '{"fileId":"other-9","name":"asset_1.bin","filePath":"/other/asset_1.bin"}' }

        Add-IKFileVersion asset-1 (New-LocalFile) -ErrorVariable failure -ErrorAction SilentlyContinue

        $failure[0].FullyQualifiedErrorId | Should -BeLike 'Conflict,*'
        $failure[0].TargetObject | Should -Be 'asset-1'
        "$($failure[0])" | Should -BeLike '*other-9*/other/asset_1.bin*'
    }

    It 'retries after ImageKit reports too many updates of the file' {
        Set-Emulator @{ ikUploadsTooMany = 2 }

        (Add-IKFileVersion asset-1 (New-LocalFile)).VersionName | Should -Be 'Version 2'
    }

    It 'adds nothing with -WhatIf' {
        Add-IKFileVersion asset-1 (New-LocalFile) -WhatIf

        (Get-EmulatorStat).total.requests | Should -Be 0
    }

    It 'reports a missing local file together with the target file' {
        Add-IKFileVersion asset-1 (Join-Path $TestDrive missing.bin) -ErrorVariable failure -ErrorAction SilentlyContinue

        $failure[0].FullyQualifiedErrorId | Should -BeLike 'FileNotReadable,*'
        $failure[0].TargetObject | Should -Be 'asset-1'
    }

    It 'supports the round trip of saving, adding, listing, restoring and removing' {
        $old = @(Get-IKFileVersion asset-1)[0]
        $file = $old | Save-IKFileVersion -Destination (Join-Path $TestDrive trip) -PassThru
        Add-Content -LiteralPath $file.FullName -Value 'edited'

        $added = Add-IKFileVersion asset-1 $file.FullName
        $listed = Get-IKFileVersion asset-1

        $listed[0].VersionName | Should -Be $added.VersionName
        $listed[0].Size | Should -Be (Get-Item -LiteralPath $file.FullName).Length
        $listed[1].VersionName | Should -Be $old.VersionName

        $restored = $listed[1] | Restore-IKFileVersion
        $restored.VersionName | Should -Be $old.VersionName
        $restored.IsCurrent | Should -BeTrue

        Get-IKFileVersion asset-1 | Where-Object VersionName -EQ $added.VersionName | Remove-IKFileVersion -Force
        @(Get-IKFileVersion asset-1).VersionName | Should -Be $old.VersionName
    }
}
