BeforeAll {
    . "$PSScriptRoot/common.ps1"

    function Start-LongUpload {
        # Starts to add a large file in a runspace of its own and returns the shell and its state when the first part has arrived.
        param([string] $Path)

        $shell = [powershell]::Create()
        $null = $shell.AddScript({
                param($module, $api, $path)
                Import-Module $module
                $null = Connect-BoxAccount -AccessToken box-token -BaseUri $api
                Add-BoxFileVersion 900000001 $path -ThrottleLimit 1
            }).AddArgument((Get-RepositoryPath 'out/FileVersions')).AddArgument((Get-Emulator).Api).AddArgument($Path)
        $running = $shell.BeginInvoke()
        for ($i = 0; $i -lt 200 -and (Get-EmulatorStat).uploads.parts -lt 1; $i++) {
            Start-Sleep -Milliseconds 50
        }
        $shell, $running
    }
}

Describe 'Add-BoxFileVersion' {
    BeforeEach {
        Reset-Emulator
        $null = Connect-BoxAccount -AccessToken box-token -BaseUri (Get-Emulator).Api
    }

    AfterAll {
        Reset-Emulator
        Disconnect-BoxAccount
    }

    It 'adds a version and returns it' {
        $path = New-LocalFile

        $added = Add-BoxFileVersion 900000001 $path

        $added | Should -BeOfType FileVersions.Box.BoxFileVersion
        $added.FileId | Should -Be '900000001'
        $added.Sha1 | Should -Be (Get-Sha1 $path)
        $added.IsCurrent | Should -BeTrue
        $added.CreatedAt | Should -Not -BeNullOrEmpty
        $added.GetConnection().Service | Should -Be 'Box'
        (Invoke-Emulator GET files/box/900000001).current.id | Should -Be $added.VersionId
    }

    It 'sends a large file in parts' {
        $path = New-LocalFile -Size 25000000

        $added = Add-BoxFileVersion 900000001 $path

        $added.Sha1 | Should -Be (Get-Sha1 $path)
        (Get-EmulatorStat).uploads.parts | Should -Be 3
        (Get-EmulatorStat).uploads.sessionsOpen | Should -Be 0
    }

    It 'accepts ids and paths from a CSV file and keeps their order' {
        $rows = 0..19 | ForEach-Object {
            [pscustomobject] @{ FileId = "90000000$($_ % 5)"; Path = New-LocalFile -Name "$_.bin" -Seed $_ }
        }
        $rows | Export-Csv -Path (Join-Path $TestDrive map.csv) -NoTypeInformation

        $added = Import-Csv -Path (Join-Path $TestDrive map.csv) | Add-BoxFileVersion -ThrottleLimit 4

        $added.FileId | Should -Be $rows.FileId
        $added.Sha1 | Should -Be ($rows.Path | ForEach-Object { Get-Sha1 $_ })
    }

    It 'accepts files from Get-ChildItem without renaming the file in Box' {
        $path = New-LocalFile -Name 'from disk.bin'
        $name = (Invoke-Emulator GET files/box/900000001).current.name

        $added = Get-ChildItem -LiteralPath $path | Add-BoxFileVersion -FileId 900000001

        $added.Sha1 | Should -Be (Get-Sha1 $path)
        $added.Name | Should -Be $name
    }

    It 'treats brackets in a relative path literally' {
        $null = New-LocalFile -Name 'a[1].bin'
        Push-Location $TestDrive
        try {
            (Add-BoxFileVersion 900000001 './a[1].bin').Sha1 | Should -Be (Get-Sha1 (Join-Path $TestDrive 'a[1].bin'))
        }
        finally {
            Pop-Location
        }
    }

    It 'sets FilePath to the input folder and the new name' {
        $path = New-LocalFile

        $added = [pscustomobject] @{ FileId = '900000001'; Path = $path; FilePath = '/Reports/old.txt' } | Add-BoxFileVersion

        $added.FilePath | Should -Be "/Reports/$($added.Name)"
    }

    It 'skips a file whose current version has the same content unless -Force is used' {
        $path = New-LocalFile
        $first = Add-BoxFileVersion 900000001 $path

        (Add-BoxFileVersion 900000001 $path).VersionId | Should -Be $first.VersionId
        (Get-EmulatorStat).uploads.boxVersions | Should -Be 1

        (Add-BoxFileVersion 900000001 $path -Force).VersionId | Should -Not -Be $first.VersionId
        (Get-EmulatorStat).uploads.boxVersions | Should -Be 2
    }

    It 'sets the name and the modification date in Box' {
        $name = "Gr$([char]0xF6)$([char]0xDF)e $([char]0x62A5)$([char]0x544A).pdf"

        $added = Add-BoxFileVersion 900000001 (New-LocalFile) -Name $name -ModifiedAt '2024-02-29T12:00:00Z'

        $added.Name | Should -BeExactly $name
        $details = Invoke-RestMethod "$((Get-Emulator).Api)/2.0/files/900000001?fields=content_modified_at" -Headers @{ Authorization = 'Bearer box-token' }
        ([datetimeoffset]$details.content_modified_at).UtcDateTime | Should -Be ([datetime]'2024-02-29T12:00:00')
    }

    It 'reports a conflict if the file does not have the given tag' {
        Add-BoxFileVersion 900000001 (New-LocalFile) -IfMatch 7777 -ErrorVariable failure -ErrorAction SilentlyContinue

        $failure[0].FullyQualifiedErrorId | Should -BeLike 'Conflict,*'
        $failure[0].CategoryInfo.Category | Should -Be 'ResourceExists'
        (Get-EmulatorStat).uploads.boxVersions | Should -Be 0
    }

    It 'acts as another user' {
        $null = Add-BoxFileVersion 900000001 (New-LocalFile) -AsUser 202

        (Get-EmulatorStat).box.asUsers.'202' | Should -BeGreaterThan 1
    }

    It 'adds nothing with -WhatIf' {
        Add-BoxFileVersion 900000001 (New-LocalFile) -WhatIf

        (Get-EmulatorStat).total.requests | Should -Be 0
    }

    It 'reports <Problem> with the local path and the target file, and continues' -ForEach @(
        @{ Problem = 'a missing file'; Name = 'missing.bin'; Text = 'does not exist' }
        @{ Problem = 'a folder'; Name = '.'; Text = 'folder' }
    ) {
        $bad = Join-Path $TestDrive $Name
        $rows = [pscustomobject] @{ FileId = '900000001'; Path = $bad }, [pscustomobject] @{ FileId = '900000002'; Path = New-LocalFile }

        $added = $rows | Add-BoxFileVersion -ErrorVariable failure -ErrorAction SilentlyContinue

        $added.FileId | Should -Be '900000002'
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'FileNotReadable,*'
        $failure[0].CategoryInfo.Category | Should -Be 'ReadError'
        $failure[0].TargetObject | Should -Be '900000001'
        "$($failure[0])" | Should -BeLike "*file '900000001'*$Text*"
    }

    It 'reports a file that the user has no permission to read' -Skip:($PSVersionTable.PSEdition -eq 'Desktop' -or $IsWindows) -Tag 'needs Linux or macOS' {
        $path = New-LocalFile -Name 'Salaries.xlsx'
        & chmod 600 $path
        if ((id -u) -ne 0) {
            # The owner of the file could still read it.
            & chmod 000 $path
        }

        $said = Invoke-UnprivilegedPowerShell @"
            Add-BoxFileVersion 900000001 '$path' -ErrorAction SilentlyContinue -ErrorVariable failure
            `$failure | ForEach-Object { "`$(`$_.FullyQualifiedErrorId) `$(`$_.TargetObject) `$_" }
"@

        $said | Should -BeLike "FileNotReadable,* 900000001 Could not add '$path' to file '900000001'. *permission*"
        (Get-EmulatorStat).uploads.boxVersions | Should -Be 0
    }

    It 'reports a file that another program has locked' {
        $path = New-LocalFile
        $other = [IO.File]::Open($path, 'Open', 'ReadWrite', 'None')
        try {
            Add-BoxFileVersion 900000001 $path -ErrorVariable failure -ErrorAction SilentlyContinue
        }
        finally {
            $other.Dispose()
        }

        $failure[0].FullyQualifiedErrorId | Should -BeLike 'FileNotReadable,*'
        "$($failure[0])" | Should -BeLike '*another program*'
        (Get-EmulatorStat).uploads.boxVersions | Should -Be 0
    }

    It 'adds an empty file' {
        $added = Add-BoxFileVersion 900000001 (New-LocalFile -Size 0)

        $added.Size | Should -Be 0
        $added.Sha1 | Should -Be 'da39a3ee5e6b4b0d3255bfef95601890afd80709'
    }

    It 'adds a file whose name contains non-Latin characters' {
        $path = New-LocalFile -Name "Gr$([char]0xF6)$([char]0xDF)e $([char]0x62A5)$([char]0x544A) $([char]0x043E)$([char]0x0442).pdf"

        (Add-BoxFileVersion 900000001 $path).Sha1 | Should -Be (Get-Sha1 $path)
    }

    It 'adds no version if the local file changes during the upload' {
        Set-Emulator @{ latencyMs = 200 }
        $path = New-LocalFile -Size 60000000
        $shell, $running = Start-LongUpload $path

        [IO.File]::AppendAllText($path, 'a late change')
        $shell.EndInvoke($running) | Should -BeNullOrEmpty

        $shell.Streams.Error[0].FullyQualifiedErrorId | Should -BeLike 'FileNotReadable,*'
        $shell.Streams.Error[0].TargetObject | Should -Be '900000001'
        $stat = (Get-EmulatorStat).uploads
        $stat.sessionsOpened, $stat.sessionsOpen, $stat.boxVersions | Should -Be 1, 0, 0
    }

    It 'rejects a path outside the file system' {
        Add-BoxFileVersion 900000001 'env:PATH' -ErrorVariable failure -ErrorAction SilentlyContinue

        $failure[0].FullyQualifiedErrorId | Should -BeLike 'FileNotReadable,*'
    }

    It 'stops with a terminating error if the account is rejected' {
        $null = Connect-BoxAccount -AccessToken box-expired -BaseUri (Get-Emulator).Api

        { Add-BoxFileVersion 900000001 (New-LocalFile) } | Should -Throw -ErrorId 'AuthenticationFailed,*'
    }

    It 'aborts the upload session when the command is stopped' {
        Set-Emulator @{ latencyMs = 100 }
        $path = New-LocalFile -Size 60000000
        $shell, $running = Start-LongUpload $path

        $shell.Stop()
        { $shell.EndInvoke($running) } | Should -Throw

        $stat = (Get-EmulatorStat).uploads
        $stat.parts | Should -BeGreaterThan 0
        $stat.sessionsOpened | Should -Be 1
        $stat.sessionsOpen | Should -Be 0
        $stat.boxVersions | Should -Be 0
    }

    It 'supports the round trip of saving, adding, listing, restoring and removing' {
        $old = Get-BoxFileVersion 12345 -IncludeCurrent -Limit 1
        $file = $old | Save-BoxFileVersion -Destination (Join-Path $TestDrive trip) -PassThru
        Add-Content -LiteralPath $file.FullName -Value 'edited'

        $added = Add-BoxFileVersion 12345 $file.FullName
        $listed = Get-BoxFileVersion 12345 -IncludeCurrent

        $listed[0].VersionId | Should -Be $added.VersionId
        $listed[0].Sha1 | Should -Be (Get-Sha1 $file.FullName)
        $listed[1].VersionId | Should -Be $old.VersionId

        $restored = $listed[1] | Restore-BoxFileVersion
        $restored.Sha1 | Should -Be $old.Sha1
        $restored.IsCurrent | Should -BeTrue

        $added | Remove-BoxFileVersion -Force
        (Get-BoxFileVersion 12345 | Where-Object VersionId -EQ $added.VersionId).State | Should -Be 'trashed'
        (Invoke-Emulator GET files/box/12345).current.sha1 | Should -Be $old.Sha1
    }
}
