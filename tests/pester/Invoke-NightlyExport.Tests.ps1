BeforeAll {
    . "$PSScriptRoot/common.ps1"
    $script = Get-RepositoryPath 'examples/Invoke-NightlyExport.ps1'
    $module = Get-RepositoryPath 'out/FileVersions/FileVersions.psd1'
    $account = @{ BOX_ACCESS_TOKEN = 'box-token'; BOX_BASE_URL = (Get-Emulator).Api }

    function Invoke-Job([string] $Option, [hashtable] $Environment = $account) {
        Invoke-PowerShell "Import-Module '$module'; & '$script' -OutputPath '$folder' $Option; exit `$LASTEXITCODE" -Environment $Environment
    }
}

AfterAll {
    Reset-Emulator
}

Describe 'Invoke-NightlyExport' {
    BeforeEach {
        Reset-Emulator
        $null = Invoke-Emulator POST dataset @{ name = 'company' }
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
    }

    It 'exports versions, reports those that expire, removes nothing and ends with exit code 0' {
        Invoke-Job '-FolderId 27182'
        $LASTEXITCODE | Should -Be 0
        $report = Import-Csv (Join-Path $folder 'report.csv')
        $versions = @(Get-Content (Join-Path $folder 'versions-*.jsonl') | ConvertFrom-Json)
        [int]$report.Versions | Should -Be $versions.Count
        $decisions = @(Import-Csv (Join-Path $folder 'decisions-*.csv'))
        $decisions.Count | Should -Be $versions.Count
        @($decisions | Where-Object IsExpired -EQ 'True').Count | Should -Be $report.Expired
        [int]$report.Expired | Should -BeGreaterThan 0
        @(Get-EmulatorRequest | Where-Object method -EQ 'DELETE') | Should -BeNullOrEmpty
    }

    It 'removes expired versions with -Remove and removes nothing twice in another run' {
        Invoke-Job "-FolderId 27182 -Remove -Policy @{ KeepLast = 2; TimeZone = 'UTC' }"
        $LASTEXITCODE | Should -Be 0
        $expired = [int](Import-Csv (Join-Path $folder 'report.csv')).Expired
        @(Get-EmulatorRequest -Last 100000 | Where-Object method -EQ 'DELETE').Count | Should -Be $expired
        Invoke-Job "-FolderId 27182 -Remove -Policy @{ KeepLast = 2; TimeZone = 'UTC' }"
        $LASTEXITCODE | Should -Be 0
        $report = @(Import-Csv (Join-Path $folder 'report.csv'))
        $report[1].FilesDoneBefore | Should -Be $report[0].Files
    }

    It 'ends with exit code 1 when a file fails' {
        $null = Connect-BoxAccount -AccessToken box-token -BaseUri (Get-Emulator).Api
        $file = Get-BoxFile 27182 -Recurse | Where-Object HasPastVersions | Select-Object -First 1
        Disconnect-BoxAccount
        Add-EmulatorFault @{ service = 'box'; fileId = $file.FileId; action = 'status'; status = 403 }
        $lines = Invoke-Job '-FolderId 27182'
        $LASTEXITCODE | Should -Be 1
        "$lines" | Should -Match $file.FileId
        (Import-Csv (Join-Path $folder 'report.csv')).FilesFailed | Should -Be 1
    }

    It 'ends with exit code 2 without an account' {
        Invoke-Job '' -Environment @{ BOX_ACCESS_TOKEN = $null; BOX_BASE_URL = (Get-Emulator).Api } | Should -Match 'ended early'
        $LASTEXITCODE | Should -Be 2
    }
}

Describe 'The recipes of about_FileVersions_Automation' {
    BeforeAll {
        $topic = [IO.File]::ReadAllText((Get-RepositoryPath 'docs/about/about_FileVersions_Automation.help.txt'))

        # A recipe is a block of lines that begin with a bar, after the heading that names its file.
        function Get-Recipe([string] $Name) {
            $block = [regex]::Match($topic, "(?m)^    $([regex]::Escape($Name)):\r?\n\r?\n((?:    \|[^\n]*\n)+)")
            $block.Success | Should -BeTrue -Because "$Name is a recipe"
            $block.Groups[1].Value -replace '(?m)^    \| ?'
        }
    }

    It 'contain valid systemd units' {
        if (-not (Get-Command -Name systemd-analyze -CommandType Application -ErrorAction Ignore)) {
            Set-ItResult -Skipped -Because 'systemd-analyze is not installed'
        }
        $pwsh = (Get-Command -Name pwsh -CommandType Application)[0].Source
        $units = foreach ($name in 'fileversions.service', 'fileversions.timer') {
            $path = Join-Path $TestDrive $name
            # The program, user and files in the recipe do not exist on this computer.
            $text = (Get-Recipe $name) -replace '/usr/bin/pwsh', $pwsh -replace '(?m)^User=.*$', 'User=root' -replace '(?m)^EnvironmentFile=', 'EnvironmentFile=-'
            [IO.File]::WriteAllText($path, $text)
            $path
        }
        $output = systemd-analyze verify @units 2>&1 | Where-Object { "$_" -match 'fileversions' }
        $output | Should -BeNullOrEmpty
    }

    It 'use existing parameters of the script' {
        $command = Get-Command -Name $script
        $calls = [regex]::Matches($topic, 'Invoke-NightlyExport\.ps1([^\r\n]*)')
        $calls.Count | Should -BeGreaterThan 2
        foreach ($name in [regex]::Matches(($calls.Value -join ' '), ' -(\w+)').ForEach({ $_.Groups[1].Value })) {
            $command.Parameters.Keys | Should -Contain $name
        }
    }
}
