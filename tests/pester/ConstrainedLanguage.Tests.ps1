# Application control policies make scripts run in ConstrainedLanguage mode, which forbids most types and methods. The cmdlets must
# work in this mode, and scripts must be able to format, sort and export their output.

BeforeDiscovery {
    . "$PSScriptRoot/examples.ps1"

    $examples = foreach ($page in Get-ChildItem -Path "$PSScriptRoot/../../docs/help/*-*.md") {
        # In this mode, PowerShell cannot compare a DateTimeOffset with another date type; about_FileVersions describes the workaround.
        $blocks = Get-CodeBlock -Text ([IO.File]::ReadAllText($page.FullName)) |
            Where-Object { $_.Title -match '^Example ' -and $_.Code -notmatch "datetimeoffset|At -[gl][te] " }
        foreach ($block in $blocks | Select-Object -First 3) {
            @{ Cmdlet = $page.BaseName; Title = $block.Title; Code = $block.Code }
        }
    }
    $uses = @(
        @{ Use = 'a table of Box versions'; Code = 'Get-BoxFileVersion 1463195106 -Limit 2 | Format-Table' }
        @{ Use = 'a list of Box versions'; Code = 'Get-BoxFileVersion 1463195106 -Limit 2 | Format-List *' }
        @{ Use = 'a table of ImageKit versions'; Code = 'Get-IKFileVersion 6842de287987473e8ff972a9 | Format-Table' }
        @{ Use = 'a list of ImageKit versions'; Code = 'Get-IKFileVersion 6842de287987473e8ff972a9 | Format-List *' }
        @{ Use = 'reading undocumented fields'; Code = '(Get-BoxFileVersion 1463195106 -Limit 1 -Field permissions).permissions' }
        @{ Use = 'conversion to CSV'; Code = 'Get-IKFileVersion 6842de287987473e8ff972a9 | ConvertTo-Csv' }
        @{ Use = 'conversion to JSON'; Code = 'Get-IKFileVersion 6842de287987473e8ff972a9 | ConvertTo-Json -Depth 5' }
        @{ Use = 'sorting and grouping'; Code = 'Get-BoxFileVersion 1463195106 | Sort-Object ModifiedAt | Group-Object { $_.ModifiedAt.Year }' }
        @{ Use = 'comparing dates'; Code = 'Get-BoxFileVersion 1463195106 | Where-Object { $_.ModifiedAt.UtcDateTime -lt (Get-Date 2026-01-01) }' }
        @{ Use = 'conversion to text'; Code = '"$(Get-BoxFileVersion 1463195106 -Limit 1)"' }
        @{ Use = 'displaying an account'; Code = 'Connect-BoxAccount -AccessToken (Get-Secret BoxToken) -PassThru | Format-List *' }
    )
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"
    . "$PSScriptRoot/examples.ps1"
}

Describe 'In ConstrainedLanguage mode' {
    It 'PowerShell rejects method calls' {
        (Invoke-Example -Constrained -Code '[guid]::NewGuid().GetType().Assembly; [Text.StringBuilder]::new()').Problem | Should -Match 'language mode'
    }

    It 'the module can be imported and an account can be connected' {
        $emulator = Get-Emulator
        Reset-Emulator
        $output = Invoke-PowerShell @"
`$ErrorActionPreference = 'Stop'
`$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
Import-Module -Name '$(Get-RepositoryPath 'out/FileVersions')'
Connect-BoxAccount -AccessToken box-token -BaseUri $($emulator.Api)
Connect-IKAccount -PrivateKey private_test -BaseUri $($emulator.Api)
(Get-BoxFileVersion 12345).Count
(Get-IKFileVersion n007-any).Count
Get-BoxFileVersion 404404 -ErrorAction SilentlyContinue -ErrorVariable failed
`$failed.TargetObject
`$ExecutionContext.SessionState.LanguageMode
"@
        $output | Should -Be '25', '7', '404404', 'ConstrainedLanguage'
    }

    It 'the help example of <Cmdlet> runs without errors: <Title>' -TestCases $examples {
        (Invoke-Example -Constrained -Code $Code).Problem | Should -BeNullOrEmpty
    }

    It 'this use of the output works: <Use>' -TestCases $uses {
        $result = Invoke-Example -Constrained -Code $Code
        $result.Problem | Should -BeNullOrEmpty
        $result.Output | Should -Not -BeNullOrEmpty
    }
}
