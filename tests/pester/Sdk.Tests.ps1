# Compares the output of the services' SDKs with that of the module, both against the emulator.
BeforeDiscovery {
    $npm = Get-Command -Name npm -CommandType Application -ErrorAction Ignore | Select-Object -First 1
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"

    # Installs the SDKs into out/ to keep the checkout clean. Returns the reason if this fails.
    function Install-Sdk {
        $null = New-Item -ItemType Directory -Path $sdk -Force
        Copy-Item -Path (Get-RepositoryPath 'tests/sdk/*') -Include *.json, *.mjs -Destination $sdk
        if (Test-Path "$sdk/node_modules/.package-lock.json") {
            return
        }

        $said = npm ci --prefix $sdk --no-audit --no-fund --ignore-scripts --fetch-retries 0 --fetch-timeout 20000 2>&1
        if ($LASTEXITCODE -ne 0) {
            "$($said | Where-Object { $_ -match 'error' } | Select-Object -First 1)"
        }
    }

    function Invoke-Sdk {
        param([string[]] $ArgumentList, [string] $Script = 'list.mjs')

        $json = node "$sdk/$Script" @ArgumentList
        $LASTEXITCODE | Should -Be 0
        $json | ConvertFrom-Json
    }

    $sdk = Get-RepositoryPath 'out/sdk'
    $api = (Get-Emulator).Api
    $missing = if (Get-Command -Name npm -CommandType Application -ErrorAction Ignore) { Install-Sdk }
}

Describe 'Compatibility with the SDKs:' -Skip:(-not $npm) -Tag 'needs npm' {
    BeforeEach {
        if ($missing) {
            Set-ItResult -Skipped -Because "npm could not install the SDKs: $missing"
        }

        Reset-Emulator
    }

    It 'box-node-sdk and the module list the same versions of <_>' -ForEach '55', '902500001', '900000001' {
        $theirs = @(Invoke-Sdk -ArgumentList box, $api, box-token, $_)
        Connect-BoxAccount -AccessToken box-token -BaseUri $api
        $ours = @(Get-BoxFileVersion $_)
        $ours.Count | Should -Be $theirs.Count
        $describe = { '{0} {1} {2} {3} {4} {5} {6:yyyyMMddHHmmss}' -f $_.FileId, $(if ($_.id) { $_.id } else { $_.VersionId }), $_.Name, $_.Size, $_.Sha1, $_.VersionNumber, ([DateTimeOffset]$_.CreatedAt).ToUniversalTime() }
        ($ours | ForEach-Object $describe) -join "`n" | Should -Be (($theirs | ForEach-Object $describe) -join "`n")
    }

    It 'box-node-sdk lists all items that the emulator has in folder <_>' -ForEach '555', '800023', '27182' {
        $null = Invoke-Emulator POST dataset @{ name = 'company' }
        $folderId = $_
        $theirs = @(Invoke-Sdk -ArgumentList box-items, $api, box-token, $folderId)
        $files = @((Invoke-Emulator GET "folders/$folderId").files | Where-Object path -NotMatch '/')

        $files.Count | Should -BeGreaterThan 0
        ($theirs | Where-Object type -EQ file | ForEach-Object { '{0} {1} {2} {3}' -f $_.id, $_.name, $_.size, $_.sha1 }) -join "`n" |
            Should -Be (($files | ForEach-Object { '{0} {1} {2} {3}' -f $_.id, $_.path, $_.size, $_.sha1 }) -join "`n")
    }

    It '@imagekit/nodejs and the module list the same versions of <_>' -ForEach 'x', 'n100-many', 'n001-one' {
        $theirs = @(Invoke-Sdk -ArgumentList ik, $api, private_test, $_)
        Connect-IKAccount -PrivateKey private_test -BaseUri $api
        $ours = @(Get-IKFileVersion $_)
        $ours.Count | Should -Be $theirs.Count
        $describe = { '{0} {1} {2} {3} {4} {5:yyyyMMddHHmmssfff}' -f $_.FileId, $(if ($_.id) { $_.id } else { $_.VersionId }), $_.Name, $_.Size, $_.Type, ([DateTimeOffset]$_.CreatedAt).ToUniversalTime() }
        ($ours | ForEach-Object $describe) -join "`n" | Should -Be (($theirs | ForEach-Object $describe) -join "`n")
    }

    It '@imagekit/nodejs lists all files that the emulator has in folder <_>' -ForEach '/meridian-works/', '/meridian-works/press/' {
        $null = Invoke-Emulator POST dataset @{ service = 'ik'; name = 'company' }
        $theirs = @(Invoke-Sdk -ArgumentList ik-files, $api, private_test, $_)
        $files = @((Invoke-Emulator GET "library?folder=$_").files)

        $files.Count | Should -BeGreaterThan 0
        ($theirs | Sort-Object path | ForEach-Object { '{0} {1} {2}' -f $_.id, $_.path, $_.size }) -join "`n" |
            Should -Be (($files | Sort-Object path | ForEach-Object { '{0} {1} {2}' -f $_.id, $_.path, $_.size }) -join "`n")
    }

    It 'box-node-sdk uploads a version <_.Kind>' -ForEach @{ Kind = 'box'; Size = 300000 }, @{ Kind = 'box-session'; Size = 21000000 } {
        $reply = Invoke-Sdk -Script upload.mjs -ArgumentList $_.Kind, $api, box-token, '77', $_.Size
        $file = Invoke-Emulator GET files/box/77

        $file.current.id | Should -Be $reply.versionId
        $file.current.sha1 | Should -Be $reply.sha1
        $file.current.size | Should -Be $_.Size
        $file.versions | Should -HaveCount 26
    }

    It '@imagekit/nodejs uploads a version' {
        $null = Invoke-Emulator POST dataset @{ service = 'ik'; name = 'company' }
        $file = (Invoke-Emulator GET 'library?folder=/meridian-works/brand').files[0]
        $reply = Invoke-Sdk -Script upload.mjs -ArgumentList ik, $api, private_test, $file.path, 5000
        $after = Invoke-Emulator GET "files/ik/$($file.id)"

        $reply.id | Should -Be $file.id
        $after.versions | Should -HaveCount ($file.past + 2)
        $after.versions[0].size | Should -Be 5000
    }

    AfterAll {
        Disconnect-BoxAccount
        Disconnect-IKAccount
    }
}
