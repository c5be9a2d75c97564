BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'Get-BoxFile' {
    BeforeEach {
        Reset-Emulator
        $null = Connect-BoxAccount -AccessToken box-token -BaseUri (Get-Emulator).Api
    }

    AfterAll {
        Reset-Emulator
        Disconnect-BoxAccount
    }

    Context 'by folder' {
        It 'returns the files of a folder with all their properties, in one request' {
            $files = Get-BoxFile 555

            $files | Should -HaveCount 5
            $files | Should -BeOfType FileVersions.Box.BoxFile
            foreach ($name in 'FileId', 'Name', 'FilePath', 'FolderId', 'Size', 'Sha1', 'ETag', 'VersionNumber', 'CurrentVersionId', 'CreatedAt', 'ModifiedAt') {
                $files[0].$name | Should -Not -BeNullOrEmpty -Because $name
            }
            $files[0].FolderId | Should -Be '555'
            $files[0].FilePath | Should -BeLike '/*'
            (Get-EmulatorStat).box.requests | Should -Be 1
        }

        It 'skips web links and shortcuts' {
            # The folder listing of Box also has a web link.
            $listed = (Invoke-RestMethod "$((Get-Emulator).Api)/2.0/folders/555/items?limit=1000" -Headers @{ Authorization = 'Bearer box-token' }).entries
            $listed.type | Should -Contain 'web_link'

            (Get-BoxFile 555).FileId | Should -Be ($listed | Where-Object type -EQ 'file').id
        }

        It 'lists the root folder of the account by default' {
            (Get-BoxFile).FileId | Should -Be (Get-BoxFile 0).FileId
        }

        It 'accepts a web address, and several folder ids from the pipeline' {
            $one = Get-BoxFile 555
            (Get-BoxFile 'https://acme.app.box.com/folder/555?x=1').FileId | Should -Be $one.FileId
            (' 555 ', 556 | Get-BoxFile).FolderId | Select-Object -Unique | Should -Be '555', '556'
        }

        It 'lists all subfolders with -Recurse, folder by folder' {
            $null = Invoke-Emulator POST dataset @{ name = 'company' }

            $files = Get-BoxFile 27182 -Recurse

            $truth = @((Invoke-Emulator GET folders/27182).files)
            $files | Should -HaveCount 345
            ($files.FileId | Sort-Object) -join ',' | Should -BeExactly (($truth.id | Sort-Object) -join ',')

            # Files of the same folder are adjacent, so FolderId changes once per folder.
            $changes = 0..($files.Count - 1) | Where-Object { $_ -eq 0 -or $files[$_].FolderId -ne $files[$_ - 1].FolderId }
            $changes | Should -HaveCount @($files.FolderId | Select-Object -Unique).Count
        }

        It 'returns the path of each file as the account sees it' {
            $null = Invoke-Emulator POST dataset @{ name = 'company' }
            $truth = @{}
            (Invoke-Emulator GET folders/27182).files | ForEach-Object { $truth[$_.id] = "/Meridian Works/$($_.path)" }

            foreach ($file in Get-BoxFile 27182 -Recurse) {
                $file.FilePath | Should -BeExactly $truth[$file.FileId]
            }
        }

        It 'lists subfolders down to -Depth <Depth>' -ForEach @(
            @{ Depth = 0; Folders = 1 }
            @{ Depth = 1; Folders = 3 }
            @{ Depth = 3; Folders = 15 }
        ) {
            $files = Get-BoxFile 821511 -Depth $Depth

            @($files.FolderId | Select-Object -Unique) | Should -HaveCount $Folders
            $files | Should -HaveCount (10 * $Folders)
        }

        It 'filters by name' {
            $null = Invoke-Emulator POST folders @{ id = '700'; parentId = '0'; name = 'Mixed'; files = 'a.docx', 'b.DOCX', 'c.pdf', '~a.docx' | ForEach-Object { @{ name = $_ } } }

            (Get-BoxFile 700 -Include *.docx -Exclude ~*).Name | Should -Be 'a.docx', 'b.DOCX'
            (Get-BoxFile 700 -Exclude *.docx).Name | Should -Be 'c.pdf'
        }

        It 'lists 3,000 files of a folder by marker and returns repeated entries once' {
            Set-Emulator @{ repeatEntries = 5 }
            $files = Get-BoxFile 800016 | Select-Object -First 3000

            @($files.FileId | Select-Object -Unique) | Should -HaveCount 3000
            (Get-EmulatorRequest).target | Where-Object { $_ -notlike '*usemarker=true*limit=1000*' } | Should -BeNullOrEmpty
        }

        It 'uses limited memory while it lists 300,000 files' {
            $peak = $count = 0
            $before = [GC]::GetTotalMemory($true)
            Get-BoxFile 800035 | ForEach-Object {
                $count++
                if ($count % 100000 -eq 0) {
                    $peak = [Math]::Max($peak, [GC]::GetTotalMemory($true) - $before)
                }
            }

            $count | Should -Be 300000
            # Holding all objects would take more than 150 MB.
            $peak | Should -BeLessThan 60MB
        }

        It 'reports each folder that fails and continues with the others' {
            $null = Connect-BoxAccount -AccessToken box-token -BaseUri (Get-Emulator).Api -MaximumRetryCount 2
            $files = Get-BoxFile 599 -Recurse -ErrorAction SilentlyContinue -ErrorVariable problem

            @($problem | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] } | Sort-Object) |
                Should -Be 'AccessDenied', 'FileVersionNotFound', 'ServiceUnavailable'
            "$problem" | Should -BeLike "*folder '403*"
            @($problem.TargetObject) | Where-Object { $_ -match '^(403|404|500)' } | Should -HaveCount 3
            $files | Should -Not -BeNullOrEmpty
            @($files.FolderId | Select-Object -Unique).Count | Should -BeGreaterThan 3
        }

        It 'reports a response that repeats its own marker instead of requesting the page forever' {
            Add-EmulatorFault @{ service = 'box'; pathContains = '/folders/555/items'; action = 'status'; status = 200; contentType = 'application/json'; body = '{"entries":[{"type":"file","id":"1"}],"next_marker":"again"}' }

            $files = Get-BoxFile 555 -ErrorAction SilentlyContinue -ErrorVariable problem

            $files.FileId | Should -Be '1'
            $problem | Should -HaveCount 1
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'InvalidResponse,*'
            $problem[0].TargetObject | Should -Be '555'
            (Get-EmulatorStat).box.requests | Should -Be 2
        }

        It 'does not loop in a folder that contains itself' {
            $files = Get-BoxFile 508 -Recurse

            @($files.FileId | Select-Object -Unique) | Should -HaveCount $files.Count
        }

        It 'has no more requests in flight than -ThrottleLimit <_>' -ForEach 1, 4 {
            Set-Emulator @{ latencyMs = 10 }

            $null = Get-BoxFile 821511 -Depth 4 -ThrottleLimit $_

            (Get-EmulatorStat).box.peakInFlight | Should -BeLessOrEqual $_
        }

        It 'leaves no request in flight when the pipeline ends early' {
            Set-Emulator @{ latencyMs = 30 }

            $first = Get-BoxFile 821511 -Recurse | Select-Object -First 1

            $first | Should -HaveCount 1
            Wait-EmulatorIdle | Should -BeTrue
            (Get-EmulatorStat).box.requests | Should -BeLessThan 60
        }

        It 'leaves no request in flight after Ctrl+C' {
            Assert-CtrlC 'Connect-BoxAccount -AccessToken box-token -BaseUri $api; Get-BoxFile 802310 -Recurse'
        }

        It 'ends the pipeline when the account is rejected' {
            $expired = Connect-BoxAccount -AccessToken box-expired -BaseUri (Get-Emulator).Api -PassThru

            { Get-BoxFile 555 -Connection $expired } | Should -Throw -ErrorId 'AuthenticationFailed,*'
        }
    }

    Context 'with -FileId' {
        It 'reads files in input order' {
            $files = [pscustomobject]@{ FileId = '12345' }, [pscustomobject]@{ FileId = '67890' } | Get-BoxFile

            $files.FileId | Should -Be '12345', '67890'
            (Get-BoxFile -FileId 12345).Sha1 | Should -Be (Invoke-Emulator GET files/box/12345).current.sha1
        }

        It 'continues after a file that does not exist' {
            $files = Get-BoxFile -FileId 404000, 12345 -ErrorAction SilentlyContinue -ErrorVariable problem

            $files.FileId | Should -Be '12345'
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'FileVersionNotFound,*'
            $problem[0].TargetObject | Should -Be '404000'
        }
    }

    Context 'with -ChangedAfter' {
        BeforeEach {
            $null = Invoke-Emulator POST events @{
                events = @(
                    @{ type = 'EDIT'; createdAt = '2026-03-01T12:00:00Z'; itemId = '11'; createdBy = @{ id = '7'; name = 'Ann'; login = 'ann@example.com' } }
                    @{ type = 'EDIT'; createdAt = '2026-03-02T12:00:00Z'; itemId = '22'; createdBy = @{ id = '9'; name = 'Eve'; login = 'eve@example.com' } }
                    @{ type = 'RENAME'; createdAt = '2026-03-03T12:00:00Z'; itemId = '11'; createdBy = @{ id = '9'; name = 'Eve'; login = 'eve@example.com' } }
                    @{ type = 'UPLOAD'; createdAt = '2026-03-04T12:00:00Z'; itemId = '33'; itemType = 'folder'; createdBy = @{ id = '9'; name = 'Eve'; login = 'eve@example.com' } }
                    @{ type = 'EDIT'; createdAt = '2026-03-05T12:00:00Z'; itemId = '404001'; createdBy = @{ id = '9'; name = 'Eve'; login = 'eve@example.com' } }
                    @{ type = 'FILE_VERSION_RESTORE'; createdAt = '2026-03-06T12:00:00Z'; itemId = '44'; createdBy = @{ id = '7'; name = 'Ann'; login = 'ann@example.com' } }
                )
            }
        }

        It 'returns each changed file once' {
            (Get-BoxFile -ChangedAfter 2026-02-01Z -ChangedBefore 2026-04-01Z).FileId | Should -Be '11', '22', '44'
        }

        It 'also accepts -ChangedBefore' {
            (Get-BoxFile -ChangedAfter 2026-03-02T00:00Z -ChangedBefore 2026-03-04T00:00Z).FileId | Should -Be '22', '11'
        }

        It 'filters by user: <_>' -ForEach 'eve@example.com', '9' {
            (Get-BoxFile -ChangedAfter 2026-02-01Z -ChangedBefore 2026-04-01Z -ChangedBy $_).FileId | Should -Be '22', '11'
        }

        It 'reports deleted files on the verbose stream' {
            $output = Get-BoxFile -ChangedAfter 2026-03-05Z -ChangedBefore 2026-04-01Z -Verbose 4>&1

            @($output | Where-Object { $_ -is [Management.Automation.VerboseRecord] -and "$_" -like "*404001*deleted*" }) | Should -HaveCount 1
            ($output | Where-Object { $_ -isnot [Management.Automation.VerboseRecord] }).FileId | Should -Be '44'
        }

        It 'reads the event log page by page to its end, with numeric stream positions: <_>' -ForEach $true, $false {
            Set-Emulator @{ numericStreamPosition = $_ }
            $null = Invoke-Emulator POST events @{ generated = @{ count = 1200; from = '2026-01-01T00:00:00Z'; to = '2026-01-31T00:00:00Z'; root = '802351' } }

            $files = Get-BoxFile -ChangedAfter 2025-12-31Z -ChangedBefore 2026-02-01Z

            $files.Count | Should -BeGreaterThan 500
            @($files.FileId | Select-Object -Unique) | Should -HaveCount $files.Count
            (Get-EmulatorStat).box.byKind.events | Should -BeGreaterThan 2
        }

        It 'names the missing role and scope if access is denied' {
            $user = Connect-BoxAccount -AccessToken box-token-2 -BaseUri (Get-Emulator).Api -PassThru

            Get-BoxFile -ChangedAfter 2026-03-01Z -Connection $user -ErrorAction SilentlyContinue -ErrorVariable problem

            $problem[0].FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
            "$($problem[0])" | Should -BeLike '*admin*'
            ("$($problem[0])" -split "`n")[0] | Should -BeLike "*Manage enterprise properties'."
        }
    }

    Context 'in a pipeline' {
        It 'passes path and account to Get-BoxFileVersion' {
            $null = Invoke-Emulator POST dataset @{ name = 'company' }
            $connection = Connect-BoxAccount -AccessToken box-token.x -BaseUri (Get-Emulator).Api -PassThru
            Disconnect-BoxAccount

            $versions = Get-BoxFile 27182 -Recurse -Include *.xlsx -Connection $connection | Where-Object HasPastVersions | Get-BoxFileVersion

            $versions.Count | Should -BeGreaterThan 10
            $versions.FilePath | Should -Not -Contain $null
        }

        It 'provides HasPastVersions, which avoids requests for files without past versions' {
            Set-Emulator @{ boxHistoryShare = 0.1 }
            $files = Get-BoxFile 8201110 -Recurse
            $changed = @($files | Where-Object HasPastVersions)
            Clear-EmulatorStat

            $versions = $changed | Get-BoxFileVersion

            (Get-EmulatorStat).box.byKind.list | Should -Be $changed.Count
            $changed.Count | Should -BeLessThan $files.Count
            @($versions.FileId | Select-Object -Unique) | Should -HaveCount $changed.Count
        }

        It 'returns objects that survive <_>' -ForEach 'Clixml', 'a job' {
            $file = (Get-BoxFile 555)[0]
            $copy = if ($_ -eq 'Clixml') {
                $path = Join-Path $TestDrive files.clixml
                $file | Export-Clixml -LiteralPath $path
                Import-Clixml -LiteralPath $path
            }
            else {
                Start-Job { param($module, $uri) Import-Module $module; Connect-BoxAccount box-token -BaseUri $uri; (Get-BoxFile 555)[0] } -ArgumentList (Get-RepositoryPath 'out/FileVersions'), (Get-Emulator).Api |
                    Receive-Job -Wait -AutoRemoveJob
            }

            $copy | Should -BeOfType FileVersions.Box.BoxFile
            $copy.ModifiedAt | Should -BeOfType DateTimeOffset
            $copy.ModifiedAt | Should -BeExactly $file.ModifiedAt
            $copy.FilePath | Should -Be $file.FilePath
            $copy.HasPastVersions | Should -Be $file.HasPastVersions
            ($copy | Get-BoxFileVersion -Limit 1).FileId | Should -Be $file.FileId
        }
    }
}
