BeforeAll {
    . "$PSScriptRoot/common.ps1"
    . "$PSScriptRoot/schedulers.ps1"
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
        Invoke-Job '-FolderId 27182' | Should -BeNullOrEmpty
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

    It 'export with the timer of a user manager, and report failures by the exit code of the service' {
        $obstacle = Get-UserManagerObstacle
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }

        $userHome = Join-Path $TestDrive 'home'
        $units = New-Item -ItemType Directory -Path "$userHome/.config/systemd/user"
        $pwsh = (Get-PowerShellCommand | ForEach-Object { "`"$_`"" }) -join ' '
        foreach ($name in 'fileversions.service', 'fileversions.timer') {
            $text = (Get-Recipe $name) -replace '(?m)^User=.*\n' -replace '/usr/bin/pwsh', $pwsh -replace '/srv/jobs/Invoke-NightlyExport.ps1', "`"$script`""
            Set-Content -LiteralPath "$units/$name" -Value $text
        }
        function Set-Token([string] $Token) {
            Set-Content -LiteralPath "$userHome/.config/fileversions.env" -Value @(
                "BOX_ACCESS_TOKEN=$Token", "BOX_BASE_URL=$((Get-Emulator).Api)", "PSModulePath=$(Get-RepositoryPath out)"
            )
        }
        function Get-Status([string] $Property) {
            Invoke-UserManager $manager show --value "--property=$Property" fileversions.service
        }

        Reset-Emulator
        $null = Invoke-Emulator POST dataset @{ name = 'company' }
        Set-Token box-token
        # The date of the last run. Because of Persistent=true, the timer makes up for the nights since then when it starts.
        $stamp = New-Item -ItemType File -Path "$userHome/.local/share/systemd/timers/stamp-fileversions.timer" -Force
        $stamp.LastWriteTime = (Get-Date).AddDays(-2)
        $manager = Start-UserManager -Folder $userHome
        try {
            Invoke-UserManager $manager enable --now --quiet fileversions.timer
            $clock = [Diagnostics.Stopwatch]::StartNew()
            while ((Get-Status ExecMainExitTimestampMonotonic) -eq '0' -and $clock.Elapsed.TotalSeconds -lt 60) {
                Start-Sleep -Milliseconds 100
            }
            Get-Status ExecMainStatus | Should -Be 0
            Get-Status Result | Should -Be success
            "$(Invoke-UserManager $manager list-timers)" | Should -Match '02:00:00 .* fileversions.timer +fileversions.service'
            $folder = (Get-ChildItem -Path "$userHome/.config/fileversions", "$userHome/.local/state/fileversions" -ErrorAction Ignore)[0].DirectoryName
            $report = Import-Csv (Join-Path $folder 'report.csv')
            @(Get-Content (Join-Path $folder 'versions-*.jsonl')).Count | Should -Be $report.Versions
            [int]$report.Versions | Should -BeGreaterThan 0

            # The next run resumes the export of the day.
            Invoke-UserManager $manager start fileversions.service
            $LASTEXITCODE | Should -Be 0
            (Import-Csv (Join-Path $folder 'report.csv'))[1].FilesDoneBefore | Should -Be $report.Files

            Remove-Item -Path (Join-Path $folder 'versions-*')
            Add-EmulatorFault @{ service = 'box'; fileId = '1463195106'; action = 'status'; status = 403 }
            Invoke-UserManager $manager start fileversions.service 2> $null
            Get-Status Result | Should -Be exit-code
            Get-Status ExecMainStatus | Should -Be 1

            Set-Token box-expired
            Invoke-UserManager $manager start fileversions.service 2> $null
            Get-Status ExecMainStatus | Should -Be 2
        }
        finally {
            Stop-UserManager $manager
        }
    }

    It 'export in a container, whose exit code is that of the script' {
        $obstacle = Get-ContainerObstacle
        if ($obstacle) {
            Set-ItResult -Skipped -Because $obstacle
        }

        $step = [regex]::Match($topic, '(?m)^    \| - run: pwsh (-NoProfile [^\r\n]*)').Groups[1].Value
        $step | Should -Match ' Invoke-NightlyExport\.ps1 .* -OutputPath box$'
        $results = New-Item -ItemType Directory -Path (Join-Path $TestDrive 'box')
        function Invoke-Step([string] $Token) {
            $options = @(
                "--env=BOX_ACCESS_TOKEN=$Token", "--env=BOX_BASE_URL=$((Get-Emulator).Api)", "--env=PSModulePath=$(Get-RepositoryPath out)"
                "--workdir=$(Split-Path $script)", "--volume=${results}:$(Split-Path $script)/box"
            )
            Invoke-Container -Option $options -Command (@(Get-PowerShellCommand) + ($step -split ' ')) 2>&1 | ForEach-Object { "$_" }
        }

        Reset-Emulator
        $null = Invoke-Emulator POST dataset @{ name = 'company' }
        Invoke-Step box-token | Should -BeNullOrEmpty
        $LASTEXITCODE | Should -Be 0
        $report = Import-Csv (Join-Path $results 'report.csv')
        @(Get-Content (Join-Path $results 'versions-*.jsonl')).Count | Should -Be $report.Versions

        # A new container resumes the export of the day.
        Add-EmulatorFault @{ service = 'box'; fileId = '1463195106'; action = 'status'; status = 403 }
        Invoke-Step box-token | Should -BeNullOrEmpty
        $LASTEXITCODE | Should -Be 0
        (Import-Csv (Join-Path $results 'report.csv'))[1].FilesDoneBefore | Should -Be $report.Files

        Remove-Item -Path (Join-Path $results 'versions-*')
        "$(Invoke-Step box-token)" | Should -Match '1463195106'
        $LASTEXITCODE | Should -Be 1
        "$(Invoke-Step box-expired)" | Should -Match 'ended early'
        $LASTEXITCODE | Should -Be 2
    }
}
