BeforeAll {
    . "$PSScriptRoot/common.ps1"

    function Get-Truth {
        # Returns the state of a file in the emulator: private, and versions with id, name, size and sha1 each.
        param([string] $FileId)

        Invoke-Emulator GET "files/ik/$FileId"
    }

    function Find-FileId {
        # Creates a public or private file with three versions and returns its id.
        param([bool] $Private)

        97..122 | ForEach-Object { "n003-$([char]$_)" } | Where-Object { (Get-Truth $_).private -eq $Private } | Select-Object -First 1
    }
}

Describe 'Save-IKFileVersion' {
    BeforeEach {
        Reset-Emulator
        $null = Connect-IKAccount -PrivateKey private_test -BaseUri (Get-Emulator).Api
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
    }

    AfterAll {
        Reset-Emulator
        Disconnect-IKAccount
    }

    It 'saves every version of a <_> file with exact content, and sends no credential to the download host' -ForEach 'public', 'private' {
        $id = Find-FileId -Private ($_ -eq 'private')
        Set-Emulator @{ ikOptimisedImages = $_ -eq 'public' }

        $saved = Get-IKFileVersion $id | Save-IKFileVersion -Destination $folder -PassThru

        $truth = (Get-Truth $id).versions
        $saved | Should -HaveCount 3
        $saved | Should -BeOfType IO.FileInfo
        $saved | ForEach-Object { Get-Sha1 $_.FullName } | Should -Be $truth.sha1
        $saved.Name | Should -BeExactly ($truth | ForEach-Object { $_.name -replace '(\.[^.]+)$', " (version $($_.id))`$1" })
        $stat = Get-EmulatorStat
        $stat.ik.requests | Should -Be 1
        $stat.download.requests | Should -Be 3
        $stat.total.credentialLeaks | Should -Be 0
    }

    It 'requests the properties of a version once if only its ids are given' {
        $id = Find-FileId -Private $true
        Set-Emulator @{ ikOptimisedImages = $false }
        $truth = (Get-Truth $id).versions[1]

        $saved = Save-IKFileVersion $id -VersionId $truth.id -Destination $folder -PassThru

        Get-Sha1 $saved.FullName | Should -Be $truth.sha1
        (Get-EmulatorStat).ik.byKind.one | Should -Be 1
    }

    It 'requests a new URL if the signature of the old one has expired' {
        $id = Find-FileId -Private $true
        Set-Emulator @{ linkLifeMs = 1 }
        $version = Get-IKFileVersion $id -Limit 1
        Set-Emulator @{ linkLifeMs = 60000; ikOptimisedImages = $false }
        Start-Sleep -Milliseconds 20

        $saved = $version | Save-IKFileVersion -Destination $folder -PassThru

        Get-Sha1 $saved.FullName | Should -Be (Get-Truth $id).versions[0].sha1
        (Get-EmulatorStat).download.byStatus.'401' | Should -Be 1
    }

    It 'leaves no file if a signed URL delivers an optimised copy, and reports what to do' {
        $id = Find-FileId -Private $true

        Get-IKFileVersion $id -Limit 1 | Save-IKFileVersion -Destination $folder -ErrorAction SilentlyContinue -ErrorVariable failure

        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidResponse,*'
        "$($failure[0])" | Should -BeLike "*Turn off optimisation for this URL endpoint*"
        [IO.Directory]::GetFiles($folder) | Should -BeNullOrEmpty
    }

    It 'reports a private file that cannot be downloaded, and continues' {
        $private = Find-FileId -Private $true
        $public = Find-FileId -Private $false
        Set-Emulator @{ linkLifeMs = -60000 }

        $saved = Get-IKFileVersion $private, $public -Limit 1 |
            Save-IKFileVersion -Destination $folder -PassThru -ErrorAction SilentlyContinue -ErrorVariable failure

        $saved | Should -HaveCount 1
        $failure | Should -HaveCount 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
        $failure[0].TargetObject | Should -Be $private
    }

    It 'assigns names in input order even if <_> is described last' -ForEach 'fa', 'fb' {
        foreach ($id in 'fa', 'fb') {
            $null = Invoke-Emulator POST files @{ service = 'ik'; id = $id; versions = @(@{ id = 'dead02'; name = 'x.txt'; size = 1000 }) }
        }
        Add-EmulatorFault @{ service = 'ik'; fileId = $_; action = 'delay'; delayMs = 400 }

        $saved = 'fa', 'fb' | ForEach-Object { [pscustomobject]@{ FileId = $_; VersionId = 'dead02' } } |
            Save-IKFileVersion -Destination $folder -PassThru

        $saved.Name | Should -BeExactly 'x (version dead02).txt', 'x (file fb, version dead02).txt'
        $saved | ForEach-Object { Get-Sha1 $_.FullName } | Should -Be (Get-Truth fa).versions[0].sha1, (Get-Truth fb).versions[0].sha1
    }

    It 'saves the first of two versions of a file to a tree even if it is described last' {
        Set-Emulator @{ ikOptimisedImages = $false }
        $id = Find-FileId -Private $false
        $first, $second = (Get-Truth $id).versions[1, 2]
        Add-EmulatorFault @{ service = 'ik'; pathContains = $first.id; action = 'delay'; delayMs = 400 }

        $saved = $first, $second | ForEach-Object { [pscustomobject]@{ FileId = $id; VersionId = $_.id } } |
            Save-IKFileVersion -Destination $folder -Tree -PassThru -ErrorAction SilentlyContinue -ErrorVariable failure

        Get-Sha1 $saved.FullName | Should -Be $first.sha1
        $failure | Should -HaveCount 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
    }

    It 'downloads nothing in a second run <_>' -ForEach 'to a folder', 'to a tree', 'to a named file' {
        $id = Find-FileId -Private $false
        $versions = Get-IKFileVersion $id -Limit 1
        $destination = switch ($_) {
            'to a folder' { @{ Destination = $folder } }
            'to a tree' { @{ Destination = $folder; Tree = $true } }
            'to a named file' { @{ OutFile = Join-Path $folder 'picture.jpg' } }
        }
        $versions | Save-IKFileVersion @destination
        Clear-EmulatorStat

        $saved = $versions | Save-IKFileVersion @destination -PassThru

        $saved | Should -HaveCount 1
        (Get-EmulatorStat).download.requests | Should -Be 0
    }

    It 'keeps an existing file with the same size and a different date' {
        $version = Get-IKFileVersion (Find-FileId -Private $false) -Limit 1
        $path = Join-Path $folder 'mine.jpg'
        $null = New-Item -ItemType Directory -Path $folder
        Set-Content -LiteralPath $path -Value ('m' * $version.Size) -NoNewline

        $version | Save-IKFileVersion -OutFile $path -ErrorAction SilentlyContinue -ErrorVariable failure
        $kept = Get-Content -LiteralPath $path -Raw
        $version | Save-IKFileVersion -OutFile $path -Force

        $kept | Should -BeExactly ('m' * $version.Size)
        $failure[0].CategoryInfo.Category | Should -Be 'ResourceExists'
        Get-Sha1 $path | Should -Be (Get-Truth $version.FileId).versions[0].sha1
    }

    It 'downloads the version again with -Force, because there is no checksum to compare' {
        $version = Get-IKFileVersion (Find-FileId -Private $false) -Limit 1
        $version | Save-IKFileVersion -Destination $folder
        Clear-EmulatorStat

        $version | Save-IKFileVersion -Destination $folder -Force

        (Get-EmulatorStat).download.requests | Should -Be 1
    }

    It 'rejects content of the wrong size' {
        $null = Invoke-Emulator POST files @{ service = 'ik'; id = 'other'; versions = @(@{ id = 'v1'; name = 'a.jpg'; size = 5000; fields = @{ size = 6000 } }) }

        Get-IKFileVersion other | Save-IKFileVersion -Destination $folder -ErrorAction SilentlyContinue -ErrorVariable failure

        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidResponse,*'
        [IO.Directory]::GetFiles($folder) | Should -BeNullOrEmpty
    }

    It 'resumes an interrupted download with the ETag of the server' {
        $null = Invoke-Emulator POST files @{ service = 'ik'; id = 'large'; versions = @(@{ id = 'v1'; name = 'a.mp4'; size = 2000000 }) }
        Add-EmulatorFault @{ service = 'download'; action = 'cutBodyAfter'; bytes = 1234567; times = 1 }

        $saved = Get-IKFileVersion large | Save-IKFileVersion -Destination $folder -PassThru

        Get-Sha1 $saved.FullName | Should -Be (Get-Truth large).versions[0].sha1
        (Get-EmulatorStat).download.byStatus.'206' | Should -Be 1
    }

    It 'saves versions from responses of the form ''<_>''' -ForEach 'full', 'old', 'nulls' {
        Set-Emulator @{ ikVariant = $_ }
        $id = Find-FileId -Private $false

        $saved = Get-IKFileVersion $id | Save-IKFileVersion -Destination $folder -PassThru

        $saved | ForEach-Object { Get-Sha1 $_.FullName } | Should -Be (Get-Truth $id).versions.sha1
    }

    It 'reports a version without a URL' {
        $null = Invoke-Emulator POST files @{ service = 'ik'; id = 'bare'; versions = @(@{ raw = @{ type = 'file'; fileId = 'bare'; name = 'a.jpg'; versionInfo = @{ id = 'v1' } }; id = 'v1' }) }

        Get-IKFileVersion bare | Save-IKFileVersion -Destination $folder -ErrorAction SilentlyContinue -ErrorVariable failure

        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidResponse,*'
        $failure[0].TargetObject | Should -Be 'bare'
    }

    It 'sends no request with -WhatIf' {
        Save-IKFileVersion abc -VersionId v1 -Destination $folder -WhatIf

        (Get-EmulatorStat).total.requests | Should -Be 0
    }
}
