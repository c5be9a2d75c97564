BeforeDiscovery {
    . "$PSScriptRoot/examples.ps1"

    $readme = [IO.File]::ReadAllText("$PSScriptRoot/../../README.md") -replace '\r\n', "`n"
    $examples = @(Get-CodeBlock -Text $readme)
    $commands = foreach ($command in [regex]::Match($readme, '(?s)```text\n(PS> .*?)```').Groups[1].Value -split '(?m)^PS> ' | Where-Object { $_ }) {
        $code, $output = $command.TrimEnd() -split '\n', 2
        @{ Code = $code; Output = $output }
    }
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"
    . "$PSScriptRoot/examples.ps1"
}

Describe 'README.md' {
    It 'shows on its first screen what <Code> really puts out' -Skip:($env:OS -eq 'Windows_NT') -TestCases $commands {
        # A time zone can be chosen for a process where it is not Windows.
        Reset-Emulator
        $lines = Invoke-PowerShell -Environment @{ TZ = 'UTC'; NO_COLOR = '1' } -Code @"
`$ErrorActionPreference = 'Stop'
[cultureinfo]::CurrentCulture = 'en-US'
Import-Module -Name '$(Get-RepositoryPath 'out/FileVersions')'
Connect-BoxAccount -AccessToken box-token -BaseUri '$((Get-Emulator).Api)'
Connect-IKAccount -PrivateKey private_test -BaseUri '$((Get-Emulator).Api)'
Set-Location -LiteralPath '$(New-ExampleFolder)'
$Code | Out-String -Stream -Width 100 | ForEach-Object { `$_.TrimEnd() } | Where-Object { `$_ }
"@
        $lines | Should -Be ($Output -split '\n' | Where-Object { $_ })
    }

    It 'has code under "<Title>" that runs' -TestCases $examples {
        (Invoke-Example -Code $Code).Problem | Should -BeNullOrEmpty
    }
}
