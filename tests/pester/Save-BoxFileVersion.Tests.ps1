BeforeAll {
    . "$PSScriptRoot/common.ps1"

    function Get-Truth {
        # Returns the versions of a file in the emulator: current, versions and trashed, each with id, name, size and sha1.
        param([string] $FileId)

        Invoke-Emulator GET "files/box/$FileId"
    }

    function Get-Everything {
        # Returns the names of all files below a folder, including hidden and temporary ones.
        param([string] $Path)

        [IO.Directory]::GetFiles($Path, '*', [IO.SearchOption]::AllDirectories) |
            ForEach-Object { $_.Substring($Path.Length).TrimStart([char[]]'\/') }
    }

    function Start-InRunspace {
        # Runs a script in a separate runspace, which can be stopped as by Ctrl+C.
        param([string] $Script, [hashtable] $Variable = @{})

        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$(Get-RepositoryPath 'out/FileVersions/FileVersions.psd1')'").Invoke()
        foreach ($name in $Variable.Keys) {
            $shell.Runspace.SessionStateProxy.SetVariable($name, $Variable[$name])
        }
        $shell.Commands.Clear()
        $null = $shell.AddScript($Script)
        @{ Shell = $shell; Run = $shell.BeginInvoke() }
    }

    function Wait-For {
        # Waits until a condition is true. Returns false after 20 seconds.
        param([scriptblock] $Condition)

        $clock = [Diagnostics.Stopwatch]::StartNew()
        while ($clock.ElapsedMilliseconds -lt 20000) {
            if (& $Condition) {
                return $true
            }
            Start-Sleep -Milliseconds 20
        }
        $false
    }
}

Describe 'Save-BoxFileVersion' {
    BeforeEach {
        Reset-Emulator
        $connection = Connect-BoxAccount -AccessToken box-token -BaseUri (Get-Emulator).Api -PassThru
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
    }

    AfterAll {
        Reset-Emulator
        Disconnect-BoxAccount
    }

    Context 'from its input' {
        It 'saves every version that Get-BoxFileVersion returns, with exact content and a name that contains the id' {
            $saved = Get-BoxFileVersion 12345 | Save-BoxFileVersion -Destination $folder -PassThru

            $truth = (Get-Truth 12345).versions
            $saved | Should -HaveCount 25
            $saved | Should -BeOfType IO.FileInfo
            for ($i = 0; $i -lt 25; $i++) {
                $extension = [IO.Path]::GetExtension($truth[$i].name)
                $stem = [IO.Path]::GetFileNameWithoutExtension($truth[$i].name)
                $saved[$i].Name | Should -BeExactly "$stem (version $($truth[$i].id))$extension"
                $saved[$i].Length | Should -Be $truth[$i].size
                Get-Sha1 $saved[$i].FullName | Should -Be $truth[$i].sha1
            }
            Get-Everything $folder | Should -HaveCount 25
        }

        It 'does not request properties that the piped version has' {
            Get-BoxFileVersion 12345 -Limit 10 | Save-BoxFileVersion -Destination $folder

            $kinds = (Get-EmulatorStat).box.byKind
            $kinds.content | Should -Be 10
            $kinds.PSObject.Properties.Name | Should -Be @('content', 'list')
        }

        It 'requests the properties of a version once if only its ids are given' {
            $truth = (Get-Truth 12345).versions[3]

            $saved = Save-BoxFileVersion -FileId 12345 -VersionId $truth.id -Destination $folder -PassThru

            Get-Sha1 $saved.FullName | Should -Be $truth.sha1
            (Get-EmulatorStat).box.byKind.one | Should -Be 1
        }

        It 'accepts the web address of a file' {
            $truth = (Get-Truth 12345).versions[0]

            $saved = Save-BoxFileVersion 'https://acme.app.box.com/file/12345?s=x' $truth.id -Destination $folder -PassThru

            Get-Sha1 $saved.FullName | Should -Be $truth.sha1
        }

        It 'saves the current version' {
            $saved = Get-BoxFileVersion 12345 -IncludeCurrent -Limit 1 | Save-BoxFileVersion -Destination $folder -PassThru

            Get-Sha1 $saved.FullName | Should -Be (Get-Truth 12345).current.sha1
        }

        It 'accepts versions that were <_>, without further requests' -ForEach 'exported to CSV', 'exported as CLIXML', 'made of note properties', 'given note properties' {
            $versions = Get-BoxFileVersion 12345 -Limit 3
            $path = Join-Path $TestDrive "$([guid]::NewGuid())"
            $again = switch ($_) {
                'exported to CSV' {
                    $versions | Export-Csv -Path $path -NoTypeInformation
                    Import-Csv -Path $path
                }
                'exported as CLIXML' {
                    $versions | Export-Clixml -Path $path
                    Import-Clixml -Path $path
                }
                'made of note properties' { $versions | Select-Object FileId, VersionId, Name, Sha1, Size }
                'given note properties' { $versions | Add-Member -NotePropertyName Remark -NotePropertyValue 'x' -PassThru }
            }

            $saved = $again | Save-BoxFileVersion -Destination $folder -PassThru

            $saved | ForEach-Object { Get-Sha1 $_.FullName } | Should -Be (Get-Truth 12345).versions[0..2].sha1
            (Get-EmulatorStat).box.byKind.PSObject.Properties.Name | Should -Not -Contain 'one'
        }

        It 'returns files in input order, whatever the order of their downloads' {
            Set-Emulator @{ latencyJitterMs = 60; seed = 7 }

            $versions = Get-BoxFileVersion 12345
            $saved = $versions | Save-BoxFileVersion -Destination $folder -PassThru

            $saved | ForEach-Object { $_.Name -replace '^.*\(version (\d+)\).*$', '$1' } | Should -Be $versions.VersionId
        }

        It 'has no more downloads in flight than -ThrottleLimit <_>' -ForEach 1, 3 {
            Set-Emulator @{ bodyDelayMs = 30 }

            Get-BoxFileVersion 12345 | Save-BoxFileVersion -Destination $folder -ThrottleLimit $_

            $stat = Get-EmulatorStat
            $stat.download.peakInFlight | Should -BeLessOrEqual $_
            $stat.download.peakInFlight + $stat.box.peakInFlight | Should -BeGreaterThan 0
            $stat.download.requests | Should -Be 25
        }

        It 'sends the As-User header to Box only' {
            Get-BoxFileVersion 12345 -Limit 2 | Save-BoxFileVersion -Destination $folder -AsUser 777

            (Get-EmulatorStat).box.asUsers.'777' | Should -Be 2
            (Get-EmulatorStat).download.asUsers.PSObject.Properties | Should -BeNullOrEmpty
        }

        It 'follows the redirect without sending the credential' {
            Get-BoxFileVersion 12345 | Save-BoxFileVersion -Destination $folder

            $stat = Get-EmulatorStat
            $stat.download.requests | Should -Be 25
            $stat.total.credentialLeaks | Should -Be 0
        }

        It 'does not follow a redirect to plain http on another computer' {
            Set-Emulator @{ redirectHost = 'files.example.com' }

            Get-BoxFileVersion 12345 -Limit 1 | Save-BoxFileVersion -Destination $folder -ErrorAction SilentlyContinue -ErrorVariable failure

            $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidResponse,*'
            "$($failure[0])" | Should -BeLike '*does not use https*'
        }

        It 'waits while Box responds with 202' {
            Set-Emulator @{ notReady = 2; notReadyRetryAfterSec = 1 }

            $verbose = Get-BoxFileVersion 12345 -Limit 3 | Save-BoxFileVersion -Destination $folder -Verbose 4>&1

            Get-Everything $folder | Should -HaveCount 3
            (Get-EmulatorStat).box.byStatus.'202' | Should -Be 6
            @($verbose | Where-Object { "$_" -like 'Waiting*202 (Accepted)*' }) | Should -HaveCount 6
        }

        It 'sets the file date to the date of the version' {
            $version = Get-BoxFileVersion 12345 -Limit 1
            $saved = $version | Save-BoxFileVersion -Destination $folder -PassThru

            $saved.LastWriteTimeUtc | Should -Be $version.ModifiedAt.UtcDateTime
        }

        It 'reads the date from a CSV file written under the culture ''<_>'', without further requests' -ForEach 'en-US', 'en-GB', 'de-DE', 'tr-TR', 'th-TH', 'fa-IR', 'dz-BT', '' {
            $here = [cultureinfo]::CurrentCulture
            $version = Get-BoxFileVersion 12345 -Limit 1
            try {
                [cultureinfo]::CurrentCulture = [cultureinfo]::GetCultureInfo($_)
                $saved = $version | ConvertTo-Csv | ConvertFrom-Csv | Save-BoxFileVersion -Destination $folder -PassThru
            }
            finally {
                [cultureinfo]::CurrentCulture = $here
            }

            ($version.ModifiedAt.UtcDateTime - $saved.LastWriteTimeUtc).TotalSeconds | Should -BeIn (0..1)
            (Get-EmulatorStat).box.byKind.PSObject.Properties.Name | Should -Not -Contain 'one'
        }

        It 'requests a date that was written under ''<Written>'' and is ambiguous under ''<Read>''' -ForEach @(
            @{ Written = 'de-DE'; Read = 'en-US' }
            @{ Written = 'en-US'; Read = 'de-DE' }
            @{ Written = 'en-AU'; Read = 'en-US' }
            @{ Written = 'th-TH'; Read = 'en-US' }
            @{ Written = ''; Read = 'en-US' }
        ) {
            $here = [cultureinfo]::CurrentCulture
            $version = Get-BoxFileVersion 12345 -Limit 1
            try {
                [cultureinfo]::CurrentCulture = [cultureinfo]::GetCultureInfo($Written)
                $text = $version | ConvertTo-Csv
                [cultureinfo]::CurrentCulture = [cultureinfo]::GetCultureInfo($Read)
                $saved = $text | ConvertFrom-Csv | Save-BoxFileVersion -Destination $folder -PassThru
            }
            finally {
                [cultureinfo]::CurrentCulture = $here
            }

            $saved.LastWriteTimeUtc | Should -Be $version.ModifiedAt.UtcDateTime
            (Get-EmulatorStat).box.byKind.one | Should -Be 1
        }

        It 'reads the date <_>' -ForEach 'as ISO 8601', 'as ISO 8601 in UTC', 'from JSON', 'from CLIXML, alone' {
            $here = [cultureinfo]::CurrentCulture
            $version = Get-BoxFileVersion 12345 -Limit 1
            $ids = 'FileId', 'VersionId', 'Name', 'Sha1', 'Size'
            try {
                [cultureinfo]::CurrentCulture = [cultureinfo]::GetCultureInfo('de-DE')
                $again = switch ($_) {
                    'as ISO 8601' { $version | Select-Object ($ids + @{ n = 'ModifiedAt'; e = { $_.ModifiedAt.ToString('o') } }) }
                    'as ISO 8601 in UTC' { $version | Select-Object ($ids + @{ n = 'ModifiedAt'; e = { $_.ModifiedAt.UtcDateTime.ToString('o') } }) }
                    'from JSON' { $version | Select-Object ($ids + 'ModifiedAt') | ConvertTo-Json | ConvertFrom-Json }
                    'from CLIXML, alone' {
                        [Management.Automation.PSSerializer]::Deserialize(
                            [Management.Automation.PSSerializer]::Serialize(($version | Select-Object ($ids + 'ModifiedAt'))))
                    }
                }
                $saved = $again | Save-BoxFileVersion -Destination $folder -PassThru
            }
            finally {
                [cultureinfo]::CurrentCulture = $here
            }

            $saved.LastWriteTimeUtc | Should -Be $version.ModifiedAt.UtcDateTime
            (Get-EmulatorStat).box.byKind.PSObject.Properties.Name | Should -Not -Contain 'one'
        }

        It 'saves an empty version' {
            $null = Invoke-Emulator POST files @{ service = 'box'; id = '800'; versions = @(@{ id = '81'; name = 'empty.txt'; size = 0 }) }

            $saved = Get-BoxFileVersion 800 | Save-BoxFileVersion -Destination $folder -PassThru

            $saved.Length | Should -Be 0
        }

        It 'continues after a version that does not exist' {
            $versions = @(Get-BoxFileVersion 12345 -Limit 2)

            $saved = @($versions[0]; [pscustomobject]@{ FileId = '12345'; VersionId = '4711' }; $versions[1]) |
                Save-BoxFileVersion -Destination $folder -PassThru -ErrorAction SilentlyContinue -ErrorVariable failure

            $saved | Should -HaveCount 2
            $failure | Should -HaveCount 1
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'FileVersionNotFound,*'
            $failure[0].TargetObject | Should -Be '12345'
            $failure[0].Exception.VersionId | Should -Be '4711'
        }

        It 'rejects the invalid id ''<_>''' -ForEach '', ' ', '..', "a`nb" {
            Save-BoxFileVersion -FileId $_ -VersionId 1 -Destination $folder -ErrorAction SilentlyContinue -ErrorVariable failure

            $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
            (Get-EmulatorStat).total.requests | Should -Be 0
        }
    }

    Context 'with -Destination' {
        BeforeEach {
            $version = Get-BoxFileVersion 12345 -Limit 1
        }

        It 'creates missing folders' {
            $saved = $version | Save-BoxFileVersion -Destination (Join-Path $folder 'a/b/c') -PassThru

            $saved.DirectoryName | Should -Be (Join-Path $folder (Join-Path a (Join-Path b c)))
        }

        It 'treats it as a folder, whatever its name: <_>' -ForEach 'bk.2026.11.21', 'data.d/', 'plan.pdf' {
            $saved = $version | Save-BoxFileVersion -Destination "$folder/$_" -PassThru

            $saved.DirectoryName | Should -Be (Join-Path $folder $_.TrimEnd('/'))
        }

        It 'resolves it relative to the current location, which is the default' {
            $null = New-Item -ItemType Directory -Path $folder
            Push-Location -LiteralPath $folder
            try {
                $one = $version | Save-BoxFileVersion -PassThru
                $other = $version | Save-BoxFileVersion -Destination 'below' -PassThru
            }
            finally {
                Pop-Location
            }

            $one.DirectoryName | Should -Be $folder
            $other.DirectoryName | Should -Be (Join-Path $folder 'below')
        }

        It 'accepts brackets and PowerShell drives' {
            $null = New-PSDrive -Name saving -PSProvider FileSystem -Root $TestDrive
            $saved = $version | Save-BoxFileVersion -Destination 'saving:\in [brackets]' -PassThru

            $saved.DirectoryName | Should -Be (Join-Path (Get-Item $TestDrive).FullName 'in [brackets]')
        }

        It 'never resolves a path that begins with backslashes against the folder of the process' -Skip:($PSVersionTable.PSEdition -eq 'Desktop' -or $IsWindows) -Tag 'needs Linux or macOS' {
            $root = (Get-Item $TestDrive).FullName
            $saved = $version | Save-BoxFileVersion -Destination ("$root/share" -replace '^/', '//' -replace '/', '\') -PassThru

            $saved.DirectoryName | Should -Be "$root/share"
        }

        It 'rejects a path outside the file system' {
            { $version | Save-BoxFileVersion -Destination 'Env:\x' } | Should -Throw -ErrorId 'InvalidRequest,*'
        }

        It 'rejects an invalid path' {
            { $version | Save-BoxFileVersion -Destination "bad`0name" } | Should -Throw -ErrorId 'InvalidRequest,*' -ExpectedMessage "'bad?name'*"
            { $version | Save-BoxFileVersion -Destination "bad`0name" } | Should -Throw -ExceptionType ([FileVersions.FileVersionException])
        }
    }

    Context 'with -OutFile' {
        BeforeEach {
            $version = Get-BoxFileVersion 12345 -Limit 1
        }

        It 'saves a version to a file and creates its folder, whatever the name of the file: <_>' -ForEach 'plan.pdf', 'plan' {
            $path = Join-Path $folder "sub/$_"

            $saved = $version | Save-BoxFileVersion -OutFile $path -PassThru

            $saved.FullName | Should -Be ([IO.Path]::GetFullPath($path))
            Get-Sha1 $saved.FullName | Should -Be $version.Sha1
            Get-Everything $folder | Should -HaveCount 1
        }

        It 'reports an error for a second version and keeps the first' {
            $versions = @(Get-BoxFileVersion 12345 -Limit 3)
            $path = Join-Path $folder 'one.csv'

            $versions | Save-BoxFileVersion -OutFile $path -ErrorAction SilentlyContinue -ErrorVariable failure

            $failure | Should -HaveCount 2
            $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
            Get-Sha1 $path | Should -Be $versions[0].Sha1
        }

        It 'rejects a folder' {
            { $version | Save-BoxFileVersion -OutFile "$folder/" } | Should -Throw -ErrorId 'InvalidRequest,*'
        }
    }

    Context 'with -Tree' {
        BeforeEach {
            $versions = @(Get-BoxFileVersion 12345 -Limit 2 | ForEach-Object {
                    [pscustomobject]@{ FileId = $_.FileId; VersionId = $_.VersionId; Name = $_.Name; Size = $_.Size; Sha1 = $_.Sha1; ModifiedAt = $_.ModifiedAt; FilePath = "/Reports/2026/$($_.VersionId).csv" }
                })
        }

        It 'saves each version in the folder of its file under the name of the version, and downloads nothing in a second run' {
            $saved = $versions | Save-BoxFileVersion -Destination $folder -Tree -PassThru
            Clear-EmulatorStat
            $again = $versions | Save-BoxFileVersion -Destination $folder -Tree -PassThru

            $saved.FullName | Should -Be ($versions | ForEach-Object { Join-Path (Split-Path (Join-Path $folder $_.FilePath)) $_.Name })
            $saved | ForEach-Object { Get-Sha1 $_.FullName } | Should -Be $versions.Sha1
            $again.FullName | Should -Be $saved.FullName
            (Get-EmulatorStat).total.requests | Should -Be 0
        }

        It 'rejects a second version for the same path and keeps the first, even with -Force' {
            $versions[1].FilePath = $versions[0].FilePath
            $versions[1].Name = $versions[0].Name

            $versions | Save-BoxFileVersion -Destination $folder -Tree -Force -ErrorAction SilentlyContinue -ErrorVariable failure

            $failure | Should -HaveCount 1
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
            $failure[0].Exception.VersionId | Should -Be $versions[1].VersionId
            Get-Sha1 (Join-Path (Split-Path (Join-Path $folder $versions[0].FilePath)) $versions[0].Name) | Should -Be $versions[0].Sha1
        }

        It 'never writes outside the destination: <_>' -ForEach '/../escaped.csv', '/a/../../escaped.csv', '..', '//server/share/x.csv' {
            $versions[0].FilePath = $_

            $versions[0] | Save-BoxFileVersion -Destination (Join-Path $folder 'inner') -Tree -ErrorAction SilentlyContinue -ErrorVariable failure

            $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
            Test-Path -LiteralPath $folder | Should -BeFalse
        }
    }

    Context 'choosing file names' {
        It 'converts a name that is unsafe or invalid on Windows or Linux to ''<Expected>''' -ForEach @(
            @{ Name = '../../x'; Expected = 'x (version 5)' }
            @{ Name = '..\..\x.txt'; Expected = 'x (version 5).txt' }
            @{ Name = '/etc/passwd'; Expected = 'passwd (version 5)' }
            @{ Name = 'C:\Windows\system.ini'; Expected = 'system (version 5).ini' }
            @{ Name = '..'; Expected = 'file (version 5)' }
            @{ Name = '.'; Expected = 'file (version 5)' }
            @{ Name = ' '; Expected = 'file (version 5)' }
            @{ Name = 'CON'; Expected = 'CON (version 5)' }
            @{ Name = 'CON.tar.gz'; Expected = '_CON.tar (version 5).gz' }
            @{ Name = 'com1.a.txt'; Expected = '_com1.a (version 5).txt' }
            @{ Name = 'a:b?.txt'; Expected = 'a_b_ (version 5).txt' }
            @{ Name = "new`nline`0.txt"; Expected = 'new_line_ (version 5).txt' }
            @{ Name = 'dots and blanks. . '; Expected = 'dots and blanks (version 5)' }
            @{ Name = 'blank .txt '; Expected = 'blank (version 5).txt' }
            @{ Name = '.gitignore'; Expected = '.gitignore (version 5)' }
            @{ Name = '見積書 Größe.xlsx'; Expected = '見積書 Größe (version 5).xlsx' }
            @{ Name = "photo$([char]0x202E)gpj.exe"; Expected = 'photo_gpj (version 5).exe' }
            @{ Name = 'plain'; Expected = 'plain (version 5)' }
        ) {
            $null = Invoke-Emulator POST files @{ service = 'box'; id = '900'; versions = @(@{ id = '5'; name = $Name; size = 10 }) }

            $saved = Get-BoxFileVersion 900 | Save-BoxFileVersion -Destination $folder -PassThru

            $saved.Name | Should -BeExactly $Expected
            $saved.DirectoryName | Should -Be $folder
            Get-Everything $folder | Should -BeExactly $Expected
        }

        It 'truncates a name of 300 ''<_>'' to the limit of file systems without splitting a character' -ForEach 'x', 'é', '語', "$([char]::ConvertFromUtf32(0x1F600))" {
            $null = Invoke-Emulator POST files @{ service = 'box'; id = '901'; versions = @(@{ id = '5'; name = ($_ * 300) + '.pdf'; size = 10 }) }

            $saved = Get-BoxFileVersion 901 | Save-BoxFileVersion -Destination $folder -PassThru

            $saved.Name | Should -BeLike '* (version 5).pdf'
            [Text.Encoding]::UTF8.GetByteCount($saved.Name) | Should -BeIn (252..255)
            $saved.Name.Replace($_, '') | Should -BeExactly ' (version 5).pdf'
            Get-Everything $folder | Should -HaveCount 1
        }

        It 'chooses distinct and repeatable names for files with the same name and version id' {
            foreach ($id in '903', '904', '905') {
                $null = Invoke-Emulator POST files @{ service = 'box'; id = $id; versions = @(@{ id = '5'; name = 'same.txt'; size = 1000 }) }
            }

            $saved = Get-BoxFileVersion 903, 904, 905 | Save-BoxFileVersion -Destination $folder -PassThru
            Clear-EmulatorStat
            $again = Get-BoxFileVersion 903, 904, 905 | Save-BoxFileVersion -Destination $folder -PassThru

            $saved.Name | Should -BeExactly 'same (version 5).txt', 'same (file 904, version 5).txt', 'same (file 905, version 5).txt'
            $saved | ForEach-Object { Get-Sha1 $_.FullName } | Should -Be @('903', '904', '905' | ForEach-Object { (Get-Truth $_).versions[0].sha1 })
            $again.FullName | Should -Be $saved.FullName
            (Get-EmulatorStat).download.requests | Should -Be 0
        }
    }

    Context 'with existing files' {
        It 'downloads nothing in a second run' {
            Get-BoxFileVersion 12345 | Save-BoxFileVersion -Destination $folder
            Clear-EmulatorStat

            $saved = Get-BoxFileVersion 12345 | Save-BoxFileVersion -Destination $folder -PassThru

            $saved | Should -HaveCount 25
            (Get-EmulatorStat).box.requests | Should -Be 1
            (Get-EmulatorStat).download.requests | Should -Be 0
        }

        It 'downloads a version once if the input contains it several times' {
            $version = Get-BoxFileVersion 12345 -Limit 1
            $saved = $version, $version, $version | Save-BoxFileVersion -Destination $folder -PassThru

            $saved | Should -HaveCount 3
            (Get-EmulatorStat).download.requests | Should -Be 1
        }

        It 'keeps a file with different content <_> and reports it' -ForEach 'of different length', 'of equal length' {
            $version = Get-BoxFileVersion 12345 -Limit 1
            $path = Join-Path $folder 'mine.txt'
            $null = New-Item -ItemType Directory -Path $folder
            $length = if ($_ -eq 'of different length') { 3 } else { $version.Size }
            Set-Content -LiteralPath $path -Value ('m' * $length) -NoNewline

            $version | Save-BoxFileVersion -OutFile $path -ErrorAction SilentlyContinue -ErrorVariable failure

            Get-Content -LiteralPath $path -Raw | Should -BeExactly ('m' * $length)
            $failure | Should -HaveCount 1
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'TargetExists,*'
            $failure[0].CategoryInfo.Category | Should -Be 'ResourceExists'
            (Get-EmulatorStat).download.requests | Should -Be 0
        }

        It 'checks a file with <_> content that another process created during the download' -ForEach 'the same', 'other' {
            $version = Get-BoxFileVersion 12345 -Limit 1
            $content = ($version | Save-BoxFileVersion -Destination (Join-Path $folder 'before') -PassThru).FullName
            $path = Join-Path $folder 'mine.txt'
            Add-EmulatorFault @{ service = 'download'; action = 'delay'; delayMs = 1500 }
            $job = Start-InRunspace -Variable @{ connection = $connection; version = $version; path = $path } -Script {
                $version | Save-BoxFileVersion -OutFile $path -Connection $connection -PassThru
            }
            Wait-For { (Get-Everything $folder) -like '*.partial' } | Should -BeTrue
            if ($_ -eq 'the same') {
                Copy-Item -LiteralPath $content -Destination $path
            }
            else {
                Set-Content -LiteralPath $path -Value 'mine'
            }

            $saved = $job.Shell.EndInvoke($job.Run)

            if ($_ -eq 'the same') {
                $job.Shell.Streams.Error | Should -BeNullOrEmpty
                $saved.FullName | Should -Be $path
            }
            else {
                $job.Shell.Streams.Error[0].CategoryInfo.Category | Should -Be 'ResourceExists'
                Get-Content -LiteralPath $path | Should -Be 'mine'
            }
            Get-Everything $folder | Should -Not -BeLike '*.partial'
            $job.Shell.Dispose()
        }

        It 'can run several times concurrently for the same versions, <_>' -ForEach 'without -Force', 'with -Force' {
            $force = $_ -eq 'with -Force'
            $jobs = 1..4 | ForEach-Object {
                Start-InRunspace -Variable @{ connection = $connection; folder = $folder; force = $force } -Script {
                    Get-BoxFileVersion 12345 -Connection $connection |
                        Save-BoxFileVersion -Destination $folder -Connection $connection -PassThru -Force:$force
                }
            }

            foreach ($job in $jobs) {
                $saved = $job.Shell.EndInvoke($job.Run)
                "$($job.Shell.Streams.Error)" | Should -BeNullOrEmpty
                $saved | Should -HaveCount 25
                $job.Shell.Dispose()
            }
            $truth = (Get-Truth 12345).versions
            Get-Everything $folder | ForEach-Object { Get-Sha1 (Join-Path $folder $_) } | Sort-Object | Should -Be ($truth.sha1 | Sort-Object)
        }

        It 'replaces an existing file with -Force' {
            $version = Get-BoxFileVersion 12345 -Limit 1
            $path = Join-Path $folder 'mine.txt'
            $null = New-Item -ItemType Directory -Path $folder
            Set-Content -LiteralPath $path -Value 'mine'

            $version | Save-BoxFileVersion -OutFile $path -Force

            Get-Sha1 $path | Should -Be $version.Sha1
            Get-Everything $folder | Should -HaveCount 1
        }

        It 'never writes through a link' -Skip:($PSVersionTable.PSEdition -eq 'Desktop' -or $IsWindows) -Tag 'needs Linux or macOS' {
            $outside = Join-Path $TestDrive "$([guid]::NewGuid()).txt"
            Set-Content -LiteralPath $outside -Value 'outside'
            $null = New-Item -ItemType Directory -Path $folder
            $version = Get-BoxFileVersion 12345 -Limit 1
            $null = New-Item -ItemType SymbolicLink -Path (Join-Path $folder 'mine.txt') -Target $outside

            $version | Save-BoxFileVersion -OutFile (Join-Path $folder 'mine.txt') -Force

            Get-Content -LiteralPath $outside | Should -Be 'outside'
            Get-Sha1 (Join-Path $folder 'mine.txt') | Should -Be $version.Sha1
        }

        It 'reports a folder that has the name of the target file' {
            $version = Get-BoxFileVersion 12345 -Limit 1
            $name = "data (version $($version.VersionId)).csv"
            $null = New-Item -ItemType Directory -Path (Join-Path $folder $name)

            $version | Save-BoxFileVersion -Destination $folder -Force -ErrorAction SilentlyContinue -ErrorVariable failure

            $failure[0].CategoryInfo.Category | Should -Be 'WriteError'
            $failure[0].TargetObject | Should -Be '12345'
        }
    }

    Context 'after failed downloads' {
        BeforeEach {
            $null = Invoke-Emulator POST files @{ service = 'box'; id = '777'; versions = @(@{ id = '71'; name = 'big.bin'; size = 3000000 }) }
            $version = Get-BoxFileVersion 777
            $download = @{ service = 'download'; times = 1 }
        }

        It 'saves the exact content after 20 cuts at random positions' {
            $random = [Random]::new(20261121)
            $cuts = 1..20 | ForEach-Object { $download + @{ action = 'cutBodyAfter'; bytes = $random.Next(1, 140000); reset = $_ % 2 -eq 0 } }
            $null = Invoke-Emulator POST faults $cuts

            $saved = $version | Save-BoxFileVersion -Destination $folder -PassThru

            Get-Sha1 $saved.FullName | Should -Be $version.Sha1
            $stat = (Get-EmulatorStat).download
            $stat.faulted | Should -Be 20
            $stat.requests | Should -Be 21
            $stat.byStatus.'206' | Should -BeGreaterThan 15
            $stat.bytesSent | Should -BeLessThan 4000000
            Get-Everything $folder | Should -HaveCount 1
        }

        It 'restarts if the server does not support ranges' {
            Set-Emulator @{ ranges = $false }
            $random = [Random]::new(7)
            $cuts = 1..4 | ForEach-Object { $download + @{ action = 'cutBodyAfter'; bytes = $random.Next(1, 2900000) } }
            $null = Invoke-Emulator POST faults $cuts

            $saved = $version | Save-BoxFileVersion -Destination $folder -PassThru

            Get-Sha1 $saved.FullName | Should -Be $version.Sha1
            (Get-EmulatorStat).download.byStatus.'206' | Should -BeNullOrEmpty
            Get-Everything $folder | Should -HaveCount 1
        }

        It 'requests a new URL if the old one expires during the download' {
            Set-Emulator @{ linkLifeMs = 1500 }
            $null = Invoke-Emulator POST faults @(
                $download + @{ action = 'cutBodyAfter'; bytes = 1000000 }
                $download + @{ action = 'retryAfter'; status = 503; retryAfter = '2' }
            )

            $saved = $version | Save-BoxFileVersion -Destination $folder -PassThru

            Get-Sha1 $saved.FullName | Should -Be $version.Sha1
            (Get-EmulatorStat).box.byKind.content | Should -Be 2
            (Get-EmulatorStat).download.byStatus.'404' | Should -Be 1
            (Get-EmulatorStat).download.byStatus.'206' | Should -Be 1
        }

        It 'resumes a download that stalled' {
            $patient = Connect-BoxAccount -AccessToken box-token -BaseUri (Get-Emulator).Api -TimeoutSec 1 -PassThru
            $null = Invoke-Emulator POST faults ($download + @{ action = 'stallBodyAfter'; bytes = 1200000 })

            $saved = $version | Save-BoxFileVersion -Destination $folder -PassThru -Connection $patient

            Get-Sha1 $saved.FullName | Should -Be $version.Sha1
            (Get-EmulatorStat).download.byStatus.'206' | Should -BeGreaterOrEqual 1
        }

        It 'applies the timeout to each read rather than to the whole download' {
            $patient = Connect-BoxAccount -AccessToken box-token -BaseUri (Get-Emulator).Api -TimeoutSec 4 -PassThru
            Set-Emulator @{ bodyDelayMs = 2200 }
            Add-EmulatorFault ($download + @{ action = 'delay'; delayMs = 2200 })

            $saved = $version | Save-BoxFileVersion -Destination $folder -PassThru -Connection $patient

            Get-Sha1 $saved.FullName | Should -Be $version.Sha1
            (Get-EmulatorStat).download.requests | Should -Be 1
        }

        It 'fails without leaving a file if the content is wrong twice' {
            $null = Invoke-Emulator POST faults @{ service = 'download'; action = 'replaceBody'; body = 'x' * 3000000 }

            $version | Save-BoxFileVersion -Destination $folder -ErrorAction SilentlyContinue -ErrorVariable failure

            $failure | Should -HaveCount 1
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidResponse,*'
            "$($failure[0])" | Should -BeLike '*SHA-1*'
            $failure[0].CategoryInfo.Category | Should -Be 'InvalidData'
            (Get-EmulatorStat).download.requests | Should -Be 2
            Get-Everything $folder | Should -BeNullOrEmpty
        }

        It 'downloads the content again if the first attempt returned wrong content' {
            $null = Invoke-Emulator POST faults ($download + @{ action = 'replaceBody'; body = 'x' * 3000000 })

            $saved = $version | Save-BoxFileVersion -Destination $folder -PassThru

            Get-Sha1 $saved.FullName | Should -Be $version.Sha1
        }

        It 'does not save a web page in place of the content' {
            $null = Invoke-Emulator POST faults @{ service = 'download'; action = 'html' }

            $version | Save-BoxFileVersion -Destination $folder -ErrorAction SilentlyContinue -ErrorVariable failure

            $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidResponse,*'
            Get-Everything $folder | Should -BeNullOrEmpty
        }

        It 'stops an endless response before it fills the disk' {
            $null = Invoke-Emulator POST faults @{ service = 'download'; action = 'endlessBody' }

            $version | Save-BoxFileVersion -Destination $folder -ErrorAction SilentlyContinue -ErrorVariable failure

            $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidResponse,*'
            Get-Everything $folder | Should -BeNullOrEmpty
            Wait-EmulatorIdle | Should -BeTrue
            (Get-EmulatorStat).download.requests | Should -Be 2
        }

        It 'fails after all retries, names the version, and leaves no file' {
            $few = Connect-BoxAccount -AccessToken box-token -BaseUri (Get-Emulator).Api -MaximumRetryCount 2 -PassThru
            $null = Invoke-Emulator POST faults @{ service = 'download'; action = 'status'; status = 503 }

            $version | Save-BoxFileVersion -Destination $folder -Connection $few -ErrorAction SilentlyContinue -ErrorVariable failure

            $failure[0].FullyQualifiedErrorId | Should -BeLike 'ServiceUnavailable,*'
            $failure[0].Exception.VersionId | Should -Be '71'
            (Get-EmulatorStat).download.requests | Should -Be 3
            Get-Everything $folder | Should -BeNullOrEmpty
        }

        It 'continues if the download host rejects one version' {
            $null = Invoke-Emulator POST faults @{ service = 'download'; action = 'status'; status = 403; times = 2 }

            $saved = @($version) + @(Get-BoxFileVersion 12345 -Limit 1) |
                Save-BoxFileVersion -Destination $folder -ThrottleLimit 1 -PassThru -ErrorAction SilentlyContinue -ErrorVariable failure

            $failure[0].FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
            $saved | Should -HaveCount 1
        }

        It 'limits the number of redirects' {
            $null = Invoke-Emulator POST faults @{ service = 'download'; action = 'redirectTo'; location = '{download}/elsewhere' }

            $version | Save-BoxFileVersion -Destination $folder -ErrorAction SilentlyContinue -ErrorVariable failure

            $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidResponse,*'
            (Get-EmulatorStat).download.requests | Should -BeLessOrEqual 12
        }

        It 'leaves no temporary file and no download in flight after Ctrl+C' {
            $null = Invoke-Emulator POST faults @{ service = 'download'; action = 'stallBodyAfter'; bytes = 1500000 }
            $null = New-Item -ItemType Directory -Path $folder
            $job = Start-InRunspace -Variable @{ connection = $connection; folder = $folder } -Script {
                Get-BoxFileVersion 777 -Connection $connection | Save-BoxFileVersion -Destination $folder -Connection $connection
            }

            Wait-For { Get-Everything $folder } | Should -BeTrue
            $job.Shell.Stop()

            Get-Everything $folder | Should -BeNullOrEmpty
            Wait-EmulatorIdle | Should -BeTrue
            $job.Shell.InvocationStateInfo.State | Should -Be 'Stopped'
            $job.Shell.Dispose()
        }

        It 'leaves no temporary file when the pipeline ends early' {
            $null = Invoke-Emulator POST faults @{ service = 'download'; pathContains = '/777/'; action = 'stallBodyAfter'; bytes = 1500000 }
            $others = Get-BoxFileVersion 12345 -Limit 4

            $first = @($others) + @($version) | Save-BoxFileVersion -Destination $folder -PassThru | Select-Object -First 1

            Get-Sha1 $first.FullName | Should -Be $others[0].Sha1
            Get-Everything $folder | Should -Not -BeLike '*.partial'
            Wait-EmulatorIdle | Should -BeTrue
        }

        It 'removes the temporary file of a killed process, but not one that is in use' {
            $null = New-Item -ItemType Directory -Path $folder
            $left = Join-Path $folder '.fileversions-0123456789abcdef0123456789abcdef.partial'
            $busy = Join-Path $folder '.fileversions-fedcba9876543210fedcba9876543210.partial'
            Set-Content -LiteralPath $left -Value 'left'
            $stream = [IO.File]::Open($busy, 'Create', 'Write', 'None')
            try {
                $version | Save-BoxFileVersion -Destination $folder

                Test-Path -LiteralPath $left | Should -BeFalse
                Test-Path -LiteralPath $busy | Should -BeTrue
            }
            finally {
                $stream.Dispose()
            }
        }

        It 'reports a folder that cannot be created' {
            $null = New-Item -ItemType Directory -Path $folder
            Set-Content -LiteralPath (Join-Path $folder 'file') -Value 'x'

            $version | Save-BoxFileVersion -Destination (Join-Path $folder 'file/below') -ErrorAction SilentlyContinue -ErrorVariable failure

            $failure[0].FullyQualifiedErrorId | Should -BeLike 'FileNotWritable,*'
            $failure[0].CategoryInfo.Category | Should -Be 'WriteError'
            $failure[0].TargetObject | Should -Be '777'
        }
    }

    Context 'with limited permissions' {
        BeforeAll {
            function Save-Unprivileged {
                # Saves version 71 of file 777 as a user without privileges, and returns the errors.
                Invoke-UnprivilegedPowerShell @"
                    Save-BoxFileVersion 777 -VersionId 71 -Destination '$folder' -ErrorAction SilentlyContinue -ErrorVariable failure
                    `$failure | ForEach-Object { "`$(`$_.CategoryInfo.Category) `$_" }
"@
            }
        }

        BeforeEach {
            $null = Invoke-Emulator POST files @{ service = 'box'; id = '777'; versions = @(@{ id = '71'; name = 'a.bin'; size = 3000 }) }
            $null = New-Item -ItemType Directory -Path $folder
        }

        It 'saves to a folder that it can write to but not list' -Skip:($PSVersionTable.PSEdition -eq 'Desktop' -or $IsWindows) -Tag 'needs Linux or macOS' {
            & chmod 333 $folder

            Save-Unprivileged | Should -BeNullOrEmpty

            & chmod 755 $folder
            Get-Sha1 (Join-Path $folder 'a (version 71).bin') | Should -Be (Get-Truth 777).versions[0].sha1
            Get-Everything $folder | Should -HaveCount 1
        }

        It 'reports the version and the file name if the folder is not writable' -Skip:($PSVersionTable.PSEdition -eq 'Desktop' -or $IsWindows) -Tag 'needs Linux or macOS' {
            & chmod 555 $folder

            $said = Save-Unprivileged

            $said | Should -BeLike "WriteError Could not save version '71' of file '777' to '$folder/a (version 71).bin': *"
            $said | Should -Not -BeLike '*.partial*'
        }
    }

    Context 'with -WhatIf' {
        It 'sends no request and creates no folder' {
            Save-BoxFileVersion -FileId 12345 -VersionId 1 -Destination $folder -WhatIf

            (Get-EmulatorStat).total.requests | Should -Be 0
            Test-Path -LiteralPath $folder | Should -BeFalse
        }
    }
}
