BeforeDiscovery {
    . "$PSScriptRoot/examples.ps1"
    $recipes = @(Get-CodeBlock -Text ([IO.File]::ReadAllText("$PSScriptRoot/../../docs/cookbook.md")))
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"
    . "$PSScriptRoot/examples.ps1"

    function Get-StoredFile {
        # Returns id, path, size and SHA-1 of each file that the emulator stores in a folder.
        param([string] $FolderId)

        (Invoke-Emulator GET "folders/$FolderId").files
    }

    function Get-StoredVersion {
        # Returns the past versions of a file that the emulator stores, without those in the trash.
        param([string] $FileId)

        (Invoke-Emulator GET "files/box/$FileId").versions
    }

    function Get-PastTotal {
        # Returns the number of past versions in a folder.
        param([string] $FolderId)

        (Get-StoredFile $FolderId | ForEach-Object { @(Get-StoredVersion $_.id).Count } | Measure-Object -Sum).Sum
    }

    function Get-Good {
        # Returns the SHA-1 of each archive document before the attack, by path.
        Reset-Emulator
        $null = Invoke-Emulator POST dataset @{ name = 'archive'; files = 60 }
        $good = @{}
        Get-StoredFile 31415 | ForEach-Object { $good[$_.path] = $_.sha1 }
        $good
    }

    function Assert-Recovered {
        # Checks that the archive has its state before the attack, after one change per attacked file and one per version taken out of the trash.
        $stats = Get-EmulatorStat
        $now = Get-StoredFile 31415
        $good = Get-Good
        $now | Should -HaveCount 60
        foreach ($file in $now) {
            $good[$file.path] | Should -Be $file.sha1 -Because $file.path
        }
        $stats.total.changes | Should -Be 14
    }

    # The check for each recipe. $text is the recipe's output, $lines its output lines with a digit, and $folder its location.
    $outcomes = @{
        'Find the files with the longest history' = {
            $lines | Should -HaveCount 5
            $lines[0] | Should -Match '\b75\b.*/Engineering/'
            $numbers = $lines | ForEach-Object { [int]($_ -split '\s+')[1] }
            $numbers | Should -Be ($numbers | Sort-Object -Descending)
        }
        'Find the files that use the most space for past versions' = {
            $lines | Should -HaveCount 5
            $lines[0] | Should -Match '^Teaser.mp4\s+40\s+1\d{7}$'
        }
        'Find the files that a user changed in a period' = {
            $lines | Should -HaveCount 12
            $lines | Should -Match '\.locked$'
        }
        'Total the space that past versions use' = {
            $text | Should -Match '\b151\s+1931\s+\d{9}\s+\d{8}'
        }
        'Audit who changed what' = {
            $rows = Import-Csv (Join-Path $folder audit.csv)
            $specifications = Get-StoredFile 27182 | Where-Object path -like '*specification.docx'
            $rows.Count | Should -Be (($specifications | ForEach-Object { @(Get-StoredVersion $_.id).Count + 1 } | Measure-Object -Sum).Sum)
            @($rows.By | Sort-Object -Unique) | Should -Be 'lukas@meridian.example', 'priya@meridian.example', 'sam@meridian.example'
        }
        'Count changes per person' = {
            $lines | Should -HaveCount 9
            ($lines | ForEach-Object { [int]($_.Trim() -split '\s+')[0] } | Measure-Object -Sum).Sum | Should -Be 2276
        }
        'Show the growth per month' = {
            $lines[0] | Should -Match '^2024-1[12]'
            $lines.Count | Should -BeGreaterThan 22
            ($lines | ForEach-Object { [int]($_.Trim() -split '\s+')[1] } | Measure-Object -Sum).Sum | Should -Be 2276
        }
        'Compare two dates' = {
            # Version 4 of each archive file dates from 25 October. In attacked files, the current version is the encrypted one.
            $changed = Get-StoredFile 31415 | Where-Object { (Invoke-Emulator GET "files/box/$($_.id)").current.name -notlike '*.locked' } |
                Where-Object { @(Get-StoredVersion $_.id).Count -ge 3 }
            @($lines -match '\.docx\s').Count | Should -Be @($changed).Count
            $lines | Should -Match '\s4$'
        }
        'Show the state of a folder on a given day' = {
            $lines.Count | Should -BeGreaterThan 10
            $lines | Should -Match '^/Meridian Works/.*\d+\s+\d+$'
        }
        'List versions under a retention policy' = {
            $audit = Get-StoredFile 27182 | Where-Object path -like '*Audit/*'
            $lines.Count | Should -Be (($audit | ForEach-Object { @(Get-StoredVersion $_.id).Count } | Measure-Object -Sum).Sum)
            $lines | Should -Match '/Finance/Audit/'
        }
        'Preview what a policy would free' = {
            $text | Should -Match '\b26\s+222\b'
            (Get-EmulatorStat).total.changes | Should -Be 0
        }
        'Explain why a version is kept' = {
            $lines | Should -HaveCount 43
            $lines[0] | Should -Match 'False\s+\{last 1 of 10, monthly 2026-10\}'
            $lines[-1] | Should -Match '\{monthly|\{expired'
        }
        'Trim a folder by policy' = {
            Get-PastTotal 27182 | Should -Be (1931 - 222)
        }
        'Trim only the largest histories' = {
            $large = Get-StoredFile 27182 | Where-Object path -match 'Teaser.mp4$|Budget.xlsx$|Press release.docx$|Product launch/Brief.docx$'
            foreach ($file in $large) {
                @(Get-StoredVersion $file.id) | Should -HaveCount 5 -Because $file.path
            }
            (Get-EmulatorStat).total.changes | Should -Be (40 + 36 + 30 + 29 - 20)
        }
        'Remove only duplicates' = {
            foreach ($file in Get-StoredFile 27182 | Select-Object -First 40) {
                $hashes = @($file.sha1) + @(Get-StoredVersion $file.id | ForEach-Object { $_.sha1 })
                for ($i = 1; $i -lt $hashes.Count; $i++) {
                    $hashes[$i] | Should -Not -Be $hashes[$i - 1] -Because $file.path
                }
            }
            (Get-EmulatorStat).total.changes | Should -BeGreaterThan 100
        }
        'Undo the last change of a file' = {
            $file = Invoke-Emulator GET files/box/1463195106
            $file.current.sha1 | Should -Be ($file.versions | Where-Object id -EQ 1597247574).sha1
            (Get-EmulatorStat).total.changes | Should -BeLessOrEqual 1
        }
        'Recover a folder after an incident' = { Assert-Recovered }
        'Recover only what one user changed' = { Assert-Recovered }
        'Rehearse a recovery on your disk' = {
            $saved = @(Get-ChildItem (Join-Path $folder rehearsal) -Recurse -File)
            $saved.Count | Should -BeGreaterThan 10
            $roadmap = $saved | Where-Object Name -Like *Roadmap.xlsx
            $roadmap.DirectoryName.Replace('\', '/') | Should -Match 'rehearsal/Meridian Works/Engineering$'
            $hash = (Get-FileHash $roadmap.FullName -Algorithm SHA1).Hash
            (Get-StoredVersion 1474973792).sha1 | Should -Contain $hash
        }
        'Undelete versions' = {
            $lines | Should -Not -BeNullOrEmpty
            Get-StoredFile 31415 | ForEach-Object { (Invoke-Emulator GET "files/box/$($_.id)").trashed } | Should -BeNullOrEmpty
            @(Get-StoredFile 31415 | Where-Object path -Like *.locked) | Should -HaveCount 12
            (Get-EmulatorStat).total.changes | Should -Be 2
        }
        'Save one version as a file' = {
            $hash = (Get-FileHash (Join-Path $folder budget-june.xlsx) -Algorithm SHA1).Hash
            $hash | Should -Be ((Get-StoredVersion 1463195106) | Where-Object id -EQ 1597247574).sha1
        }
        'Save the complete history of some files' = {
            $stored = Get-StoredFile 27182 | Where-Object path -Like *Forecast* | ForEach-Object { Get-StoredVersion $_.id }
            $saved = Get-ChildItem (Join-Path $folder history) -File | Get-FileHash -Algorithm SHA1
            @($saved.Hash | Sort-Object) | Should -Be @($stored.sha1 | ForEach-Object ToUpperInvariant | Sort-Object)
        }
        'Export the versions of all files' = {
            $rows = Get-Content (Join-Path $folder versions.jsonl) | ConvertFrom-Json
            $rows | Should -HaveCount 1931
            @($rows.FileId | Sort-Object -Unique) | Should -HaveCount 151
        }
        'Migrate versions to another file' = {
            $source = Invoke-Emulator GET files/box/1463195106
            $target = Invoke-Emulator GET files/box/1463256602
            $target.current.sha1 | Should -Be $source.current.sha1
            $target.versions[0..3].sha1 | Should -Be $source.versions[0..3].sha1
        }
        'Work with several accounts' = {
            $text | Should -Match '\b6\d\b|\b5\d\b'
            @((Get-EmulatorRequest -Last 1000).account | Sort-Object -Unique).Count | Should -Be 2
        }
        'Measure a media library' = {
            $lines | Should -HaveCount 3
            $lines[0] | Should -Match '^Launch-film.mp4\s+19\s+1\d{7}$'
        }
    }
}

AfterAll {
    Reset-Emulator
}

Describe 'The recipe in docs/cookbook.md' {
    It 'achieves its outcome: <Title>' -TestCases $recipes {
        $outcomes.ContainsKey($Title) | Should -BeTrue -Because 'each recipe needs a check of its outcome'
        $result = Invoke-Example -Code $Code
        $result.Problem | Should -BeNullOrEmpty
        $folder = $result.Folder
        $text = $result.Output -join "`n"
        $lines = @($result.Output | ForEach-Object { $_.TrimEnd() } | Where-Object { $_ -match '\d' })
        & $outcomes[$Title]
    }
}
