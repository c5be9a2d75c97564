BeforeAll {
    . "$PSScriptRoot/common.ps1"
    Reset-Emulator
    Connect-BoxAccount -AccessToken box-token -BaseUri (Get-Emulator).Api
    Connect-IKAccount -PrivateKey private_test -BaseUri (Get-Emulator).Api

    function Get-Line {
        # Returns the output in a console of the given width, without colours.
        param([int] $Width = 100)

        ($input | Out-String -Width $Width) -replace "`e\[[0-9;]*m" -split '\r?\n' | ForEach-Object -Process { $_.TrimEnd() } | Where-Object { $_ }
    }
}

AfterAll {
    Disconnect-BoxAccount
    Disconnect-IKAccount
    Reset-Emulator
}

Describe 'The table view' {
    BeforeDiscovery {
        . "$PSScriptRoot/common.ps1"
        $types = [FileVersions.FileVersionException].Assembly.ExportedTypes.FullName
        $tables = foreach ($data in Get-FormatData -TypeName FileVersions.* -PowerShellVersion $PSVersionTable.PSVersion | Where-Object TypeName -In $types) {
            @{ Type = $data.TypeName; Control = $data.FormatViewDefinition[0].Control }
        }
    }

    It 'of <Type> has property names as column labels' -ForEach $tables {
        $Control | Should -BeOfType [Management.Automation.TableControl]
        $properties = ([type]$Type).GetProperties().Name
        $Control.Headers.Label | Where-Object { $_ -cnotin $properties } | Should -BeNullOrEmpty
    }

    It 'of <Type> has fixed column widths that fit 80 columns' -ForEach $tables {
        $fixed = @($Control.Headers | Where-Object Width -GT 0)
        ($fixed | Measure-Object -Property Width -Sum).Sum + $fixed.Count | Should -BeLessOrEqual 80
        $fixed | ForEach-Object { $_.Width | Should -BeGreaterOrEqual $_.Label.Length }
    }

    It 'is defined for versions, files, decisions and measures' {
        $names = Get-FormatData -TypeName FileVersions.* | ForEach-Object TypeName
        foreach ($name in 'Box.BoxFileVersion', 'ImageKit.IKFileVersion', 'Box.BoxFile', 'ImageKit.IKFile', 'KeepDecision', 'FileVersionMeasure') {
            $names | Should -Contain "FileVersions.$name"
        }
    }
}

Describe 'The table for <Cmdlet>' -ForEach @(
    @{ Cmdlet = 'Get-BoxFileVersion'; Id = '5', '6'; Option = @{ IncludeCurrent = $true }; Headers = 'VersionId', 'VersionNumber', 'State', 'ModifiedAt', 'Size', 'Name', 'ModifiedBy' }
    @{ Cmdlet = 'Get-IKFileVersion'; Id = 'abc', 'abd'; Option = @{}; Headers = 'VersionId', 'VersionName', 'State', 'UpdatedAt', 'Size', 'Name' }
) {
    BeforeAll {
        $versions = & $Cmdlet -FileId $Id -Limit 3 @Option
        $lines = $versions | Get-Line
    }

    It 'fits 100 columns without truncating an id, date or size' {
        $lines | ForEach-Object { $_.Length | Should -BeLessOrEqual 100 }
        $head = $lines -match '^VersionId' | Select-Object -First 1
        $head -split ' +' | Should -Be $Headers
        foreach ($version in $versions) {
            $date = if ($Cmdlet -eq 'Get-BoxFileVersion') { $version.ModifiedAt } else { $version.UpdatedAt }
            $row = $lines -match "^$($version.VersionId)"
            $row | Should -HaveCount 1
            $row[0] | Should -Match ([regex]::Escape('{0:g}' -f $date.LocalDateTime) + '\s')
        }
    }

    It 'is grouped by file in output order' {
        $lines -match 'FileId: ' -replace '.*FileId: ' | Should -Be $Id
        $lines -match '\s(current|past)\s' -replace ' .*' | Should -Be $versions.VersionId
    }

    It 'shows the state under a name that Where-Object can filter by' {
        @($lines -match '\scurrent\s') | Should -HaveCount 2
        @($lines -match '\spast\s') | Should -HaveCount 4
        $versions | Where-Object State -EQ current | ForEach-Object IsCurrent | Should -Be $true, $true
    }

    It 'truncates no ids at 80 columns' {
        $narrow = $versions | Get-Line -Width 80
        $narrow | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
        foreach ($version in $versions) {
            $narrow -match "^$($version.VersionId)\s" | Should -HaveCount 1
        }
    }
}

Describe 'A size' {
    BeforeDiscovery {
        $sizes = @(
            @{ Bytes = 0; Shown = '{0} B'; Number = 0 }
            @{ Bytes = 999; Shown = '{0} B'; Number = 999 }
            @{ Bytes = 1000; Shown = '{0:N1} KB'; Number = 1.0 }
            @{ Bytes = 1536; Shown = '{0:N1} KB'; Number = 1.5 }
            @{ Bytes = 1258291; Shown = '{0:N1} MB'; Number = 1.2 }
            @{ Bytes = 1023999; Shown = '{0:N1} MB'; Number = 1.0 }
            @{ Bytes = 5368709120; Shown = '{0:N1} GB'; Number = 5.0 }
            @{ Bytes = 9223372036854775807; Shown = '{0:N1} EB'; Number = 8.0 }
        )
    }

    It 'of <Bytes> bytes is shown with a unit' -ForEach $sizes {
        # Changes the size in a serialised version.
        $clixml = [Management.Automation.PSSerializer]::Serialize((Get-IKFileVersion abc -Limit 1))
        $clixml = $clixml -replace '(?<=<I64 N="Size">)\d+', $Bytes
        $line = [Management.Automation.PSSerializer]::Deserialize($clixml) | Get-Line | Select-Object -Last 1
        $line | Should -Match ([regex]::Escape(' ' + ($Shown -f $Number) + ' '))
    }
}

Describe 'A version in the trash' {
    It 'is shown as trashed and can be filtered by that state' {
        $id = (Get-BoxFileVersion 5 -Limit 1).VersionId
        Remove-BoxFileVersion -FileId 5 -VersionId $id -Confirm:$false
        try {
            $versions = Get-BoxFileVersion 5 -Limit 2
            ($versions | Where-Object State -EQ trashed).VersionId | Should -Be $id
            $lines = $versions | Get-Line
            $lines -match "^$id +\d+ trashed " | Should -HaveCount 1
            $lines -match ' past ' | Should -HaveCount 1
        }
        finally {
            Reset-Emulator
        }
    }
}

Describe 'The table of files' {
    It 'of Box shows id, version number, local date, size and path' {
        $files = @(Get-BoxFile 555)
        $lines = $files | Get-Line
        $lines[0] -split ' +' | Should -Be 'FileId', 'VersionNumber', 'ModifiedAt', 'Size', 'FilePath'
        $lines[2] | Should -Match ("^$($files[0].FileId) +26 " + [regex]::Escape('{0:g}' -f $files[0].ModifiedAt.LocalDateTime) + " +[\d.,]+ KB $($files[0].FilePath)$")
    }

    It 'of ImageKit shows id, version name, local date, size and path' {
        $null = Invoke-Emulator POST dataset @{ service = 'ik'; name = 'company' }
        try {
            $file = Get-IKFile /meridian-works -Recurse | Select-Object -First 1
            $lines = $file | Get-Line
            $lines[0] -split ' +' | Should -Be 'FileId', 'VersionName', 'UpdatedAt', 'Size', 'FilePath'
            $lines[2] | Should -Match "^$($file.FileId) Version \d+ .* [KM]?B /meridian-works/"
        }
        finally {
            Reset-Emulator
        }
    }
}

Describe 'The table of decisions and measures' {
    It 'shows dates in local time, sizes with a unit, and the reasons' {
        $decisions = @(Get-BoxFileVersion 5 | Select-ExpiredFileVersion -KeepLast 1 -Explain)
        $lines = $decisions | Get-Line
        $lines[0] | Should -Match 'FileId: 5$'
        $lines[1] -split ' +' | Should -Be 'VersionId', 'CreatedAt', 'Size', 'IsExpired', 'Reason'
        $first = $decisions[0]
        $lines[3] | Should -Match ([regex]::Escape("$($first.VersionId) ") + ' +' + [regex]::Escape('{0:g}' -f $first.CreatedAt.LocalDateTime) + ' +[\d.,]+ KB False +\{last 1 of 1\}')
    }

    It 'shows counts as numbers and sizes with a unit' {
        $measure = Get-BoxFileVersion 5 | Measure-FileVersion
        $lines = $measure | Get-Line
        $lines[0] -split ' +' | Should -Be 'FileId', 'FileCount', 'PastCount', 'PastSize', 'DuplicateSize', 'TrashedSize', 'Name'
        $lines[2] | Should -Match ('^5 +1 +25 +' + [regex]::Escape(('{0:N1} KB' -f ($measure.PastSize / 1KB))) + ' +0 B +0 B data\.csv$')
    }
}

Describe 'Colours' {
    It 'highlight only the current version, and only if $PSStyle allows it' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') -Tag 'needs PowerShell 7' {
        $versions = Get-BoxFileVersion 5 -Limit 2 -IncludeCurrent
        $rendering = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'Ansi'
            $coloured = $versions | Out-String -Width 100 -Stream
            $coloured -match "`e\[" -match $versions[0].VersionId | Should -HaveCount 1
            $coloured -match "`e\[" -match $versions[1].VersionId | Should -BeNullOrEmpty
            $PSStyle.OutputRendering = 'PlainText'
            $versions | Out-String -Width 100 | Should -Not -Match "`e"
        }
        finally {
            $PSStyle.OutputRendering = $rendering
        }
    }

    It 'are turned off by NO_COLOR' {
        $module = Get-RepositoryPath 'out/FileVersions/FileVersions.psd1'
        $command = "Import-Module '$module'; Connect-BoxAccount -AccessToken box-token -BaseUri '$((Get-Emulator).Api)'; Get-BoxFileVersion 5 -Limit 2 -IncludeCurrent; Get-BoxFileVersion 5 -Limit 1 | Format-List"
        $plain = Invoke-PowerShell $command -Environment @{ NO_COLOR = '1' } | Out-String
        $plain | Should -Match 'current'
        $plain | Should -Not -Match "`e"
    }

    It 'require no $PSStyle and work in strict mode' {
        $module = Get-RepositoryPath 'out/FileVersions/FileVersions.psd1'
        $command = @"
Set-StrictMode -Version Latest
`$ErrorActionPreference = 'Stop'
Import-Module '$module'
Remove-Variable -Name PSStyle -Force -ErrorAction Ignore
Connect-BoxAccount -AccessToken box-token -BaseUri '$((Get-Emulator).Api)'
Connect-IKAccount -PrivateKey private_test -BaseUri '$((Get-Emulator).Api)'
Get-BoxFileVersion 5 -Limit 2 -IncludeCurrent -Field version_number
Get-IKFileVersion abc -Limit 1
Get-BoxFileVersion 5 -Limit 1 -Field name | Format-List
Get-IKFileVersion abc -Limit 1 | Format-List
`$Error.Count
"@
        $shown = Invoke-PowerShell $command
        $shown[-1] | Should -Be 0
        $shown -join "`n" | Should -Match 'current'
        $shown -join "`n" | Should -Not -Match '#ERR'
    }
}

Describe 'The list view' {
    It 'of Box shows every property under its name, with the size in bytes' {
        $version = Get-BoxFileVersion 5 -Limit 1
        $list = $version | Format-List | Get-Line -Width 200
        $list -replace ' *:.*' | Should -Be $version.PSObject.Properties.Name
        $list -match '^Size ' | Should -Match " $($version.Size)$"
        $list -match '^ModifiedBy ' | Should -Match ([regex]::Escape($version.ModifiedBy.Login))
    }

    It 'shows undocumented fields under their own names' {
        Set-Emulator @{ extraFields = $true }
        try {
            $list = Get-BoxFileVersion 5 -Limit 1 | Format-List | Get-Line -Width 200
            $list -match '^permissions +: ' | Should -Match 'can_download, True'
            $list -match '^extension +: csv' | Should -HaveCount 1
        }
        finally {
            Reset-Emulator
        }
    }

    It 'of ImageKit shows the values of tags and metadata' {
        $version = Get-IKFileVersion abc -Limit 1
        $list = $version | Format-List | Get-Line -Width 300
        $list -match '^Tags ' | Should -Match 'Tag_0, Tag_1'
        $list -match '^AITags ' | Should -Match 'Clothing \(98.77%\)'
        $list -match '^CustomMetadata ' | Should -Match 'brand, Nova'
    }
}

Describe 'Users and tags' {
    It 'have their own table views' {
        (Get-BoxFileVersion 5 -Limit 1).ModifiedBy | Get-Line | Select-Object -First 1 | Should -Match '^Id\s+Name\s+Login$'
        (Get-IKFileVersion abc -Limit 1).AITags | Get-Line | Select-Object -First 1 | Should -Match '^Name\s+Confidence\s+Source$'
    }
}

Describe 'ToString' {
    It 'returns name, version, id, date and size' {
        "$(Get-BoxFileVersion 5 -Limit 1)" | Should -Be 'data.csv, version 25 (3356643000025), 2017-03-14 12:29:42 -07:00, 2995 bytes'
        "$(Get-IKFileVersion abc -Limit 1)" | Should -Be 'new_car.jpg, Version 10 (abc), 2020-07-02 19:58:41 +00:00, 3135 bytes'
        "$(Get-BoxFileVersion 5 -Limit 1 -Field version_number)" | Should -Be '5, version 25 (3356643000025)'
    }
}

Describe 'Comparison of versions' {
    It 'sorts VersionNumber numerically' {
        (Get-BoxFileVersion 5 | Sort-Object VersionNumber).VersionNumber | Should -Be (1..25)
        (Get-BoxFileVersion 5 | Where-Object VersionNumber -LT 10).VersionNumber | Should -Be (9..1)
    }

    It 'sorts by file, then by age' {
        $versions = @(Get-BoxFileVersion 10, 9 -Limit 12)
        $sorted = @($versions | Sort-Object)
        $sorted.FileId | Should -Be (@('9') * 12 + @('10') * 12)
        $sorted[0..11].VersionNumber | Should -Be (14..25)
        $sorted[12..23].VersionNumber | Should -Be (14..25)
        $descending = @($versions | Sort-Object -Descending)
        $descending.VersionId | Should -Be $sorted.VersionId[23..0]
    }

    It 'sorts by date if there is no version number' {
        $versions = @(Get-IKFileVersion n020-x)
        @($versions | Get-Random -Count 20 | Sort-Object).VersionName | Should -Be (1..20 | ForEach-Object { "Version $_" })
    }

    It 'supports -lt and -gt' {
        $newer, $older = Get-BoxFileVersion 5 -Limit 2
        $older -lt $newer | Should -BeTrue
        $older -gt $newer | Should -BeFalse
        $older.CompareTo($null) | Should -BeGreaterThan 0
        $older.CompareTo((Get-BoxFileVersion 5 -VersionId $older.VersionId)) | Should -Be 0
        { $older.CompareTo((Get-IKFileVersion abc -Limit 1)) } | Should -Throw '*IKFileVersion*'
    }

    It 'lets Compare-Object find a new version' {
        $before = Get-BoxFileVersion 5 -Limit 3 -Offset 1
        $after = Get-BoxFileVersion 5 -Limit 4
        (Compare-Object $before $after).InputObject.VersionId | Should -Be $after[0].VersionId
    }
}

Describe 'Every property of <Type>' -ForEach @(
    @{ Type = 'BoxFileVersion'; Get = { Get-BoxFileVersion 5 -Limit 20 } }
    @{ Type = 'IKFileVersion'; Get = { Get-IKFileVersion abc, n004-film } }
) {
    BeforeAll {
        Set-Emulator @{ extraFields = $true }
        $versions = @(& $Get)
        $names = $versions[0].PSObject.Properties.Name
    }

    AfterAll {
        Reset-Emulator
    }

    It 'is exported by Export-Csv as a value' {
        $file = Join-Path $TestDrive "$Type.csv"
        $versions | Export-Csv -Path $file -NoTypeInformation -Encoding utf8
        $rows = @(Import-Csv -Path $file)
        $rows | Should -HaveCount $versions.Count
        for ($i = 0; $i -lt $rows.Count; $i++) {
            foreach ($name in $names) {
                $rows[$i].$name | Should -Not -Match 'System\.|FileVersions\.' -Because "$name must be a plain value"
                $expected = $versions[$i].$name
                $rows[$i].$name | Should -BeExactly $(if ($null -eq $expected) { '' } else { $expected.ToString() })
            }
        }
    }

    It 'is converted to its natural JSON type by ConvertTo-Json' {
        $json = ConvertTo-Json -InputObject $versions -Depth 4 -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        $json | Should -Not -Match 'System\.|FileVersions\.'
        $read = [Text.Json.JsonDocument]::Parse($json).RootElement
        for ($i = 0; $i -lt $versions.Count; $i++) {
            $one = $read[$i]
            foreach ($name in $names) {
                $value, $written = $versions[$i].$name, $one.GetProperty($name)
                $kind = switch ($value) {
                    { $null -eq $_ } { 'Null'; break }
                    { $_ -is [bool] } { "$_"; break }
                    { $_ -is [long] -or $_ -is [decimal] -or $_ -is [double] } { 'Number'; break }
                    { $_ -is [string] -or $_ -is [datetimeoffset] } { 'String'; break }
                    default { 'Object' }
                }
                if ($value -is [Collections.IList]) {
                    $kind = 'Array'
                }
                "$name $($written.ValueKind)" | Should -Be "$name $kind"
                if ($value -is [datetimeoffset]) {
                    $written.GetDateTimeOffset().EqualsExact($value) | Should -BeTrue -Because "$name keeps its offset"
                    $written.GetString() | Should -Match '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d$'
                }
            }
        }
    }

    It 'can be used in Format-Table and Group-Object' {
        foreach ($name in $names) {
            $versions | Format-Table -Property $name | Out-String -Width 300 | Should -Not -Match 'System\.|FileVersions\.|#ERR'
        }
        ($versions | Group-Object -Property FileId).Name | Should -Be ($versions.FileId | Select-Object -Unique)
    }
}

Describe 'The JSON representation' {
    It 'has arrays for tags, and objects for users and metadata' {
        $version = Get-IKFileVersion abc -Limit 1 | ConvertTo-Json -Depth 4 | ConvertFrom-Json
        $version.Tags | Should -Be 'Tag_0', 'Tag_1', 'Tag_2'
        , $version.AITags | Should -BeOfType [array]
        $version.AITags[0].Name | Should -Be 'Clothing'
        $version.CustomMetadata.brand | Should -Be 'Nova'
        $version.selectedFieldsSchema.brand.type | Should -Be 'Text'
        (Get-BoxFileVersion 5 -Limit 1 | ConvertTo-Json | ConvertFrom-Json).ModifiedBy.Login | Should -Be 'eri@example.com'
    }
}

Describe 'Out-GridView' {
    It 'uses the columns of the table view' {
        # The cmdlet is not available without a desktop, but it uses the columns of the default view.
        $view = Get-FormatData -TypeName FileVersions.Box.BoxFileVersion -PowerShellVersion $PSVersionTable.PSVersion
        $view.FormatViewDefinition[0].Control.Headers.Label | Should -Contain 'Size'
        $view.FormatViewDefinition[0].Control | Should -BeOfType [Management.Automation.TableControl]
    }
}
