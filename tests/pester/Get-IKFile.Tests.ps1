BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'Get-IKFile' {
    BeforeEach {
        Reset-Emulator
        $null = Connect-IKAccount -PrivateKey private_test -BaseUri (Get-Emulator).Api
    }

    AfterAll {
        Reset-Emulator
        Disconnect-IKAccount
    }

    It 'returns the files of a folder with their properties' {
        $all = Get-IKFile /tree-100-4 -Recurse

        $all | Should -HaveCount 100
        $all | Should -BeOfType FileVersions.ImageKit.IKFile
        $folder = $all[0].FilePath.Substring(0, $all[0].FilePath.LastIndexOf('/'))
        (Get-IKFile $folder).FileId | Should -Be ($all | Where-Object FilePath -Like "$folder/*").FileId
        foreach ($name in 'FileId', 'Name', 'FilePath', 'Size', 'FileType', 'Url', 'CurrentVersionId', 'VersionName', 'CreatedAt') {
            $all[0].$name | Should -Not -BeNullOrEmpty -Because $name
        }
    }

    It 'lists all subfolders with -Recurse, 1,000 files per request, each file once' {
        $files = Get-IKFile /tree-3500-7/ -Recurse

        @($files.FileId | Select-Object -Unique) | Should -HaveCount 3500
        (Get-EmulatorStat).ik.requests | Should -BeLessOrEqual (4 + 8)
    }

    It 'requests at most -ThrottleLimit pages beyond the end' {
        $null = Get-IKFile /tree-1500-3/ -Recurse -ThrottleLimit 2

        (Get-EmulatorStat).ik.requests | Should -BeLessOrEqual (2 + 2)
    }

    It 'returns exactly the files that -Limit <Limit> -Offset <Offset> selects' -ForEach @(
        @{ Limit = 0; Offset = 0; Count = 0 }
        @{ Limit = 5; Offset = 0; Count = 5 }
        @{ Limit = 1500; Offset = 700; Count = 1500 }
        @{ Limit = 100; Offset = 2450; Count = 50 }
    ) {
        $all = (Get-IKFile /tree-2500-5/ -Recurse).FileId
        $files = @(Get-IKFile /tree-2500-5/ -Recurse -Limit $Limit -Offset $Offset)

        $files | Should -HaveCount $Count
        if ($Count) {
            $files.FileId | Should -Be $all[$Offset..($Offset + $Count - 1)]
        }
    }

    It 'filters by name before it applies -Limit' {
        $all = Get-IKFile /tree-200-2/ -Recurse
        $name = $all[10].Name
        $matching = @($all | Where-Object Name -Like $name)

        @(Get-IKFile /tree-200-2/ -Recurse -Include $name -Limit 1).FileId | Should -Be $matching[0].FileId
        @(Get-IKFile /tree-200-2/ -Recurse -Exclude $name) | Should -HaveCount (200 - $matching.Count)
    }

    It 'passes a search query to ImageKit unchanged' {
        $query = 'name = "a \"quoted\" name" AND size > "1kb"'

        $null = Get-IKFile -Query $query

        $sent = [uri]::UnescapeDataString(((Get-EmulatorRequest).target | Select-Object -Last 1))
        $sent | Should -BeLike "*searchQuery=$query*"
    }

    It 'finds files in a folder called <_>' -ForEach 'with "quotes"', 'back\slash', 'Größe çığdem 日本語', 'a & b=c?d#e+f', "it's" {
        $null = Invoke-Emulator POST files @{ service = 'ik'; id = 'special'; name = 'logo.png'; folder = "/$_/inner/" }

        (Get-IKFile "/$_" -Recurse).FileId | Should -Be 'special'
        (Get-IKFile "/$_/inner").FileId | Should -Be 'special'
        Get-IKFile "/$_" | Should -BeNullOrEmpty
    }

    It 'neither loses nor repeats files when others are added during the listing' {
        Set-Emulator @{ ikFilesAppear = @{ after = 1; count = 5 } }

        $files = Get-IKFile /tree-3000-3/ -Recurse -ThrottleLimit 2

        $ids = @($files.FileId | Select-Object -Unique)
        $ids | Should -HaveCount $files.Count
        0..2999 | Where-Object { "tree-3000-3-$_" -notin $ids } | Should -BeNullOrEmpty
    }

    It 'reports a service that returns the same page for every position instead of searching forever' {
        $page = ConvertTo-Json -Compress -InputObject @(1..1000 | ForEach-Object { @{ fileId = "f$_"; type = 'file' } })
        Add-EmulatorFault @{ service = 'ik'; action = 'status'; status = 200; contentType = 'application/json'; body = $page }

        $files = Get-IKFile / -ErrorAction SilentlyContinue -ErrorVariable problem

        $files | Should -HaveCount 1000
        $problem | Should -HaveCount 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'InvalidResponse,*'
        "$($problem[0])" | Should -BeLike "*'/'*only files of earlier pages*"
    }

    It 'reports a query that ImageKit rejects' {
        Get-IKFile -Query 'createdAt > nonsense' -ErrorAction SilentlyContinue -ErrorVariable problem

        $problem[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
    }

    It 'reads files by id, in input order, and continues after one that does not exist' {
        $files = Get-IKFile -FileId a1, missing1, b2 -ErrorAction SilentlyContinue -ErrorVariable problem

        $files.FileId | Should -Be 'a1', 'b2'
        $problem[0].TargetObject | Should -Be 'missing1'
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'FileVersionNotFound,*'
    }

    It 'leaves no request in flight after Select-Object -First 1' {
        Set-Emulator @{ latencyMs = 30 }

        Get-IKFile /tree-20000-7/ -Recurse | Select-Object -First 1 | Should -HaveCount 1

        Wait-EmulatorIdle | Should -BeTrue
        (Get-EmulatorStat).ik.requests | Should -BeLessThan 20
    }

    It 'leaves no request in flight after Ctrl+C' {
        Assert-CtrlC 'Connect-IKAccount -PrivateKey private_test -BaseUri $api; Get-IKFile /tree-100000-7/ -Recurse -ThrottleLimit 2'
    }

    It 'returns objects that survive <_>' -ForEach 'Clixml', 'a job' {
        $file = (Get-IKFile /tree-20-1/ -Recurse)[0]
        $copy = if ($_ -eq 'Clixml') {
            $path = Join-Path $TestDrive files.clixml
            $file | Export-Clixml -LiteralPath $path
            Import-Clixml -LiteralPath $path
        }
        else {
            Start-Job { param($module, $uri) Import-Module $module; Connect-IKAccount private_test -BaseUri $uri; (Get-IKFile /tree-20-1/ -Recurse)[0] } -ArgumentList (Get-RepositoryPath 'out/FileVersions'), (Get-Emulator).Api |
                Receive-Job -Wait -AutoRemoveJob
        }

        $copy | Should -BeOfType FileVersions.ImageKit.IKFile
        $copy.UpdatedAt | Should -BeOfType DateTimeOffset
        $copy.UpdatedAt | Should -BeExactly $file.UpdatedAt
        $copy.FilePath | Should -Be $file.FilePath
        $copy.Tags | Should -Be $file.Tags
        ($copy | Get-IKFileVersion -Limit 1).FileId | Should -Be $file.FileId
    }

    It 'passes path and account to Get-IKFileVersion' {
        $connection = Connect-IKAccount -PrivateKey private_test.x -BaseUri (Get-Emulator).Api -PassThru
        Disconnect-IKAccount

        $versions = Get-IKFile /tree-20-1/ -Recurse -Connection $connection | Get-IKFileVersion

        @($versions.FileId | Select-Object -Unique) | Should -HaveCount 20
        $versions.FilePath | Should -Not -Contain $null
    }
}
