BeforeAll {
    . "$PSScriptRoot/common.ps1"

    # Returns the ids of a file's versions from the emulator, in the order of the service.
    function Get-ExpectedId {
        param([string] $FileId, [int] $Skip = 0, [int] $First = [int]::MaxValue)

        (Invoke-Emulator GET "files/ik/$FileId").versions.id | Select-Object -Skip $Skip -First $First
    }

    $api = (Get-Emulator).Api
    Connect-IKAccount -PrivateKey private_test -BaseUri $api
}

Describe 'Get-IKFileVersion' {
    BeforeEach {
        Reset-Emulator
    }

    AfterAll {
        Disconnect-IKAccount
        Reset-Emulator
    }

    Context 'with file ids as input' {
        It 'accepts an id by position' {
            $versions = Get-IKFileVersion 62c2bdd5872375c6b8f40fd4
            $versions.VersionId | Should -Be (Get-ExpectedId 62c2bdd5872375c6b8f40fd4)
            (Get-EmulatorRequest).target | Should -Be '/v1/files/62c2bdd5872375c6b8f40fd4/versions'
        }

        It 'accepts an array' {
            (Get-IKFileVersion -FileId one, two -Limit 2).FileId | Should -Be 'one', 'one', 'two', 'two'
        }

        It 'accepts strings from the pipeline' {
            ('one', 'two' | Get-IKFileVersion -Limit 1).FileId | Should -Be 'one', 'two'
        }

        It 'accepts <_> from the pipeline by property name' -ForEach 'FileId', 'Id' {
            $name = $_
            $rows = 'one', 'two' | ForEach-Object { [pscustomobject]@{ Name = 'x'; $name = $_ } }
            ($rows | Get-IKFileVersion -Limit 1).FileId | Should -Be 'one', 'two'
        }

        It 'accepts a CSV file with the column <_>' -ForEach 'FileId', 'Id' {
            Set-Content -LiteralPath "$TestDrive/ids.csv" -Value "$_,Name", 'one,x', 'two,y'
            (Import-Csv "$TestDrive/ids.csv" | Get-IKFileVersion -Limit 1).FileId | Should -Be 'one', 'two'
        }

        It 'keeps the order of the input, whatever the order of responses' {
            Set-Emulator @{ latencyJitterMs = 20 }
            $ids = 1..60 | ForEach-Object { "file$_" }
            ($ids | Get-IKFileVersion -Limit 1 -ThrottleLimit 16).FileId | Should -Be $ids
            (Get-EmulatorStat).ik.peakInFlight | Should -BeLessOrEqual 16
        }

        It 'sends requests one at a time with -ThrottleLimit 1' {
            Set-Emulator @{ latencyMs = 5 }
            $null = 1..20 | ForEach-Object { "file$_" } | Get-IKFileVersion -ThrottleLimit 1
            (Get-EmulatorStat).ik.peakInFlight | Should -Be 1
            (Get-EmulatorRequest).target | Should -Be (1..20 | ForEach-Object { "/v1/files/file$_/versions" })
        }
    }

    Context 'when it lists versions' {
        It 'returns the second and third version with -Limit 2 -Offset 1' {
            (Get-IKFileVersion x -Limit 2 -Offset 1).VersionId | Should -Be (Get-ExpectedId x -Skip 1 -First 2)
            (Get-EmulatorStat).ik.requests | Should -Be 1
        }

        It 'returns all versions without -Limit' {
            (Get-IKFileVersion n100-x).VersionId | Should -Be (Get-ExpectedId n100-x)
            (Get-IKFileVersion n100-x).Count | Should -Be 100
        }

        It 'returns exactly the versions that are selected with <Name>' -ForEach @(
            @{ Name = '-First'; Splat = @{ First = 3 }; Skip = 0; First = 3 }
            @{ Name = '-Top'; Splat = @{ Top = 3 }; Skip = 0; First = 3 }
            @{ Name = '-Skip'; Splat = @{ Skip = 8 }; Skip = 8; First = 2 }
            @{ Name = '-Offset beyond the end'; Splat = @{ Offset = 10 }; Skip = 10; First = 0 }
            @{ Name = '-Limit beyond the end'; Splat = @{ Limit = 11 }; Skip = 0; First = 10 }
            @{ Name = 'the largest values of -Limit and -Offset'; Splat = @{ Limit = [long]::MaxValue; Offset = [long]::MaxValue }; Skip = 10; First = 0 }
        ) {
            @((Get-IKFileVersion x @Splat).VersionId) | Should -Be @(Get-ExpectedId x -Skip $Skip -First $First)
        }

        It 'sends no request for -Limit 0' {
            Get-IKFileVersion x -Limit 0 | Should -BeNullOrEmpty
            (Get-EmulatorStat).ik.requests | Should -Be 0
        }
    }

    Context 'for single versions' {
        It 'gets the version with -VersionId' {
            $id = Get-ExpectedId x -Skip 3 -First 1
            $version = Get-IKFileVersion x -VersionId $id
            $version.VersionId | Should -Be $id
            $version.IsCurrent | Should -BeFalse
            (Get-EmulatorRequest).target | Should -Be "/v1/files/x/versions/$id"
        }

        It 'gets each version from the pipeline' {
            $listed = Get-IKFileVersion x
            Clear-EmulatorStat
            ($listed | Get-IKFileVersion).VersionId | Should -Be $listed.VersionId
            (Get-EmulatorRequest).target | Sort-Object | Should -Be ($listed | ForEach-Object { "/v1/files/x/versions/$($_.VersionId)" } | Sort-Object)
        }
    }

    Context 'returns versions that' {
        BeforeEach {
            $null = Invoke-Emulator POST files @{
                service  = 'ik'
                id       = 'film'
                versions = @(
                    @{
                        id = 'v2'; name = "Gr$([char]0xF6)$([char]0xDF)e $([char]0x5546).mp4"; createdAt = '2019-08-24T06:14:41.313Z'; modifiedAt = '2019-08-25T06:14:41.5Z'
                        fields = @{
                            size             = 5000000000
                            width            = 1920
                            height           = 1080
                            hasAlpha         = $false
                            tags             = @('red', 'blue')
                            AITags           = @(@{ name = 'Shirt'; confidence = 90.12; source = 'google-auto-tagging' })
                            customMetadata   = [ordered]@{ brand = 'Nova'; price = 10.5; sold = $true }
                            embeddedMetadata = @{ XResolution = 250 }
                            isPublished      = $true
                            isPrivateFile    = $false
                            description      = 'A film'
                            customCoordinates = '10,10,40,40'
                            duration         = 12.5
                            bitRate          = 1000000
                            futureField      = @{ nested = @(1, 'two') }
                        }
                    }
                    @{ id = 'v1'; name = 'old.mp4' }
                )
            }
            $version = Get-IKFileVersion film -Limit 1
        }

        It 'have exactly the documented properties' {
            ($version | Get-Member -MemberType Property).Name | Should -Be @(
                'AITags', 'AudioCodec', 'BitRate', 'CreatedAt', 'CustomCoordinates', 'CustomMetadata', 'Description', 'Duration', 'EmbeddedMetadata'
                'FileId', 'FilePath', 'FileType', 'HasAlpha', 'Height', 'IsCurrent', 'IsPrivateFile', 'IsPublished', 'Mime', 'Name', 'Size', 'State', 'Tags'
                'Thumbnail', 'Type', 'UpdatedAt', 'Url', 'VersionId', 'VersionName', 'VideoCodec', 'Width'
            )
            $version.psobject.TypeNames[0] | Should -Be 'FileVersions.ImageKit.IKFileVersion'
        }

        It 'have <Name> of type <Type>' -ForEach @(
            @{ Name = 'FileId'; Type = 'string'; Value = 'film' }
            @{ Name = 'VersionId'; Type = 'string'; Value = 'v2' }
            @{ Name = 'VersionName'; Type = 'string'; Value = 'Version 2' }
            @{ Name = 'Type'; Type = 'string'; Value = 'file' }
            @{ Name = 'IsCurrent'; Type = 'bool'; Value = $true }
            @{ Name = 'Name'; Type = 'string'; Value = "Gr$([char]0xF6)$([char]0xDF)e $([char]0x5546).mp4" }
            @{ Name = 'FilePath'; Type = 'string'; Value = "/film/Gr$([char]0xF6)$([char]0xDF)e $([char]0x5546).mp4" }
            @{ Name = 'FileType'; Type = 'string'; Value = 'non-image' }
            @{ Name = 'Mime'; Type = 'string'; Value = 'video/mp4' }
            @{ Name = 'Size'; Type = 'long'; Value = 5000000000 }
            @{ Name = 'Width'; Type = 'long'; Value = 1920 }
            @{ Name = 'Height'; Type = 'long'; Value = 1080 }
            @{ Name = 'HasAlpha'; Type = 'bool'; Value = $false }
            @{ Name = 'CustomCoordinates'; Type = 'string'; Value = '10,10,40,40' }
            @{ Name = 'Description'; Type = 'string'; Value = 'A film' }
            @{ Name = 'IsPrivateFile'; Type = 'bool'; Value = $false }
            @{ Name = 'IsPublished'; Type = 'bool'; Value = $true }
            @{ Name = 'Duration'; Type = 'decimal'; Value = 12.5 }
            @{ Name = 'BitRate'; Type = 'long'; Value = 1000000 }
            @{ Name = 'VideoCodec'; Type = 'string'; Value = 'h264' }
            @{ Name = 'AudioCodec'; Type = 'string'; Value = 'aac' }
            @{ Name = 'CreatedAt'; Type = 'DateTimeOffset'; Value = [DateTimeOffset]::new(2019, 8, 24, 6, 14, 41, 313, [timespan]::Zero) }
            @{ Name = 'UpdatedAt'; Type = 'DateTimeOffset'; Value = [DateTimeOffset]::new(2019, 8, 25, 6, 14, 41, 500, [timespan]::Zero) }
        ) {
            $version.$Name | Should -BeOfType $Type
            $version.$Name | Should -Be $Value
        }

        It 'have the URLs of the account' {
            $version.Url | Should -BeLike 'http://127.0.0.1:*/demo/*'
            $version.Thumbnail | Should -BeLike 'http://127.0.0.1:*/demo/tr:n-ik_ml_thumbnail/*'
        }

        It 'have tags, AI tags, and custom and embedded metadata' {
            $version.Tags | Should -Be 'red', 'blue'
            $version.AITags[0] | Should -BeOfType FileVersions.ImageKit.AITag
            $version.AITags[0].Name, $version.AITags[0].Source | Should -Be 'Shirt', 'google-auto-tagging'
            $version.AITags[0].Confidence | Should -Be 90.12
            $version.CustomMetadata.brand | Should -Be 'Nova'
            $version.CustomMetadata.price | Should -Be 10.5
            $version.CustomMetadata.sold | Should -BeTrue
            $version.EmbeddedMetadata.XResolution | Should -Be 250
        }

        It 'have undocumented fields as note properties' {
            ($version | Get-Member -MemberType NoteProperty).Name | Should -Be 'futureField', 'selectedFieldsSchema'
            $version.futureField.nested | Should -Be 1, 'two'
            $version.selectedFieldsSchema.brand.type | Should -Be 'Text'
        }

        It 'have IsCurrent and Type' {
            (Get-IKFileVersion film).IsCurrent | Should -Be $true, $false
            (Get-IKFileVersion film).Type | Should -Be 'file', 'file-version'
        }

        It 'have null for fields that are missing or null in the response' {
            Set-Emulator @{ ikVariant = 'old' }
            $old = Get-IKFileVersion other -Limit 1
            $old.Mime, $old.IsPublished, $old.Description | Should -Be $null, $null, $null
            Set-Emulator @{ ikVariant = 'nulls' }
            $nulls = Get-IKFileVersion other -Limit 1
            $nulls.Tags, $nulls.AITags, $nulls.CustomCoordinates, $nulls.EmbeddedMetadata | Should -Be $null, $null, $null, $null
        }

        It 'match the response even if it is inconsistent' {
            Set-Emulator @{ ikVariant = 'odd' }
            $versions = Get-IKFileVersion n009-odd
            $versions.Count | Should -Be 9
            $versions[0].IsCurrent | Should -BeFalse
            $versions[1].IsCurrent | Should -BeTrue
            $versions[1].FileId | Should -Be 'n009-odd'
            $versions[0].FileId | Should -Be 'fileId1'
            ($versions.VersionId | Sort-Object -Unique).Count | Should -BeLessThan 9
            $versions[0].AITags.Name | Should -Be 'Clothing'
        }
    }

    Context 'on errors' {
        It 'reports <Id> as <ErrorId> and continues with the other files' -ForEach @(
            @{ Id = 'missing1'; ErrorId = 'FileVersionNotFound'; Category = 'ObjectNotFound'; Requests = 3 }
            @{ Id = 'no.id'; ErrorId = 'InvalidRequest'; Category = 'InvalidArgument'; Requests = 3 }
            @{ Id = 'a b/../../users/me?x=#'; ErrorId = 'InvalidRequest'; Category = 'InvalidArgument'; Requests = 3 }
            @{ Id = ''; ErrorId = 'InvalidRequest'; Category = 'InvalidArgument'; Requests = 2 }
            @{ Id = '.'; ErrorId = 'InvalidRequest'; Category = 'InvalidArgument'; Requests = 2 }
            @{ Id = "`t"; ErrorId = 'InvalidRequest'; Category = 'InvalidArgument'; Requests = 2 }
        ) {
            $versions = 'one', $Id, 'two' | Get-IKFileVersion -Limit 1 -ErrorVariable problem -ErrorAction SilentlyContinue
            $versions.FileId | Should -Be 'one', 'two'
            $problem.Count | Should -Be 1
            $problem[0].FullyQualifiedErrorId | Should -Be "$ErrorId,FileVersions.PS.Commands.GetIKFileVersionCommand"
            $problem[0].CategoryInfo.Category | Should -Be $Category
            $problem[0].TargetObject | Should -Be $Id.Trim()
            (Get-EmulatorStat).ik.requests | Should -Be $Requests
        }

        It 'reports status, request id and message of the service' {
            $null = Get-IKFileVersion missing1 -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem[0].Exception.RequestId | Should -Match '^[0-9a-f-]{36}$'
            $problem[0].Exception.ServiceMessage | Should -Be 'The requested asset does not exist.'
            [int]$problem[0].Exception.StatusCode | Should -Be 404
        }

        It 'ends the pipeline if the key is wrong' {
            $wrong = Connect-IKAccount -PrivateKey private_wrong -BaseUri $api -PassThru
            Connect-IKAccount -PrivateKey private_test -BaseUri $api
            { 1..50 | Get-IKFileVersion -Connection $wrong -ErrorAction SilentlyContinue } |
                Should -Throw -ErrorId 'AuthenticationFailed,FileVersions.PS.Commands.GetIKFileVersionCommand'
        }
    }

    Context 'when the pipeline ends early' {
        It 'leaves no request in flight after Select-Object -First 1' {
            Set-Emulator @{ latencyMs = 30 }
            (1..200 | ForEach-Object { "file$_" } | Get-IKFileVersion -ThrottleLimit 16 | Select-Object -First 1).FileId | Should -Be 'file1'
            Wait-EmulatorIdle | Should -BeTrue
            $count = (Get-EmulatorStat).ik.requests
            Start-Sleep -Milliseconds 150
            (Get-EmulatorStat).ik.requests | Should -Be $count
            $count | Should -BeLessThan 200
        }
    }

    Context 'when it selects the account' {
        AfterEach {
            $env:IMAGEKIT_PRIVATE_KEY = $env:IMAGE_KIT_BASE_URL = $null
            Connect-IKAccount -PrivateKey private_test -BaseUri $api
        }

        It 'fails if there is no account' {
            Disconnect-IKAccount
            { Get-IKFileVersion x -ErrorAction SilentlyContinue } |
                Should -Throw -ErrorId 'NotConnected,FileVersions.PS.Commands.GetIKFileVersionCommand'
            $Error[0].CategoryInfo.Category | Should -Be 'AuthenticationError'
            $Error[0].Exception.Message | Should -BeLike '*Connect-IKAccount*IMAGEKIT_PRIVATE_KEY*'
        }

        It 'uses the environment variables if no account is connected' {
            Disconnect-IKAccount
            $env:IMAGEKIT_PRIVATE_KEY = 'private_other'
            $env:IMAGE_KIT_BASE_URL = $api
            (Get-IKFileVersion x -Limit 1).Url | Should -BeLike '*/other/*'
        }

        It 'prefers the connected account to the environment variables, and -Connection to both' {
            $env:IMAGEKIT_PRIVATE_KEY = 'private_wrong'
            $env:IMAGE_KIT_BASE_URL = $api
            (Get-IKFileVersion x -Limit 1).Url | Should -BeLike '*/demo/*'
            $other = Connect-IKAccount -PrivateKey private_other -BaseUri $api -PassThru
            Connect-IKAccount -PrivateKey private_test -BaseUri $api
            (Get-IKFileVersion x -Limit 1 -Connection $other).Url | Should -BeLike '*/other/*'
        }

        It 'keeps its account when the Box account is disconnected' {
            Disconnect-BoxAccount
            { Get-BoxFileVersion 55 } | Should -Throw -ErrorId 'NotConnected,*'
            (Get-IKFileVersion x -Limit 1).FileId | Should -Be 'x'
        }
    }
}
