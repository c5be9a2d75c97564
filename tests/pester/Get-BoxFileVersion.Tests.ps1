BeforeAll {
    . "$PSScriptRoot/common.ps1"

    # Returns the ids of a file's past versions from the emulator, newest first.
    function Get-ExpectedId {
        param([string] $FileId, [int] $Skip = 0, [int] $First = [int]::MaxValue)

        (Invoke-Emulator GET "files/box/$FileId").versions.id | Select-Object -Skip $Skip -First $First
    }

    # Returns path and query of each request for the file, sorted by offset.
    function Get-ListRequest {
        param([string] $FileId)

        Get-EmulatorRequest |
            Where-Object { $_.kind -eq 'list' -and $_.target -like "/2.0/files/$FileId/versions?*" } |
            ForEach-Object {
                $query = @{}
                ($_.target -split '\?')[1] -split '&' | ForEach-Object { $name, $value = $_ -split '='; $query[$name] = [uri]::UnescapeDataString($value) }
                [pscustomobject]@{ Offset = [int]$query.offset; Limit = [int]$query.limit; Fields = $query.fields }
            } |
            Sort-Object -Property Offset
    }

    $documented = 'id,type,sha1,name,size,created_at,modified_at,modified_by,trashed_at,trashed_by,restored_at,restored_by,purged_at,uploader_display_name,version_number'
    $api = (Get-Emulator).Api
    Connect-BoxAccount -AccessToken box-token -BaseUri $api
}

Describe 'Get-BoxFileVersion' {
    BeforeEach {
        Reset-Emulator
    }

    AfterAll {
        Disconnect-BoxAccount
        Reset-Emulator
    }

    Context 'with file ids as input' {
        It 'accepts an id by position' {
            $versions = Get-BoxFileVersion 12345
            $versions.VersionId | Should -Be (Get-ExpectedId 12345)
            $versions.FileId | Sort-Object -Unique | Should -Be '12345'
        }

        It 'accepts an array' {
            (Get-BoxFileVersion -FileId 11, 22, 33 -Limit 2).FileId | Should -Be '11', '11', '22', '22', '33', '33'
        }

        It 'accepts strings and numbers from the pipeline' {
            ('11', 22, [long]33 | Get-BoxFileVersion -Limit 1).FileId | Should -Be '11', '22', '33'
        }

        It 'accepts <_> from the pipeline by property name' -ForEach 'FileId', 'Id' {
            $name = $_
            $rows = 11, 22 | ForEach-Object { [pscustomobject]@{ $name = $_; Other = 'x' } }
            ($rows | Get-BoxFileVersion -Limit 1).FileId | Should -Be '11', '22'
        }

        It 'accepts numbers by property name, as in JSON' {
            ('[{"id":11,"x":1},{"id":22}]' | ConvertFrom-Json | Get-BoxFileVersion -Limit 1).FileId | Should -Be '11', '22'
        }

        It 'rejects input that is not an id' {
            { Get-BoxFileVersion ([pscustomobject]@{ FileId = 1 }) } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
            { Get-Process -Id $PID | Select-Object -Property ProcessName | Get-BoxFileVersion -ErrorAction Stop } |
                Should -Throw -ErrorId 'InputObjectMissingMandatory,*'
            (Get-EmulatorStat).box.requests | Should -Be 0
        }

        It 'accepts a CSV file with the column <_>' -ForEach 'FileId', 'Id' {
            $path = "$TestDrive/ids.csv"
            Set-Content -LiteralPath $path -Value $_, '11', '22'
            (Import-Csv $path | Get-BoxFileVersion -Limit 1).FileId | Should -Be '11', '22'
        }

        It 'accepts the web address <_>' -ForEach @(
            'https://acme.app.box.com/file/12345?s=x'
            'https://app.box.com/file/12345'
            'https://acme.app.box.com/file/12345/'
            'HTTPS://acme.ent.box.com/file/12345#page'
        ) {
            (Get-BoxFileVersion $_ -Limit 1).FileId | Should -Be '12345'
            (Get-ListRequest 12345).Count | Should -Be 1
        }

        It 'keeps the order of the input, whatever the order of responses' {
            Set-Emulator @{ latencyJitterMs = 20 }
            $ids = 1..60 | ForEach-Object { "$(100 + $_)" }
            ($ids | Get-BoxFileVersion -Limit 1 -ThrottleLimit 16).FileId | Should -Be $ids
            (Get-EmulatorStat).box.peakInFlight | Should -BeLessOrEqual 16
        }

        It 'has at most -ThrottleLimit <_> requests in flight' -ForEach 1, 4 {
            Set-Emulator @{ latencyMs = 5 }
            $null = 1..20 | Get-BoxFileVersion -ThrottleLimit $_
            (Get-EmulatorStat).box.peakInFlight | Should -BeLessOrEqual $_
        }

        It 'returns nothing for a file without past versions' {
            Get-BoxFileVersion 900000001 | Should -BeNullOrEmpty
        }

        It 'returns nothing for an empty pipeline' {
            @() | Get-BoxFileVersion | Should -BeNullOrEmpty
            (Get-EmulatorStat).box.requests | Should -Be 0
        }
    }

    Context 'when it lists versions' {
        It 'returns exactly what -Limit 1500 -Offset 500 selects, with two requests per file' {
            $versions = '903000001', '903000002' | Get-BoxFileVersion -Limit 1500 -Offset 500
            $expected = '903000001', '903000002' | ForEach-Object { Get-ExpectedId $_ -Skip 500 -First 1500 }
            $versions.VersionId -join ' ' | Should -Be ($expected -join ' ')
            (Get-EmulatorStat).box.requests | Should -Be 4
            foreach ($id in '903000001', '903000002') {
                (Get-ListRequest $id).Offset | Should -Be 500, 1500
                (Get-ListRequest $id).Limit | Should -Be 1000, 500
            }
        }

        It 'returns all versions without -Limit' {
            (Get-BoxFileVersion 902500001).VersionId -join ' ' | Should -Be ((Get-ExpectedId 902500001) -join ' ')
            (Get-ListRequest 902500001).Offset | Should -Be 0, 1000, 2000
        }

        It 'returns exactly the versions that are selected with -<Name>' -ForEach @(
            @{ Name = 'Limit'; Splat = @{ Limit = 3 }; Skip = 0; First = 3 }
            @{ Name = 'First'; Splat = @{ First = 3 }; Skip = 0; First = 3 }
            @{ Name = 'Top'; Splat = @{ Top = 3 }; Skip = 0; First = 3 }
            @{ Name = 'Skip'; Splat = @{ Skip = 20 }; Skip = 20; First = 5 }
            @{ Name = 'Offset beyond the end'; Splat = @{ Offset = 25 }; Skip = 25; First = 0 }
            @{ Name = 'Limit beyond the end'; Splat = @{ Limit = 100 }; Skip = 0; First = 25 }
        ) {
            $expected = @(Get-ExpectedId 55 -Skip $Skip -First $First)
            @((Get-BoxFileVersion 55 @Splat).VersionId) | Should -Be $expected
            (Get-EmulatorStat).box.requests | Should -Be 1
        }

        It 'sends no request for -Limit 0' {
            Get-BoxFileVersion 55 -Limit 0 | Should -BeNullOrEmpty
            (Get-EmulatorStat).box.requests | Should -Be 0
        }

        It 'requests pages of -PageSize versions' {
            (Get-BoxFileVersion 901000001 -PageSize 300).VersionId -join ' ' | Should -Be ((Get-ExpectedId 901000001) -join ' ')
            (Get-ListRequest 901000001).Limit | Should -Be 300, 300, 300, 100
        }

        It 'advances by the limit in the response' {
            Set-Emulator @{ boxPageLimit = 100 }
            (Get-BoxFileVersion 900450001).VersionId -join ' ' | Should -Be ((Get-ExpectedId 900450001) -join ' ')
            (Get-ListRequest 900450001).Offset | Should -Be 0, 100, 200, 300, 400
        }

        It 'continues after short and empty pages' {
            Set-Emulator @{ shortPages = $true }
            $expected = Get-ExpectedId 902000001
            $expected.Count | Should -BeLessThan 2000
            (Get-BoxFileVersion 902000001 -PageSize 50).VersionId -join ' ' | Should -Be ($expected -join ' ')
        }

        It 'does not need <_> in the response' -ForEach 'limit', 'offset', 'total_count', 'limit,offset,total_count' {
            Set-Emulator @{ omitPaging = @($_ -split ',') }
            (Get-BoxFileVersion 902100001).VersionId -join ' ' | Should -Be ((Get-ExpectedId 902100001) -join ' ')
        }

        It 'accepts numeric ids in the response' {
            Set-Emulator @{ numericIds = $true }
            $versions = Get-BoxFileVersion 55
            $versions.VersionId | Should -Be (Get-ExpectedId 55)
            $versions[0].VersionId | Should -BeOfType [string]
        }

        It 'returns the 11,000 of 12,000 versions that Box can list, then an error' {
            $versions = Get-BoxFileVersion 912000001 -ErrorVariable problem -ErrorAction SilentlyContinue
            $versions.VersionId -join ' ' | Should -Be ((Get-ExpectedId 912000001 -First 11000) -join ' ')
            $problem.Count | Should -Be 1
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'ResultTruncated,*'
            $problem[0].CategoryInfo.Category | Should -Be 'LimitsExceeded'
            $problem[0].TargetObject | Should -Be '912000001'
            (Get-EmulatorStat).box.requests | Should -Be 11
        }

        It 'returns 10,000 versions if Box rejects larger offsets, then an error' {
            Set-Emulator @{ boxOffsetCeiling = 9999 }
            $versions = Get-BoxFileVersion 912000001 -ErrorVariable problem -ErrorAction SilentlyContinue
            $versions.Count | Should -Be 10000
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'ResultTruncated,*'
        }

        It 'returns versions beyond offset 10,000' {
            (Get-BoxFileVersion 911000001 -Offset 10500).VersionId -join ' ' | Should -Be ((Get-ExpectedId 911000001 -Skip 10500) -join ' ')
        }
    }

    Context 'for the current version' {
        It 'returns it first with -IncludeCurrent' {
            $versions = Get-BoxFileVersion 55 -IncludeCurrent
            $current = (Invoke-Emulator GET files/box/55).current
            $versions.VersionId | Should -Be (@($current.id) + (Get-ExpectedId 55))
            $versions.IsCurrent | Should -Be (@($true) + @($false) * 25)
            $versions[0].Size | Should -Be $current.size
            $versions[0].Name | Should -Be $current.name
            $versions[0].Sha1 | Should -Be $current.sha1
            $versions[0].VersionNumber | Should -Be '26'
            $versions[0].CreatedAt | Should -Be (Get-BoxFileVersion 55 -VersionId $current.id).CreatedAt
            $versions[0].CreatedAt | Should -BeOfType DateTimeOffset
            $versions[0].FileId | Should -Be '55'
        }

        It 'counts it as element 0 for -Limit and -Offset' {
            $current = (Invoke-Emulator GET files/box/55).current.id
            (Get-BoxFileVersion 55 -IncludeCurrent -Limit 1).VersionId | Should -Be $current
            (Get-EmulatorStat).box.requests | Should -Be 2
            Clear-EmulatorStat
            (Get-BoxFileVersion 55 -IncludeCurrent -Offset 1 -Limit 2).VersionId | Should -Be (Get-ExpectedId 55 -First 2)
            (Get-EmulatorStat).box.requests | Should -Be 1
        }

        It 'omits it without -IncludeCurrent' {
            (Get-BoxFileVersion 55).IsCurrent | Should -Not -Contain $true
        }
    }

    Context 'for single versions' {
        It 'gets the version with -VersionId' {
            $id = Get-ExpectedId 55 -Skip 4 -First 1
            $version = Get-BoxFileVersion 55 -VersionId $id
            $version.VersionId | Should -Be $id
            $version.FileId | Should -Be '55'
            $request = @(Get-EmulatorRequest)
            $request.Count | Should -Be 1
            $request[0].target | Should -BeLike "/2.0/files/55/versions/${id}?fields=*"
        }

        It 'gets each version from the pipeline' {
            $listed = Get-BoxFileVersion 12345
            Clear-EmulatorStat
            $fetched = $listed | Get-BoxFileVersion
            $fetched.VersionId | Should -Be $listed.VersionId
            $fetched.Sha1 | Should -Be $listed.Sha1
            $requests = Get-EmulatorRequest
            $requests.Count | Should -Be 25
            $requests | ForEach-Object { $_.target -replace '\?.*' } | Sort-Object |
                Should -Be ($listed | ForEach-Object { "/2.0/files/12345/versions/$($_.VersionId)" } | Sort-Object)
        }

        It 'rejects -VersionId together with -Limit' {
            { Get-BoxFileVersion 55 -VersionId 1 -Limit 3 } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
        }
    }

    Context 'returns versions that' {
        BeforeEach {
            $created = '2016-12-07T15:59:32-08:00'
            $null = Invoke-Emulator POST files @{
                service  = 'box'
                id       = '77'
                versions = @(
                    @{
                        id = '700'; name = "Gr$([char]0xF6)$([char]0xDF)e ($([char]0x898B)).txt"; createdAt = $created; modifiedAt = '2016-12-08T09:30:00.25+05:30'; uploader = 'Up Loader'
                        fields = @{
                            size         = 5000000000
                            modified_by  = @{ type = 'user'; id = '33'; name = 'Ada Admin'; login = 'ada@example.com' }
                            trashed_at   = '2020-01-01T00:00:00Z'
                            trashed_by   = @{ type = 'user'; id = '34'; name = 'T'; login = 't@example.com' }
                            restored_at  = '2020-01-02T00:00:00Z'
                            restored_by  = @{ type = 'user'; id = '35'; name = 'R'; login = 'r@example.com' }
                            purged_at    = '2030-01-01T00:00:00+13:00'
                            future_field = @{ nested = @(1, 'two') }
                        }
                    }
                )
            }
            $version = Get-BoxFileVersion 77
        }

        It 'have exactly the documented properties' {
            ($version | Get-Member -MemberType Property).Name | Should -Be @(
                'CreatedAt', 'FileId', 'FilePath', 'IsCurrent', 'ModifiedAt', 'ModifiedBy', 'Name', 'PurgedAt', 'RestoredAt', 'RestoredBy', 'Sha1', 'Size', 'State'
                'TrashedAt', 'TrashedBy', 'UploaderDisplayName', 'VersionId', 'VersionNumber'
            )
            $version.psobject.TypeNames[0] | Should -Be 'FileVersions.Box.BoxFileVersion'
        }

        It 'have <Name> of type <Type>' -ForEach @(
            @{ Name = 'FileId'; Type = 'string'; Value = '77' }
            @{ Name = 'VersionId'; Type = 'string'; Value = '700' }
            @{ Name = 'VersionNumber'; Type = 'long'; Value = 1 }
            @{ Name = 'State'; Type = 'string'; Value = 'trashed' }
            @{ Name = 'Name'; Type = 'string'; Value = "Gr$([char]0xF6)$([char]0xDF)e ($([char]0x898B)).txt" }
            @{ Name = 'Size'; Type = 'long'; Value = 5000000000 }
            @{ Name = 'UploaderDisplayName'; Type = 'string'; Value = 'Up Loader' }
            @{ Name = 'IsCurrent'; Type = 'bool'; Value = $false }
            @{ Name = 'CreatedAt'; Type = 'DateTimeOffset'; Value = [DateTimeOffset]::new(2016, 12, 7, 15, 59, 32, [timespan]::FromHours(-8)) }
            @{ Name = 'ModifiedAt'; Type = 'DateTimeOffset'; Value = [DateTimeOffset]::new(2016, 12, 8, 9, 30, 0, 250, [timespan]::FromHours(5.5)) }
            @{ Name = 'TrashedAt'; Type = 'DateTimeOffset'; Value = [DateTimeOffset]::new(2020, 1, 1, 0, 0, 0, [timespan]::Zero) }
            @{ Name = 'RestoredAt'; Type = 'DateTimeOffset'; Value = [DateTimeOffset]::new(2020, 1, 2, 0, 0, 0, [timespan]::Zero) }
            @{ Name = 'PurgedAt'; Type = 'DateTimeOffset'; Value = [DateTimeOffset]::new(2030, 1, 1, 0, 0, 0, [timespan]::FromHours(13)) }
        ) {
            $version.$Name | Should -BeOfType $Type
            $version.$Name | Should -Be $Value
            if ($Type -eq 'DateTimeOffset') {
                # Should -Be ignores the offset.
                $version.$Name.Offset | Should -Be $Value.Offset
            }
        }

        It 'have the SHA-1 of the content' {
            $version.Sha1 | Should -Be (Invoke-Emulator GET files/box/77).versions[0].sha1
        }

        It 'have users with id, name and login' {
            $version.ModifiedBy | Should -BeOfType FileVersions.Box.BoxUser
            $version.ModifiedBy.Id, $version.ModifiedBy.Name, $version.ModifiedBy.Login | Should -Be '33', 'Ada Admin', 'ada@example.com'
            $version.TrashedBy.Id, $version.RestoredBy.Id | Should -Be '34', '35'
        }

        It 'have undocumented fields as note properties' {
            ($version | Get-Member -MemberType NoteProperty).Name | Should -Be 'future_field'
            $version.future_field.nested | Should -Be 1, 'two'
        }

        It 'keep their own members if undocumented fields have the same names' {
            $fields = 'FileId', 'versionid', 'isCurrent', 'psobject', 'PSTypeNames', '', 'ToString', 'any', 'Any' | ForEach-Object { ",`"$_`":`"of $_`"" }
            Add-EmulatorFault @{
                service = 'box'
                fileId = '9201'
                action = 'replaceBody'
                body = "{`"total_count`":1,`"entries`":[{`"type`":`"file_version`",`"id`":`"3901`"$(-join $fields)}]}"
            }

            $three = 55, 9201, 55 | Get-BoxFileVersion -Limit 1

            $three.FileId | Should -Be '55', '9201', '55'
            $odd = $three[1]
            $odd.VersionId, $odd.IsCurrent | Should -Be '3901', $false
            $odd.FileId_, $odd.versionid_, $odd.isCurrent_ | Should -Be 'of FileId', 'of versionid', 'of isCurrent'
            $odd.psobject_, $odd.PSTypeNames_, $odd._, $odd.ToString_ | Should -Be 'of psobject', 'of PSTypeNames', 'of ', 'of ToString'
            $odd.any, $odd.any_ | Should -BeExactly 'of any', 'of Any'
            "$odd" | Should -Not -Be 'of ToString'
        }

        It 'have no note properties if there are no undocumented fields' {
            Get-BoxFileVersion 55 | Get-Member -MemberType NoteProperty | Should -BeNullOrEmpty
        }

        It 'have undocumented fields that were requested' {
            $versions = Get-BoxFileVersion 55 -Field name, extension, permissions -Limit 2
            $versions[0].permissions.can_download | Should -BeTrue
            $versions[0].extension | Should -Be ([IO.Path]::GetExtension($versions[0].Name).TrimStart('.'))
        }
    }

    Context 'with or without -Field' {
        It 'requests every documented field by default' {
            $null = Get-BoxFileVersion 55
            (Get-ListRequest 55).Fields | Should -Be $documented
        }

        It 'requests only the named fields' {
            $version = Get-BoxFileVersion 55 -Field name, size -Limit 1
            (Get-ListRequest 55).Fields | Should -Be 'name,size'
            $version.Name | Should -Not -BeNullOrEmpty
            $version.Size | Should -BeGreaterThan 0
            $set = $version.psobject.Properties | Where-Object { $null -ne $_.Value } | Select-Object -ExpandProperty Name
            $set | Sort-Object | Should -Be 'FileId', 'IsCurrent', 'Name', 'Sha1', 'Size', 'State', 'VersionId'
        }

        It 'accepts property names, and passes other names to Box unchanged' {
            $version = Get-BoxFileVersion 55 -Field ModifiedAt, Size, extension, UploaderDisplayName -Limit 1
            (Get-ListRequest 55).Fields | Should -Be 'modified_at,size,extension,uploader_display_name'
            $version.ModifiedAt | Should -BeOfType DateTimeOffset
            $version.Size | Should -BeGreaterThan 0
        }

        It 'accepts one comma-separated string' {
            $null = Get-BoxFileVersion 55 -Field 'name, size'
            (Get-ListRequest 55).Fields | Should -Be 'name,size'
        }

        It 'supports -Field for single versions' {
            $version = Get-BoxFileVersion 55 -VersionId (Get-ExpectedId 55 -First 1) -Field size
            $version.Size | Should -BeGreaterThan 0
            $version.Name | Should -BeNullOrEmpty
        }
    }

    Context 'on errors' {
        It 'reports <Id> as <ErrorId> and continues with the other files' -ForEach @(
            @{ Id = '404001'; ErrorId = 'FileVersionNotFound'; Category = 'ObjectNotFound'; Requests = 3 }
            @{ Id = '403001'; ErrorId = 'AccessDenied'; Category = 'PermissionDenied'; Requests = 3 }
            @{ Id = 'abc'; ErrorId = 'InvalidRequest'; Category = 'InvalidArgument'; Requests = 3 }
            @{ Id = ''; ErrorId = 'InvalidRequest'; Category = 'InvalidArgument'; Requests = 2 }
            @{ Id = ' '; ErrorId = 'InvalidRequest'; Category = 'InvalidArgument'; Requests = 2 }
            @{ Id = '..'; ErrorId = 'InvalidRequest'; Category = 'InvalidArgument'; Requests = 2 }
            @{ Id = "1`n2"; ErrorId = 'InvalidRequest'; Category = 'InvalidArgument'; Requests = 2 }
            @{ Id = 'https://acme.app.box.com/folder/5'; ErrorId = 'InvalidRequest'; Category = 'InvalidArgument'; Requests = 2 }
        ) {
            $versions = '11', $Id, '22' | Get-BoxFileVersion -Limit 1 -ErrorVariable problem -ErrorAction SilentlyContinue
            $versions.FileId | Should -Be '11', '22'
            $problem.Count | Should -Be 1
            $problem[0].FullyQualifiedErrorId | Should -Be "$ErrorId,FileVersions.PS.Commands.GetBoxFileVersionCommand"
            $problem[0].CategoryInfo.Category | Should -Be $Category
            $problem[0].TargetObject | Should -Be $Id.Trim()
            $problem[0].Exception | Should -BeOfType FileVersions.FileVersionException
            (Get-EmulatorStat).box.requests | Should -Be $Requests
        }

        It 'reports status, code and request ids' {
            $null = Get-BoxFileVersion 404001 -ErrorVariable problem -ErrorAction SilentlyContinue
            $exception = $problem[0].Exception
            [int]$exception.StatusCode | Should -Be 404
            $exception.ServiceCode | Should -Be 'not_found'
            $exception.RequestId | Should -Match '.+, .+'
            $exception.Message | Should -BeLike '*404001*'
        }

        It 'names the missing version' {
            $null = Get-BoxFileVersion 55 -VersionId 999 -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'FileVersionNotFound,*'
            $problem[0].TargetObject | Should -Be '55'
            $problem[0].Exception.VersionId | Should -Be '999'
        }

        It 'escapes an id to one segment of the path' {
            $null = Get-BoxFileVersion 'a b/../../users/me?x=#' -ErrorAction SilentlyContinue
            (Get-EmulatorRequest).target | Should -BeLike '/2.0/files/a%20b%2F..%2F..%2Fusers%2Fme%3Fx%3D%23/versions?fields=*'
        }

        It 'ends the pipeline if the credential is rejected' {
            $connection = Connect-BoxAccount -AccessToken box-expired -BaseUri $api -PassThru
            try {
                { 1..50 | Get-BoxFileVersion -Connection $connection -ErrorAction SilentlyContinue } |
                    Should -Throw -ErrorId 'AuthenticationFailed,FileVersions.PS.Commands.GetBoxFileVersionCommand'
                $Error[0].CategoryInfo.Category | Should -Be 'AuthenticationError'
            }
            finally {
                Connect-BoxAccount -AccessToken box-token -BaseUri $api
            }
        }
    }

    Context 'when the pipeline ends early' {
        It 'leaves no request in flight after Select-Object -First 1' {
            Set-Emulator @{ latencyMs = 30 }
            (1..200 | Get-BoxFileVersion -ThrottleLimit 16 | Select-Object -First 1).FileId | Should -Be '1'
            Wait-EmulatorIdle | Should -BeTrue
            $count = (Get-EmulatorStat).box.requests
            Start-Sleep -Milliseconds 150
            (Get-EmulatorStat).box.requests | Should -Be $count
            $count | Should -BeLessThan 200
        }

        It 'leaves no request in flight after an error downstream' {
            Set-Emulator @{ latencyMs = 30 }
            { 1..200 | Get-BoxFileVersion | ForEach-Object { throw 'enough' } } | Should -Throw 'enough'
            Wait-EmulatorIdle | Should -BeTrue
        }

        It 'cancels requests when the pipeline is stopped while <What>' -ForEach @(
            @{ What = 'no response has arrived'; Fault = @{ action = 'hang' } }
            @{ What = 'a response body stalls'; Fault = @{ action = 'stallBodyAfter'; bytes = 100 } }
            @{ What = 'it waits for a retry'; Fault = @{ action = 'retryAfter'; retryAfter = '60' } }
        ) {
            Add-EmulatorFault (@{ service = 'box' } + $Fault)
            $manifest = Get-RepositoryPath 'out/FileVersions'
            $shell = [powershell]::Create()
            try {
                $null = $shell.AddScript({
                        param($Manifest, $Api)
                        Import-Module $Manifest
                        Connect-BoxAccount -AccessToken "box-token.$([guid]::NewGuid())" -BaseUri $Api
                        1..20 | Get-BoxFileVersion
                    }).AddArgument($manifest).AddArgument($api)
                $running = $shell.BeginInvoke()
                $clock = [Diagnostics.Stopwatch]::StartNew()
                while ((Get-EmulatorStat).box.requests -eq 0 -and $clock.ElapsedMilliseconds -lt 20000) {
                    Start-Sleep -Milliseconds 20
                }

                $stopping = $shell.BeginStop($null, $null)
                $stopping.AsyncWaitHandle.WaitOne(10000) | Should -BeTrue
                $shell.InvocationStateInfo.State | Should -Be 'Stopped'
                { $shell.EndInvoke($running) } | Should -Throw
                Wait-EmulatorIdle | Should -BeTrue
                $count = (Get-EmulatorStat).box.requests
                Start-Sleep -Milliseconds 100
                (Get-EmulatorStat).box.requests | Should -Be $count
            }
            finally {
                $shell.Dispose()
            }
        }
    }

    Context 'when it selects the account' {
        AfterEach {
            $env:BOX_ACCESS_TOKEN = $env:BOX_BASE_URL = $null
            Connect-BoxAccount -AccessToken box-token -BaseUri $api
        }

        It 'fails if there is no account' {
            Disconnect-BoxAccount
            { Get-BoxFileVersion 55 -ErrorAction SilentlyContinue } |
                Should -Throw -ErrorId 'NotConnected,FileVersions.PS.Commands.GetBoxFileVersionCommand'
            $Error[0].CategoryInfo.Category | Should -Be 'AuthenticationError'
            $Error[0].Exception.Message | Should -BeLike '*Connect-BoxAccount*BOX_ACCESS_TOKEN*'
        }

        It 'uses the environment variables if no account is connected' {
            Disconnect-BoxAccount
            $env:BOX_ACCESS_TOKEN = 'box-token-2'
            $env:BOX_BASE_URL = $api
            (Get-BoxFileVersion 55 -Limit 1).UploaderDisplayName | Should -Be 'Ben Backup'
            $env:BOX_ACCESS_TOKEN = 'box-token'
            (Get-BoxFileVersion 55 -Limit 1).UploaderDisplayName | Should -Be 'Ada Admin'
        }

        It 'prefers the connected account to the environment variables, and -Connection to both' {
            $env:BOX_ACCESS_TOKEN = 'box-expired'
            $env:BOX_BASE_URL = $api
            (Get-BoxFileVersion 55 -Limit 1).UploaderDisplayName | Should -Be 'Ada Admin'
            $other = Connect-BoxAccount -AccessToken box-token-2 -BaseUri $api -PassThru
            Connect-BoxAccount -AccessToken box-token -BaseUri $api
            (Get-BoxFileVersion 55 -Limit 1 -Connection $other).UploaderDisplayName | Should -Be 'Ben Backup'
        }

        It 'acts as another user with -AsUser' {
            (Get-BoxFileVersion 55 -Limit 1 -AsUser 4711).UploaderDisplayName | Should -Be 'User 4711'
            (Get-EmulatorStat).box.asUsers.4711 | Should -Be 1
        }

        It 'accepts a base address that contains the API version' {
            Connect-BoxAccount -AccessToken box-token -BaseUri "$api/2.0/"
            (Get-BoxFileVersion 55 -Limit 1).FileId | Should -Be '55'
        }
    }
}
