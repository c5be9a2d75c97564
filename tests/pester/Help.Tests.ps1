BeforeDiscovery {
    # Without PlatyPS the module is built without help.
    $hasHelp = Test-Path -Path "$PSScriptRoot/../../out/FileVersions/en-US/FileVersions.PS.dll-Help.xml"
    . "$PSScriptRoot/examples.ps1"

    $pages = @(Get-ChildItem -Path "$PSScriptRoot/../../docs/help/*-*.md" | ForEach-Object { @{ Name = $_.BaseName; Path = $_.FullName } })
    $examples = foreach ($page in $pages) {
        foreach ($block in Get-CodeBlock -Text ([IO.File]::ReadAllText($page.Path)) | Where-Object { $_.Title -match '^Example ' }) {
            @{ Page = $page.Name; Title = $block.Title; Code = $block.Code }
        }
    }
    $topics = @(Get-ChildItem -Path "$PSScriptRoot/../../docs/about/about_*.help.txt" | ForEach-Object { @{ Topic = $_.Name -replace '\.help\.txt$'; Path = $_.FullName } })
    $topicExamples = foreach ($topic in $topics) {
        foreach ($block in Get-IndentedBlock -Text ([IO.File]::ReadAllText($topic.Path))) {
            @{ Page = $topic.Topic; Title = $block.Title; Code = $block.Code }
        }
    }
    $shown = foreach ($topic in $topics) {
        foreach ($block in Get-IndentedBlock -Bar -Text ([IO.File]::ReadAllText($topic.Path))) {
            @{ Page = $topic.Topic; Title = $block.Title }
        }
    }
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"
    . "$PSScriptRoot/examples.ps1"
    . "$PSScriptRoot/outcomes.ps1"
}

Describe 'Help of <Name>' -Skip:(-not $hasHelp) -Tag 'needs help, which is built with PlatyPS' -ForEach $pages {
    BeforeAll {
        $help = Get-Help -Name $Name -Full
        $parameters = (Get-Command -Name $Name).Parameters.Values.Where({ $_.Name -notin [Management.Automation.Cmdlet]::CommonParameters -and $_.Attributes.DontShow -notcontains $true })
        $text = Get-Help -Name $Name -Full | Out-String -Width 200
    }

    It 'has a synopsis, a description and related links' {
        $help.Synopsis | Should -Match '^[A-Z].+\.$'
        $help.description.Text | Should -Not -BeNullOrEmpty
        $help.relatedLinks.navigationLink.Count | Should -BeGreaterThan 1
    }

    It 'has at least five examples, with code and text each' {
        $examples = @($help.examples.example)
        $examples.Count | Should -BeGreaterOrEqual 5
        foreach ($example in $examples) {
            $example.code | Should -Not -BeNullOrEmpty
            ($example.remarks.Text -join '').Trim() | Should -Not -BeNullOrEmpty
        }
    }

    It 'describes each parameter, with its default and an example' {
        $code = $help.examples.example.code -join "`n"
        foreach ($parameter in $parameters) {
            $about = Get-Help -Name $Name -Parameter $parameter.Name
            $prose = $about.description.Text -join ' '
            $prose.Length | Should -BeGreaterThan 40 -Because "-$($parameter.Name) must be described"

            $isMandatory = $parameter.ParameterSets.Values.IsMandatory -contains $true
            if (-not $isMandatory) {
                [string]$about.defaultValue | Should -Not -BeNullOrEmpty -Because "-$($parameter.Name) has a default"
            }

            $hasExample = "$prose`n$code" -match "-$($parameter.Name)\b" -or $about.position -eq '0'
            $hasExample | Should -BeTrue -Because "-$($parameter.Name) needs an example"
        }
    }

    It 'has the actual defaults of numbers and switches' {
        $cmdlet = New-Object -TypeName (Get-Command -Name $Name).ImplementingType.FullName
        foreach ($parameter in $parameters | Where-Object { $_.ParameterType -in [int], [long], [switch] -and $_.Name -notin 'WhatIf', 'Confirm' }) {
            (Get-Help -Name $Name -Parameter $parameter.Name).defaultValue | Should -Be ([string]$cmdlet.($parameter.Name)) -Because "of -$($parameter.Name)"
        }
    }

    It 'contains no Markdown in Get-Help -Full' {
        foreach ($parameter in $parameters) {
            $text | Should -Match "(?m)^\s+-$($parameter.Name)\b"
        }
        $text | Should -Match 'Example 5'
        $text | Should -Not -Match '```|\{\{|`\w'
    }

    It 'links to pages of the service but does not open them with Get-Help -Online' {
        if ($Name -match '-(Box|IK)') {
            $help.relatedLinks.navigationLink.linkText -match ': https://' | Should -Not -BeNullOrEmpty
        }
        { Get-Help -Name $Name -Online } | Should -Throw -ErrorId 'InvalidOperation,*GetHelpCommand'
    }
}

Describe 'The example in <Page>' -ForEach ($examples + $topicExamples) {
    It 'achieves its outcome: <Title>' {
        $outcomes[$Page][$Title] | Should -Not -BeNullOrEmpty -Because 'each example needs a check of its outcome'
        Invoke-Example -Code $Code | Assert-Outcome -Check $outcomes[$Page][$Title]
    }
}

Describe 'Expected outcomes' {
    It 'refer to existing examples' -TestCases @{ Names = @($examples + $topicExamples | ForEach-Object { "$($_.Page): $($_.Title)" }) } {
        foreach ($page in $outcomes.Keys | Where-Object { $_ -ne 'README' }) {
            foreach ($title in $outcomes[$page].Keys) {
                $Names | Should -Contain "${page}: $title"
            }
        }
    }

    It 'are replaced by a reason for code that does not run: <Page>, <Title>' -TestCases $shown {
        $notRun[$Page][$Title] | Should -Not -BeNullOrEmpty
    }
}

Describe 'The about topic <Topic>' -ForEach $topics {
    It 'is available in Get-Help' {
        Get-Help -Name $Topic | Out-String | Should -Match "(?s)TOPIC\s+$Topic\s+SHORT DESCRIPTION.+LONG DESCRIPTION.+SEE ALSO"
    }

    It 'fits a terminal and names only existing cmdlets and topics' {
        $text = [IO.File]::ReadAllText($Path)
        $text -split '\r?\n' | Where-Object { $_ -match '^ {0,7}[^ |]' -and $_.Length -gt 80 } | Should -BeNullOrEmpty
        foreach ($cmdlet in [regex]::Matches($text, '\b(?:(?:Add|Connect|Disconnect|Export|Get|Remove|Restore|Save)-(?:Box|IK)\w+|(?:Measure|Select)-\w*FileVersion)').Value | Sort-Object -Unique) {
            Get-Command -Name $cmdlet -ErrorAction Ignore | Should -Not -BeNullOrEmpty -Because "$cmdlet is named"
        }
        foreach ($name in [regex]::Matches($text, '\babout_FileVersions\w*').Value | Sort-Object -Unique) {
            Join-Path (Split-Path $Path) "$name.help.txt" | Should -Exist
        }
    }
}

Describe 'Invoke-Example' {
    It 'reports an error' {
        (Invoke-Example -Code 'Get-BoxFileVersion 1463999999').Problem | Should -Match '1463999999'
    }

    It 'reports a terminating error' {
        (Invoke-Example -Code 'Disconnect-BoxAccount; Get-BoxFileVersion 1463195106').Problem | Should -Match 'Connect-BoxAccount'
    }

    It 'reports a violation of strict mode' {
        (Invoke-Example -Code '$neverSet').Problem | Should -Match 'neverSet'
    }

    It 'reports an example that does not achieve its outcome' {
        { Invoke-Example -Code 'Get-BoxFileVersion 1463195106 -Limit 2' | Assert-Outcome -Check { $objects | Should -HaveCount 3 } } | Should -Throw '*3*'
    }
}
