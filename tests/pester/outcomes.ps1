# The expected outcome of each example in README.md, the help pages and the about topics. Help.Tests.ps1 and Readme.Tests.ps1 load this
# file after common.ps1 and examples.ps1. An outcome runs after its example with the result of Invoke-Example: $objects, $text (the output as
# one string), $folder, $box and $ik (the accounts connected afterwards).

$budget = '1463195106'
$roadmap = '1474973792'
$handbook = '1463057219'
$logo = '6842de287987473e8ff972a9'
$logoDark = '675403ad12e7bf5c26c4f922'
$hero = '696dfe2bc617b16bd137d23e'
$favicon = '68bb140611142bf7457c1149'
$unknownIK = '66f1c2d3e4b5a69788c0ffee'

function Assert-Outcome {
    # Checks that an example ran without errors and warnings and achieved its outcome.
    param(
        [Parameter(Mandatory, ValueFromPipeline)] [object] $Result,
        [Parameter(Mandatory)] [scriptblock] $Check
    )

    process {
        $Result.Problem | Should -BeNullOrEmpty
        $objects = @($Result.Object)
        $text = $Result.Output -join "`n"
        $folder = $Result.Folder
        $box = $Result.Account | Where-Object { $_.GetType().Name -eq 'BoxConnection' }
        $ik = $Result.Account | Where-Object { $_.GetType().Name -eq 'IKConnection' }
        & $Check
    }
}

function Assert-BoxVersion {
    # Checks that the output is exactly these versions, in this order: Assert-BoxVersion '1463195106/53', '1463195106/52'
    param([string[]] $Expected)

    $objects | ForEach-Object { $_.GetType().Name } | Sort-Object -Unique | Should -Be BoxFileVersion
    $objects | ForEach-Object { "$($_.FileId)/$($_.VersionNumber)" } | Should -Be $Expected
}

function Assert-IKVersion {
    # Checks that the output is exactly these versions, in this order: Assert-IKVersion '6842de287987473e8ff972a9/15'
    param([string[]] $Expected)

    $objects | ForEach-Object { $_.GetType().Name } | Sort-Object -Unique | Should -Be IKFileVersion
    $objects | ForEach-Object { "$($_.FileId)/$($_.VersionName -replace 'Version ')" } | Should -Be $Expected
}

function Get-Range {
    # Returns file and number of consecutive versions: Get-Range 1463195106 53 51
    param([string] $FileId, [int] $First, [int] $Last)

    $First..$Last | ForEach-Object { "$FileId/$_" }
}

function Assert-Unchanged {
    # Checks that the services received this number of requests, none of which changed anything.
    param([int] $Requests)

    $stats = (Get-EmulatorStat).total
    $stats.changes | Should -Be 0
    $stats.requests | Should -Be $Requests
}

function Assert-Uploaded {
    # Checks that each file has one more version, with the content of the local file, and nothing else changed: Assert-Uploaded box @{ '1463195106' = 'Budget 2026.xlsx' }
    param([string] $Service, [hashtable] $Expected)

    foreach ($id in $Expected.Keys) {
        $hash = (Get-FileHash -LiteralPath (Join-Path $folder $Expected[$id]) -Algorithm SHA1).Hash
        (Get-CurrentVersion $Service $id).sha1 | Should -Be $hash -Because $id
    }
    (Get-EmulatorStat).total.changes | Should -Be $Expected.Count
}

function Get-CurrentVersion {
    # Returns the current version of a file from the emulator.
    param([string] $Service, [string] $FileId)

    $file = Invoke-Emulator GET "files/$Service/$FileId"
    if ($Service -eq 'box') { $file.current } else { $file.versions[0] }
}

function Get-PastVersionId {
    # Returns the ids of the past versions of a file from the emulator, newest first.
    param([string] $Service, [string] $FileId)

    $versions = @((Invoke-Emulator GET "files/$Service/$FileId").versions)
    if ($Service -eq 'ik') { $versions = @($versions | Select-Object -Skip 1) }
    $versions | ForEach-Object id
}

function Assert-Saved {
    # Checks that a folder has exactly the contents of these versions.
    param([string] $Name, [object[]] $Version)

    $saved = @(Get-ChildItem -LiteralPath (Join-Path $folder $Name) -File | Get-FileHash -Algorithm SHA1)
    @($saved.Hash | Sort-Object) | Should -Be @($Version.sha1 | ForEach-Object ToUpperInvariant | Sort-Object)
}

function Assert-Summary {
    # Checks that the output is the summary of an export, and that the file has as many versions.
    param([string] $Name, [int] $Files, [int] $Versions, [int] $DoneBefore = 0, [int] $Total = $Versions)

    $objects | Should -HaveCount 1
    $objects[0].Path | Should -Be (Join-Path $folder $Name)
    $objects[0].Files, $objects[0].FilesDoneBefore, $objects[0].FilesFailed, $objects[0].Versions | Should -Be $Files, $DoneBefore, 0, $Versions
    $lines = [IO.File]::ReadAllLines((Join-Path $folder $Name))
    $lines.Count | Should -Be ($Total + [int]$Name.EndsWith('.csv'))
}

function Assert-Request {
    # Checks the accounts of the last requests and their As-User values ('' for none).
    param([string[]] $Account, [string[]] $AsUser = @($Account | ForEach-Object { '' }))

    $requests = @(Get-EmulatorRequest | Where-Object service -NE token | Select-Object -Last $Account.Count)
    $requests.account | Should -Be $Account
    $requests | ForEach-Object { "$($_.asUser)" } | Should -Be $AsUser
}

function Assert-Measure {
    # Checks that the output is one measure with these counts.
    param([int] $FileCount, [int] $PastCount)

    $objects | Should -HaveCount 1
    $objects[0].FileCount, $objects[0].PastCount | Should -Be $FileCount, $PastCount
    $objects[0].PastSize | Should -BeGreaterThan 1MB
}

$folderFiles = {
    $objects | Should -HaveCount 345
    $objects[0].GetType().FullName | Should -Be 'FileVersions.Box.BoxFile'
    $objects[0].FilePath | Should -Be '/Meridian Works/Company handbook.pdf'
    @($objects.FileId | Sort-Object -Unique) | Should -HaveCount 345
    @($objects | Where-Object HasPastVersions) | Should -HaveCount 151
}
$folderTotal = { Assert-Measure 151 1931 }
$policyTotal = { Assert-Measure 26 222 }
$threeOfBudget = { Assert-BoxVersion (Get-Range $budget 53 51) }
$budgetHistory = { Assert-BoxVersion (Get-Range $budget 53 1) }
$attackedFiles = {
    $objects | Should -HaveCount 12
    $objects.Name | Should -Match '\.locked$'
}
$twoAccounts = {
    Assert-BoxVersion "$budget/53", "$budget/53"
    Assert-Request 101, 202
}
$nothingWritten = {
    $objects | Should -BeNullOrEmpty
    Assert-Unchanged 0
    Get-ChildItem $folder -Filter versions* | Should -BeNullOrEmpty
}

$outcomes = @{}

$outcomes['README'] = @{
    'Sign in' = {
        $box.SignIn | Should -Be 'Jwt'
        $ik.SignIn | Should -Be 'PrivateKey'
        Assert-Unchanged 2
    }
    'Jobs' = {
        # No file in this folder has changed since that time, so nothing is sent.
        $saved = @(Get-ChildItem (Join-Path $folder 'rehearsal/Meridian Works') -Recurse -File)
        $saved | Should -HaveCount 345
        @($objects | Where-Object { $_.GetType().Name -eq 'BoxFileVersion' -and $_.IsCurrent }) | Should -HaveCount 345
        (Get-EmulatorStat).total.changes | Should -Be 0
        $objects[-1].Files, $objects[-1].FilesFailed, $objects[-1].Versions | Should -Be 345, 0, 1931
        [IO.File]::ReadAllLines((Join-Path $folder versions.jsonl)) | Should -HaveCount 1931
    }
    'Jobs (2)' = {
        Assert-BoxVersion "$budget/55"
        Assert-Uploaded box @{ $budget = 'Budget 2026.xlsx' }
    }
}

$outcomes['Add-BoxFileVersion'] = @{
    'Example 1: Add a version' = {
        Assert-BoxVersion "$budget/55"
        $objects[0].IsCurrent | Should -BeTrue
        Assert-Uploaded box @{ $budget = 'Budget 2026.xlsx' }
    }
    'Example 2: Edit the current version' = {
        Assert-BoxVersion '1470399732/7'
        Assert-Uploaded box @{ '1470399732' = 'Logo.svg' }
        [IO.File]::ReadAllText((Join-Path $folder Logo.svg)) | Should -Match '<!-- Approved by marketing -->\s*$'
    }
    'Example 3: Add versions to the files that a CSV file lists' = {
        Assert-BoxVersion "$budget/55", "$roadmap/45"
        Assert-Uploaded box @{ $budget = 'Budget 2026.xlsx'; $roadmap = 'Roadmap.xlsx' }
    }
    'Example 4: Find the local file by the name of the file in Box' = {
        Assert-BoxVersion "$roadmap/45", "$budget/55"
        $objects[0].FilePath | Should -Be '/Meridian Works/Engineering/Roadmap.xlsx'
        Assert-Uploaded box @{ $budget = 'Budget 2026.xlsx'; $roadmap = 'Roadmap.xlsx' }
    }
    'Example 5: Do not overwrite the change of another person' = {
        Assert-BoxVersion "$budget/55"
        Assert-Uploaded box @{ $budget = 'Budget 2026.xlsx' }
    }
    'Example 6: Set the name and the date' = {
        Assert-BoxVersion "$budget/55"
        Assert-Uploaded box @{ $budget = 'Budget 2026 final.xlsx' }
        $objects[0].Name | Should -Be 'Budget 2026 final.xlsx'
        $date = (Invoke-RestMethod "$((Get-Emulator).Api)/2.0/files/${budget}?fields=content_modified_at" -Headers @{ Authorization = 'Bearer box-token' }).content_modified_at
        $written = (Get-Item (Join-Path $folder 'Budget 2026 final.xlsx')).LastWriteTimeUtc
        ([datetimeoffset]$date).UtcDateTime.ToString('s') | Should -Be $written.ToString('s')
    }
    'Example 7: Show what would be added' = { $objects | Should -BeNullOrEmpty; Assert-Unchanged 0 }
}

$twoPictures = {
    Assert-IKVersion "$hero/13", "$favicon/12"
    Assert-Uploaded ik @{ $hero = 'Hero.jpg'; $favicon = 'Favicon.png' }
}
$outcomes['Add-IKFileVersion'] = @{
    'Example 1: Add a version' = {
        Assert-IKVersion "$hero/13"
        Assert-Uploaded ik @{ $hero = 'Hero.jpg' }
    }
    'Example 2: Add versions to the files that a CSV file lists' = $twoPictures
    'Example 3: Upload one file at a time' = {
        & $twoPictures
        (Get-EmulatorStat).total.peakInFlight | Should -Be 1
    }
    'Example 4: Add the same content again' = {
        $objects.VersionName | Should -Be 'Version 13', 'Version 12', 'Version 14', 'Version 13'
        (Get-EmulatorStat).total.changes | Should -Be 4
    }
    'Example 5: Show what would be added' = { $objects | Should -BeNullOrEmpty; Assert-Unchanged 0 }
    'Example 6: Look at the history afterwards' = {
        Assert-IKVersion ((Get-Range $hero 13 1) + (Get-Range $favicon 12 1))
        @($objects | Where-Object IsCurrent).VersionName | Should -Be 'Version 13', 'Version 12'
    }
}

$outcomes['Connect-BoxAccount'] = @{
    'Example 1: Connect with a token from a vault' = {
        & $threeOfBudget
        Assert-Request 101
    }
    'Example 2: Type the token' = {
        $box.SignIn | Should -Be 'AccessToken'
        (Get-EmulatorRequest -Last 1).target | Should -Match '^/2\.0/users/me'
    }
    'Example 3: Sign in with client credentials' = {
        & $threeOfBudget
        $box.SignIn, $box.ClientId, $box.Subject | Should -Be 'ClientCredentials', 'box-client', 'enterprise 900'
    }
    'Example 4: Sign in with client credentials saved in a file' = {
        & $threeOfBudget
        $box.SignIn, $box.ClientId, $box.Subject | Should -Be 'ClientCredentials', 'box-client', 'enterprise 900'
    }
    'Example 5: Sign in with the config file of an app' = {
        & $threeOfBudget
        $box.SignIn, $box.Subject | Should -Be 'Jwt', 'enterprise 900'
        Assert-Request 909
    }
    'Example 6: Act as another user' = {
        & $threeOfBudget
        $box.AsUser | Should -Be '202'
        Assert-Request 909 202
    }
    'Example 7: Work with two accounts' = $twoAccounts
    'Example 8: Use a proxy, and retry more often' = {
        & $threeOfBudget
        $box.Timeout | Should -Be ([timespan]'00:05')
        $box.MaximumRetryCount | Should -Be 10
        (Get-EmulatorRequest -Last 1).proxied | Should -BeTrue
    }
}

$threeOfLogo = { Assert-IKVersion (Get-Range $logoDark 15 13) }
$outcomes['Connect-IKAccount'] = @{
    'Example 1: Connect with a key from a vault' = { Assert-IKVersion (Get-Range $logoDark 15 1) }
    'Example 2: Type the key' = {
        $ik.SignIn | Should -Be 'PrivateKey'
        Assert-Unchanged 0
    }
    'Example 3: Work with two accounts' = {
        Assert-IKVersion "$logoDark/15", "$logoDark/15"
        @((Get-EmulatorRequest -Last 2).account | Sort-Object -Unique) | Should -HaveCount 2
    }
    'Example 4: Use a proxy that requires a password' = {
        & $threeOfLogo
        (Get-EmulatorRequest -Last 1).proxied | Should -BeTrue
    }
    'Example 5: Fail quickly' = {
        & $threeOfLogo
        $ik.Timeout | Should -Be ([timespan]'00:00:10')
        $ik.MaximumRetryCount | Should -Be 1
    }
    'Example 6: Check the key at once' = {
        $ik.SignIn | Should -Be 'PrivateKey'
        Assert-Unchanged 1
    }
}

$outcomes['Disconnect-BoxAccount'] = @{
    'Example 1: Disconnect' = {
        $box | Should -BeNullOrEmpty
        $ik | Should -Not -BeNullOrEmpty
        Assert-Unchanged 0
    }
    'Example 2: Disconnect even after an error' = {
        & $threeOfBudget
        $box | Should -BeNullOrEmpty
    }
    'Example 3: Disconnect both services' = { $box, $ik | Should -BeNullOrEmpty }
    'Example 4: Use the environment variable again' = {
        Assert-BoxVersion "$budget/53"
        $box.SignIn | Should -Be 'AccessToken' -Because 'the variable remains'
    }
    'Example 5: Keep a connection' = {
        Assert-BoxVersion "$budget/53"
        $box | Should -BeNullOrEmpty
    }
}

$outcomes['Disconnect-IKAccount'] = @{
    'Example 1: Disconnect' = {
        $ik | Should -BeNullOrEmpty
        $box | Should -Not -BeNullOrEmpty
        Assert-Unchanged 0
    }
    'Example 2: Disconnect even after an error' = {
        & $threeOfLogo
        $ik | Should -BeNullOrEmpty
    }
    'Example 3: Disconnect both services' = { $box, $ik | Should -BeNullOrEmpty }
    'Example 4: Use the environment variable again' = {
        Assert-IKVersion "$logoDark/15"
        $ik.SignIn | Should -Be 'PrivateKey' -Because 'the variable remains'
    }
    'Example 5: Keep a connection' = {
        Assert-IKVersion "$logoDark/15"
        $ik | Should -BeNullOrEmpty
    }
}

$outcomes['Export-BoxFileVersion'] = @{
    'Example 1: Export the versions of all files in a folder' = { Assert-Summary versions.jsonl -Files 345 -Versions 1931 }
    'Example 2: Export as CSV' = {
        Assert-Summary versions.csv -Files 3 -Versions 101
        $rows = Import-Csv (Join-Path $folder versions.csv)
        @($rows | Group-Object FileId -NoElement | ForEach-Object { "$($_.Name) $($_.Count)" }) | Should -Be "$handbook 5", "$budget 53", "$roadmap 43"
    }
    'Example 3: Continue with the versions of an export' = {
        $objects | Should -HaveCount 53
        @($objects | Where-Object IsExpired) | Should -HaveCount 43
        $objects[0].VersionId | Should -Be '1597247574'
    }
    'Example 4: Add new files to an export' = {
        Assert-Summary versions.csv -Files 2 -DoneBefore 1 -Versions 43 -Total 96
        Assert-Unchanged 2
    }
    'Example 5: Show what failed' = {
        $objects[0] | Should -Be '1 of 2 files failed'
        $objects[1].TargetObject | Should -Be '1463999999'
        $objects[1].FullyQualifiedErrorId | Should -Match '^FileVersionNotFound,'
    }
    'Example 6: Include the current versions, with more concurrent requests' = { Assert-Summary all.jsonl -Files 345 -Versions (1931 + 345) }
    'Example 7: Show what would be written' = $nothingWritten
}

$outcomes['Export-IKFileVersion'] = @{
    'Example 1: Export the versions of all files' = { Assert-Summary versions.jsonl -Files 159 -Versions 545 }
    'Example 2: Export as CSV' = {
        Assert-Summary versions.csv -Files 1 -Versions 15
        (Import-Csv (Join-Path $folder versions.csv))[0].VersionName | Should -Be 'Version 15'
    }
    'Example 3: Continue with the versions of an export' = {
        $objects | Should -HaveCount 15
        $objects[0].Reason | Should -Be 'current'
        @($objects | Where-Object IsExpired) | Should -HaveCount 4
    }
    'Example 4: Add new files to an export' = { Assert-Summary versions.csv -Files 2 -DoneBefore 1 -Versions 15 -Total 30 }
    'Example 5: Show what failed' = {
        $objects[0] | Should -Be '1 of 2 files failed'
        $objects[1].TargetObject | Should -Be $unknownIK
    }
    'Example 6: Send more concurrent requests' = { Assert-Summary all.jsonl -Files 159 -Versions 545 }
    'Example 7: Show what would be written' = $nothingWritten
}

$outcomes['Get-BoxAccount'] = @{
    'Example 1: Show the account' = {
        $objects | Should -HaveCount 1
        $objects[0].SignIn | Should -Be 'AccessToken'
        $text | Should -Match 'BaseUri\s+: http://127\.0\.0\.1'
        $text | Should -Not -Match 'box-token'
    }
    'Example 2: Connect only if necessary' = { $box.SignIn | Should -Be 'AccessToken' }
    'Example 3: Check the address before changing anything' = { $objects | Should -Be '127.0.0.1' }
    'Example 4: Work with another account for a moment' = {
        Assert-BoxVersion "$budget/53", "$budget/53"
        Assert-Request 202, 101
    }
    'Example 5: Hand the account to parallel work' = {
        @($objects.FileId | Sort-Object) | Should -Be $budget, $roadmap
        Assert-Request 101, 101
    }
}

$outcomes['Get-IKAccount'] = @{
    'Example 1: Show the account' = {
        $objects | Should -HaveCount 1
        $objects[0].SignIn | Should -Be 'PrivateKey'
        $text | Should -Match 'BaseUri\s+: http://127\.0\.0\.1'
        $text | Should -Not -Match 'private_test'
    }
    'Example 2: Connect only if necessary' = {
        $ik.SignIn | Should -Be 'PrivateKey'
        Assert-Unchanged 0
    }
    'Example 3: Check the address before changing anything' = { $objects | Should -Be '127.0.0.1' }
    'Example 4: Work with another account for a moment' = {
        Assert-IKVersion "$logoDark/15", "$logoDark/15"
        @((Get-EmulatorRequest -Last 2).account | Sort-Object -Unique) | Should -HaveCount 2
    }
    'Example 5: Hand the account to parallel work' = { @($objects.FileId | Sort-Object) | Should -Be $logoDark, $logo }
}

$outcomes['Get-BoxFile'] = @{
    'Example 1: All files in a folder and its subfolders' = $folderFiles
    'Example 2: List versions only of files that have any' = {
        & $folderTotal
        # 20 requests list the folders, and 151 list the versions of one file each.
        Assert-Unchanged 171
    }
    'Example 3: Certain files, not too deep' = {
        $objects | Should -HaveCount 63
        $objects.Name | Should -Match '\.(xlsx|docx)$'
        ($objects.FilePath | ForEach-Object { $_.Split('/').Count } | Measure-Object -Maximum).Maximum | Should -Be 5
    }
    'Example 4: Files that one user changed during an incident' = $attackedFiles
    'Example 5: Files by their ids' = {
        $objects.FileId | Should -Be $budget, $roadmap
        $objects.FilePath | Should -Be '/Meridian Works/Finance/Budgets/Budget 2026.xlsx', '/Meridian Works/Engineering/Roadmap.xlsx'
        $objects.VersionNumber | Should -Be 54, 44
    }
    'Example 6: Several folders at once, as another user' = {
        $objects | Should -HaveCount 10
        @($objects.FolderId | Select-Object -Unique) | Should -Be '271828303315', '271828537710'
        Assert-Request 101, 101 202, 202
    }
}

$outcomes['Get-IKFile'] = @{
    'Example 1: All files in a folder and its subfolders' = {
        $objects | Should -HaveCount 66
        $objects.FilePath | Should -Match '^/meridian-works/products/(drives|sensors)/'
    }
    'Example 2: Search' = {
        $objects | Should -HaveCount 4
        ($objects.Size | Measure-Object -Minimum).Minimum | Should -BeGreaterThan 1MB
    }
    'Example 3: A part of the files' = {
        $objects | Should -HaveCount 10
        $objects[0].FileId | Should -Be '687cfb0669f2cb01a893ced8'
        Assert-Unchanged 1
    }
    'Example 4: Certain names' = {
        $objects | Should -HaveCount 20
        $objects.Name | Should -Match '^MW-21.*\.jpg$'
        $objects.Name | Should -Not -Match '^MW-212\d'
    }
    'Example 5: The space that versions use' = { Assert-Measure 66 175 }
    'Example 6: Files by their ids' = { $objects.FilePath | Should -Be '/meridian-works/brand/Logo.svg', '/meridian-works/brand/Logo-dark.svg' }
}

$outcomes['Get-BoxFileVersion'] = @{
    'Example 1: List the past versions of a file' = $budgetHistory
    'Example 2: List the versions that are not in the trash, and the current one' = {
        Assert-BoxVersion (Get-Range $budget 54 1)
        $objects[0].State, $objects[1].State | Should -Be 'current', 'past'
    }
    'Example 3: Get the version that was in force at a certain time' = {
        Assert-BoxVersion "$budget/50", "$roadmap/7"
        $objects.IsCurrent | Should -Be $false, $false
    }
    'Example 4: Get versions by id' = {
        Assert-BoxVersion "$budget/53", "$budget/52"
        Assert-Unchanged 2
    }
    'Example 5: Get a part of the list' = {
        Assert-BoxVersion ((Get-Range $budget 43 24) + (Get-Range $roadmap 33 14))
        Assert-Unchanged 2
    }
    'Example 6: Request only certain fields' = {
        $objects | Should -HaveCount 53
        $objects.Size | Should -Be ($objects.Size | Sort-Object -Descending)
        $objects[0].permissions.can_delete | Should -BeTrue
        @($objects.ModifiedAt | Where-Object { $_ }) | Should -BeNullOrEmpty
    }
    'Example 7: Report large versions of many files' = {
        $rows = Import-Csv (Join-Path $folder large.csv)
        $rows | Should -HaveCount 26
        @($rows.FileId | Sort-Object -Unique) | Should -Be $handbook, $budget
        Join-Path $folder failed.txt | Should -Not -Exist
    }
    'Example 8: Show where the space went' = {
        $objects.FileId | Should -Be $budget, $handbook, $roadmap
        $objects.PastCount | Should -Be 53, 5, 43
        $objects[0].PastSize | Should -BeGreaterThan $objects[1].PastSize
    }
}

$outcomes['Get-IKFileVersion'] = @{
    'Example 1: List the versions of a file' = {
        Assert-IKVersion (Get-Range $logoDark 15 1)
        $objects[0].State | Should -Be 'current'
    }
    'Example 2: List the past versions only' = { Assert-IKVersion (Get-Range $logoDark 14 1) }
    'Example 3: Get one version' = {
        Assert-IKVersion "$logoDark/14"
        Assert-Unchanged 1
    }
    'Example 4: Get the version that was in force at a certain time' = { Assert-IKVersion "$logoDark/12" }
    'Example 5: Count the versions of the files in a CSV file' = {
        $objects.Name | Should -Be $hero, $favicon
        $objects.Count | Should -Be 2
        $objects | ForEach-Object { $_.Count } | Should -Be 12, 11
    }
    'Example 6: Export versions to CSV' = {
        $rows = Import-Csv (Join-Path $folder versions.csv)
        $rows | Should -HaveCount 30
        $rows[0].FileId, $rows[0].VersionName, $rows[0].State | Should -Be $logoDark, 'Version 15', 'current'
        $rows[0].Url | Should -Match '^http'
    }
    'Example 7: Continue if files fail' = { $objects | Should -Be $unknownIK }
}

$outcomes['Measure-FileVersion'] = @{
    'Example 1: Where did the space go?' = {
        $objects | Should -HaveCount 10
        $objects[0].Name, $objects[0].PastCount | Should -Be 'Teaser.mp4', 40
        $objects.PastSize | Should -Be ($objects.PastSize | Sort-Object -Descending)
    }
    'Example 2: The total of a folder' = $folderTotal
    'Example 3: What a policy would free' = { Assert-Measure 1 43 }
    'Example 4: Past versions compared with the current one' = {
        $objects.Name, $objects.CurrentSize | Should -Be 'Budget 2026.xlsx', 243502
        $objects.PastSize | Should -BeGreaterThan 9MB
    }
    'Example 5: ImageKit' = {
        $objects.PastCount | Should -Be 14
        $objects.CurrentSize | Should -Be (Get-CurrentVersion ik $logo).size
    }
}

$outcomes['Remove-BoxFileVersion'] = @{
    'Example 1: See what would be removed' = { Assert-Unchanged 1 }
    'Example 2: Remove versions by id' = {
        $ids = @(Get-PastVersionId box $budget)
        $ids | Should -HaveCount 51
        $ids | Should -Not -Contain '1597247574'
        (Invoke-Emulator GET "files/box/$budget").trashed.id | Sort-Object | Should -Be '1597246565', '1597247574'
    }
    'Example 3: Keep the newest ten versions' = {
        $ids = @(Get-PastVersionId box $budget)
        $ids | Should -HaveCount 10
        $ids[0] | Should -Be '1597247574'
    }
    'Example 4: Remove the versions before a certain day' = {
        @(Get-PastVersionId box $budget) | Should -HaveCount 21
        @(Get-PastVersionId box $roadmap) | Should -HaveCount 43
    }
    'Example 5: Remove all past versions of a file' = {
        Get-PastVersionId box $budget | Should -BeNullOrEmpty
        (Get-CurrentVersion box $budget).id | Should -Be '1597248583'
    }
}

$outcomes['Remove-IKFileVersion'] = @{
    'Example 1: See what would be removed' = { Assert-Unchanged 1 }
    'Example 2: Remove a version by id' = {
        $ids = @(Get-PastVersionId ik $logoDark)
        $ids | Should -HaveCount 13
        $ids | Should -Not -Contain '6aba67722b6f0db12c15090f'
    }
    'Example 3: Keep the newest three versions' = { Get-PastVersionId ik $logoDark | Should -Be '6aba67722b6f0db12c15090f', '6a7c811c439bebcbbf946410' }
    'Example 4: Save versions before they are removed' = {
        Get-PastVersionId ik $logoDark | Should -BeNullOrEmpty
        $saved = @(Get-ChildItem (Join-Path $folder archive) -File)
        $saved | Should -HaveCount 14
        $saved.Name | Should -Match '^Logo-dark \(version \w{24}\)\.svg$'
    }
    'Example 5: Remove all past versions of a file' = {
        Get-PastVersionId ik $logoDark | Should -BeNullOrEmpty
        (Get-CurrentVersion ik $logoDark).id | Should -Be $logoDark
    }
}

$outcomes['Restore-BoxFileVersion'] = @{
    'Example 1: Make a version current' = {
        Assert-BoxVersion "$budget/55"
        $file = Invoke-Emulator GET "files/box/$budget"
        $file.current.sha1 | Should -Be ($file.versions | Where-Object id -EQ 1597245556).sha1
    }
    'Example 2: Restore a version by id' = {
        $file = Invoke-Emulator GET "files/box/$budget"
        $file.current.sha1 | Should -Be ($file.versions | Where-Object id -EQ 1597247574).sha1
        $objects[0].IsCurrent | Should -BeTrue
    }
    'Example 3: Go back to a point in time' = {
        Assert-BoxVersion "$budget/55", "$roadmap/45"
        $file = Invoke-Emulator GET "files/box/$budget"
        $file.current.sha1 | Should -Be ($file.versions | Where-Object id -EQ 1597244547).sha1
        $objects[1].Name | Should -Be 'Draft Roadmap.xlsx'
    }
    'Example 4: Undo a removal' = {
        Assert-BoxVersion "$budget/53"
        @(Get-PastVersionId box $budget) | Should -HaveCount 53
        (Invoke-Emulator GET "files/box/$budget").trashed | Should -BeNullOrEmpty
    }
    'Example 5: See what would be restored' = { Assert-Unchanged 1 }
}

$outcomes['Restore-IKFileVersion'] = @{
    'Example 1: Make a version current' = { Assert-IKVersion "$logoDark/13"; $objects[0].IsCurrent | Should -BeTrue }
    'Example 2: Restore a version by id' = { Assert-IKVersion "$logoDark/14"; (Get-CurrentVersion ik $logoDark).id | Should -Be '6aba67722b6f0db12c15090f' }
    'Example 3: Go back to a point in time' = { Assert-IKVersion "$logoDark/12"; (Get-CurrentVersion ik $logoDark).id | Should -Be '6a3e8a3caa1975c9b273b1dd' }
    'Example 4: Restore the first version of several files' = {
        $objects.FileId | Should -Be $logoDark, $logo
        $objects.VersionName | Should -Be 'Version 1', 'Version 1'
        $objects.State | Should -Be 'current', 'current'
    }
    'Example 5: See what would be restored' = { Assert-Unchanged 1 }
}

$outcomes['Save-BoxFileVersion'] = @{
    'Example 1: Save all versions of a file' = {
        Assert-Saved versions (Invoke-Emulator GET "files/box/$budget").versions
        Join-Path $folder 'versions/Budget 2026 (version 1597247574).xlsx' | Should -Exist
    }
    'Example 2: Save one version under a name of your choice' = {
        $objects[0].Name, $objects[0].Length | Should -Be 'Budget 2026 (before).xlsx', 234424
    }
    'Example 3: Save some versions' = { Assert-Saved old ((Invoke-Emulator GET "files/box/$budget").versions | Select-Object -Last 32) }
    'Example 4: Save the versions that a CSV file lists' = { Assert-Saved wanted (Invoke-Emulator GET "files/box/$budget").versions }
    'Example 5: Show what would be saved' = {
        Assert-Unchanged 1
        Join-Path $folder versions | Should -Not -Exist
    }
    'Example 6: Replace an existing file' = { (Get-Item (Join-Path $folder 'Budget 2026 (before).xlsx')).Length | Should -Be 234424 }
    'Example 7: Rehearse a recovery' = {
        $saved = @(Get-ChildItem (Join-Path $folder 'rehearsal/Meridian Works') -Recurse -File)
        $saved | Should -HaveCount 29
        (Get-Item (Join-Path $folder 'rehearsal/Meridian Works/Finance/Budgets/Budget 2026.xlsx') | Get-FileHash -Algorithm SHA1).Hash |
            Should -Be ((Invoke-Emulator GET "files/box/$budget").versions | Where-Object id -EQ 1597244547).sha1
    }
}

$outcomes['Save-IKFileVersion'] = @{
    'Example 1: Save all versions of a file' = { Assert-Saved versions (Invoke-Emulator GET "files/ik/$logoDark").versions }
    'Example 2: Save one version under a name of your choice' = { $objects[0].Name, $objects[0].Length | Should -Be 'Logo-dark (before).svg', 59826 }
    'Example 3: Save some versions' = { Assert-Saved old ((Invoke-Emulator GET "files/ik/$logoDark").versions | Select-Object -Skip 1) }
    'Example 4: Save the versions that a CSV file lists' = { Assert-Saved wanted (Invoke-Emulator GET "files/ik/$logoDark").versions }
    'Example 5: Show what would be saved' = {
        Assert-Unchanged 1
        Join-Path $folder versions | Should -Not -Exist
    }
    'Example 6: Replace an existing file' = { (Get-Item (Join-Path $folder 'Logo-dark (before).svg')).Length | Should -Be 59826 }
    'Example 7: Keep the folder structure' = { (Get-Item (Join-Path $folder 'mirror/meridian-works/brand/Logo-dark.svg')).Length | Should -Be 59826 }
}

$outcomes['Select-ExpiredFileVersion'] = @{
    'Example 1: Preview a policy' = $policyTotal
    'Example 2: Preview the removal' = { Assert-Unchanged 171 }
    'Example 3: See why each version stays or goes' = {
        $text | Should -Match '1597245556 \S+ \S+ \S+\s+False \{last 3 of 3\}'
        $text | Should -Match '1597244547 \S+ \S+ \S+\s+True \{expired\}'
        $text | Should -Match '1597195106 \S+ \S+ \S+\s+False \{first 1 of 1\}'
    }
    'Example 4: Find versions with the same content' = { Assert-BoxVersion "$budget/52", "$budget/49", "$budget/41", "$budget/35", "$budget/16", "$budget/9" }
    'Example 5: Use the same time zone and date on every computer' = {
        $objects | Should -HaveCount 5
        $objects.IsCurrent | Should -Not -Contain $true
    }
    'Example 6: Start from an export' = {
        $objects | Should -HaveCount 48
        $objects[0].VersionId | Should -Be '1597242529'
        Assert-Unchanged 1
    }
}

$outcomes['about_FileVersions'] = @{
    'FIRST STEPS' = {
        $objects[0..5] | ForEach-Object { "$($_.FileId)/$($_.VersionNumber)" } | Should -Be ((Get-Range $handbook 5 3) + (Get-Range 1463076239 6 4))
        $objects[6..19].Name | Select-Object -Unique | Should -Be 'Logo-dark.svg', 'Brand-guidelines.pdf', 'Logo.svg', 'Favicon.png', 'Wordmark.png'
    }
    'OBJECTS' = { $text | Should -Match 'Name\s+: Budget 2026\.xlsx\s+FilePath\s+:\s+Size\s+: 234424' }
    'OBJECTS (2)' = { Assert-BoxVersion (Get-Range $budget 32 1) }
}

$outcomes['about_FileVersions_Automation'] = @{
    'A NIGHTLY SCRIPT' = {
        $objects | Should -Be '0 errors'
        (Get-EmulatorStat).total.changes | Should -BeGreaterThan 200
        @(Get-PastVersionId box $roadmap).Count | Should -BeLessThan 43
        Join-Path $folder failed.csv | Should -Exist
    }
    'EXPORTS' = { Assert-Summary versions.jsonl -Files 345 -Versions 1931 }
    'SIGN-IN' = {
        $box.SignIn, $ik.SignIn | Should -Be 'Jwt', 'PrivateKey'
        Assert-Unchanged 3
    }
    'RETRIES' = {
        $ik.MaximumRetryCount | Should -Be 10
        $ik.Timeout | Should -Be ([timespan]'00:05')
    }
    'RETRIES (2)' = { Join-Path $folder again.txt | Should -Not -Exist -Because 'a file that does not exist is not retried' }
    'LOGS' = {
        Import-Csv (Join-Path $folder versions.csv) | Should -HaveCount 101
        Join-Path $folder nightly.log | Should -FileContentMatch 'GET /2\.0/files/1463195106/versions'
        Join-Path $folder nightly.log | Should -Not -FileContentMatch 'box-token'
    }
}

$outcomes['about_FileVersions_Finding'] = @{
    'BY FOLDER' = $folderFiles
    'BY FOLDER (2)' = { $objects.Name | Should -Be 'Logo-dark.svg', 'Brand-guidelines.pdf', 'Logo.svg', 'Favicon.png', 'Wordmark.png' }
    'BY FOLDER (3)' = {
        $objects | Should -HaveCount 69
        $objects.Name | Should -Match '\.(xlsx|docx)$'
    }
    'ONLY FILES WITH A HISTORY' = {
        $objects | Should -HaveCount 1931
        Assert-Unchanged 171
    }
    'WHAT CHANGED' = {
        $objects | Should -HaveCount 24
        @($objects.FileId | Sort-Object -Unique) | Should -HaveCount 12
    }
    'BY SEARCH' = {
        $objects | Should -HaveCount 77
        ($objects.Size | Measure-Object -Minimum).Minimum | Should -BeGreaterThan 400000
    }
    'BY ID' = { Assert-BoxVersion ((Get-Range $budget 53 1) + (Get-Range $roadmap 43 1) + (Get-Range $handbook 5 1)) }
    'THE PATH TRAVELS' = {
        $objects | Should -HaveCount 6
        $objects.FilePath | Should -Match '^/Meridian Works/Finance/Budgets/Forecast cost centre \d+\.xlsx$'
        $objects.VersionNumber | Should -Be 8, 24, 4, 30, 18, 19
    }
}

$outcomes['about_FileVersions_Paging'] = @{
    'ALL VERSIONS BY DEFAULT' = $budgetHistory
    'ALL VERSIONS BY DEFAULT (2)' = { Assert-BoxVersion (Get-Range $budget 43 24) }
    'ALL VERSIONS BY DEFAULT (3)' = { Assert-IKVersion (Get-Range $logoDark 14 13) }
    'ORDER' = { Assert-BoxVersion (Get-Range $budget 1 53) }
    'THE CURRENT VERSION' = { Assert-BoxVersion "$budget/54" }
    'REQUESTS' = {
        $objects[0].Count | Should -Be 53
        $objects[0].Sum | Should -Be ((Invoke-Emulator GET "files/box/$budget").versions | Measure-Object size -Sum).Sum
        Assert-Unchanged 1
    }
}

$outcomes['about_FileVersions_Pipelines'] = @{
    'INPUT' = {
        $expected = @("$budget/53", "$roadmap/43") + @("$budget/53", "$roadmap/43", "$handbook/5")
        $objects[0..4] | ForEach-Object { "$($_.FileId)/$($_.VersionNumber)" } | Should -Be $expected
        $objects[5..10].Name | Should -Match '^(Draft )?Forecast cost centre'
    }
    'INPUT (2)' = { Assert-BoxVersion "$budget/53", "$roadmap/43", "$handbook/5" }
    'INPUT (3)' = {
        Assert-Saved history ((Invoke-Emulator GET "files/box/$budget").versions | Select-Object -First 3)
        (Get-Item (Join-Path $folder budget.xlsx)).Length | Should -Be 234424
        (Get-EmulatorStat).total.changes | Should -Be 0
    }
    'THE ACCOUNT TRAVELS WITH THE OBJECTS' = {
        Assert-BoxVersion "$handbook/5", '1463076239/6', "$handbook/5", '1463076239/6'
        @(Get-EmulatorRequest | Where-Object target -Match '/versions').account | Sort-Object | Should -Be 101, 101, 202, 202
    }
    'JSON AND CSV' = {
        ($objects[0] | ConvertFrom-Json).VersionId | Should -Be '1597247574', '1597246565', '1597245556'
        $rows = Import-Csv (Join-Path $folder versions.csv)
        $rows | Should -HaveCount 103
        $rows[0].FilePath | Should -Be '/Meridian Works/Finance/Budgets/Forecast cost centre 100.xlsx'
    }
    'ERRORS' = {
        $objects[0] | Should -Be '1463999999'
        $objects[1].Name | Should -Match '^FileVersionNotFound,'
        Import-Csv (Join-Path $folder versions.csv) | Should -HaveCount 53
    }
    'OTHER RUNSPACES' = { @($objects | ForEach-Object { "$($_.FileId)/$($_.VersionNumber)" } | Sort-Object) | Should -Be "$budget/53", "$roadmap/43" }
}

$outcomes['about_FileVersions_Recovery'] = @{
    '2. FIND THE TIME' = {
        $objects | Should -HaveCount 1
        $objects[0].CreatedAt.UtcDateTime.ToString('s') | Should -Be '2026-11-17T16:30:00'
        $objects[0].ModifiedBy.Login | Should -Be 'mallory@example.com'
    }
    '2. FIND THE TIME (2)' = $attackedFiles
    '3. REHEARSE' = {
        $objects | Should -Be 2
        @(Get-ChildItem (Join-Path $folder rehearsal) -Recurse -File) | Should -HaveCount 58
        Get-ChildItem (Join-Path $folder rehearsal) -Recurse -Filter *.locked | Should -BeNullOrEmpty
    }
    '4. PREVIEW' = { (Get-EmulatorStat).total.changes | Should -Be 0 }
    '5. RESTORE' = {
        $objects | Should -HaveCount 60
        $objects.Name | Should -Not -Match '\.locked$'
        (Get-EmulatorStat).total.changes | Should -Be 14
        @((Invoke-Emulator GET folders/31415).files.path -match '\.locked$') | Should -BeNullOrEmpty
    }
    '6. VERIFY' = $attackedFiles
}

$outcomes['about_FileVersions_Retention'] = @{
    'THE PROCEDURE' = $folderTotal
    'THE PROCEDURE (2)' = $policyTotal
    'THE PROCEDURE (3)' = {
        $objects | Should -HaveCount 43
        $objects[0].IsExpired | Should -BeFalse
        $objects[0].Reason | Should -Contain 'last 1 of 10'
        $objects[-1].Reason | Should -Be 'expired'
    }
    'THE PROCEDURE (4)' = { Assert-Unchanged 21 }
    'VERSIONS THAT MUST NOT BE REMOVED' = {
        $objects | Should -HaveCount 24
        $objects.Name | Should -Match '^Audit evidence'
        $objects.permissions.can_delete | Should -Not -Contain $true
        $objects.retention | Should -HaveCount 24
    }
}

$signedInApp = {
    $box.SignIn, $box.Subject | Should -Be 'ClientCredentials', 'enterprise 900'
}
$outcomes['about_FileVersions_SignIn'] = @{
    'A TOKEN' = { $box.SignIn | Should -Be 'AccessToken'; Assert-Unchanged 1 }
    'CLIENT CREDENTIALS' = { & $signedInApp; Assert-Unchanged 2 }
    'CLIENT CREDENTIALS (2)' = { & $signedInApp; Assert-Unchanged 0 }
    'THE CONFIG FILE OF AN APP (JWT)' = { $box.SignIn | Should -Be 'Jwt'; Assert-Unchanged 2 }
    'IMAGEKIT' = { $ik.SignIn | Should -Be 'PrivateKey'; Assert-Unchanged 1 }
    'SEVERAL ACCOUNTS' = $twoAccounts
    'OTHER SESSIONS' = { Assert-BoxVersion "$budget/53" }
    'AS ANOTHER USER' = {
        Assert-BoxVersion "$budget/53", "$budget/53"
        Assert-Request 909, 909 202, 101
    }
    'PROXY' = {
        Assert-BoxVersion "$budget/53"
        (Get-EmulatorRequest -Last 1).proxied | Should -BeTrue
    }
}

# Code that is marked by bars and does not run in the tests, with the reason.
$notRun = @{
    'about_FileVersions_Automation' = @{
        'SCHEDULES' = 'Windows only'
        'SCHEDULES (2)' = 'a systemd unit; Invoke-NightlyExport.Tests.ps1 runs it'
        'SCHEDULES (3)' = 'a systemd unit; Invoke-NightlyExport.Tests.ps1 runs it'
        'SCHEDULES (4)' = 'a step of a CI pipeline; Invoke-NightlyExport.Tests.ps1 runs its command'
    }
    'about_FileVersions_SignIn' = @{
        'SECRETS' = 'installs modules and prompts for a secret'
        'RECIPE: A SCHEDULED TASK ON WINDOWS' = 'prompts for a credential'
        'RECIPE: A SCHEDULED TASK ON WINDOWS (2)' = 'the paths are those of Windows'
        'RECIPE: A SCHEDULED TASK ON WINDOWS (3)' = 'Windows only, and prompts for a credential'
        'RECIPE: A SYSTEMD TIMER' = 'needs root and systemd'
        'RECIPE: A SYSTEMD TIMER (2)' = 'a systemd unit'
        'RECIPE: A SYSTEMD TIMER (3)' = 'a systemd unit'
        'RECIPE: A SYSTEMD TIMER (4)' = 'needs a credential of systemd'
        'RECIPE: A CI JOB' = 'a step of a CI pipeline'
    }
}
