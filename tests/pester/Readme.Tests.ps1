BeforeDiscovery {
    . "$PSScriptRoot/examples.ps1"

    $readme = [IO.File]::ReadAllText("$PSScriptRoot/../../README.md") -replace '\r\n', "`n"
    $examples = @(Get-CodeBlock -Text $readme)
    $commands = foreach ($block in [regex]::Matches($readme, '(?s)```text\n(PS> .*?)```')) {
        foreach ($command in $block.Groups[1].Value -split '(?m)^PS> ' | Where-Object { $_ }) {
            # The prefix >> marks a continuation line.
            $null = $command -match '(?s)^(?<code>[^\n]*\n(?:>> [^\n]*\n)*)(?<output>.*)$'
            @{ Code = $Matches.code.Trim() -replace '(?m)^>> ' -replace '\n\s*', ' '; Output = $Matches.output }
        }
    }
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"
    . "$PSScriptRoot/examples.ps1"
    . "$PSScriptRoot/outcomes.ps1"
}

Describe 'README.md' {
    It 'shows the actual output of <Code>' -Skip:($env:OS -eq 'Windows_NT') -Tag 'needs a system where the variable TZ sets the time zone' -TestCases $commands {
        # The environment variable TZ sets the time zone of a process, except on Windows.
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

    It 'has code under "<Title>" that achieves its outcome' -TestCases $examples {
        $outcomes['README'][$Title] | Should -Not -BeNullOrEmpty -Because 'each example needs a check of its outcome'
        Invoke-Example -Code $Code | Assert-Outcome -Check $outcomes['README'][$Title]
    }
}
