# Returns a line for each difference between docs/help and the cmdlets of the module.
param(
    [Parameter(Mandatory)] [string] $Module,
    [string] $HelpPath = (Join-Path $PSScriptRoot '../../docs/help')
)

$ErrorActionPreference = 'Stop'

function Get-PageFact {
    # Returns the facts in the YAML below a parameter's heading, in the form of Get-ParameterFact.
    param([string] $Section)

    $facts = @{ Type = [regex]::Match($Section, '(?m)^Type: (.+?)\s*$').Groups[1].Value }
    $aliases = [regex]::Match($Section, '(?m)^Aliases:\s*\n((?:- .*\n)*)').Groups[1].Value
    $facts['Aliases'] = ($aliases -split '\r?\n- |^- |\r?\n' | Where-Object { $_ } | Sort-Object) -join ', '
    foreach ($set in [regex]::Matches($Section, '(?m)^- Name: (.+?)\s*\n((?:  .*\n)*)')) {
        $values = [regex]::Matches($set.Groups[2].Value, '(?m)^  (\w+): (.*?)\s*$').ForEach({ "$($_.Groups[1].Value) $($_.Groups[2].Value)" })
        $facts["Set $($set.Groups[1].Value)"] = $values -join ', '
    }

    $facts
}

function Get-ParameterFact {
    # Returns the facts of the cmdlet's parameter: type, aliases, and the binding in each parameter set.
    param([Management.Automation.ParameterMetadata] $Parameter)

    $facts = @{ Type = $Parameter.ParameterType.ToString(); Aliases = ($Parameter.Aliases | Sort-Object) -join ', ' }
    foreach ($name in $Parameter.ParameterSets.Keys) {
        $set = $Parameter.ParameterSets[$name]
        $facts["Set $($name -replace '^__AllParameterSets$', '(All)')"] = @(
            "Position $(if ($set.Position -lt 0) { 'Named' } else { $set.Position })"
            "IsRequired $($set.IsMandatory)"
            "ValueFromPipeline $($set.ValueFromPipeline)"
            "ValueFromPipelineByPropertyName $($set.ValueFromPipelineByPropertyName)"
            "ValueFromRemainingArguments $($set.ValueFromRemainingArguments)"
        ) -join ', '
    }

    $facts
}

$commands = @((Import-Module -Name $Module -PassThru).ExportedCmdlets.Values)
foreach ($page in Get-ChildItem -Path $HelpPath -Filter *-*.md -ErrorAction Ignore | Where-Object { $_.BaseName -notin $commands.Name }) {
    "docs/help/$($page.Name): there is no cmdlet with this name"
}

foreach ($command in $commands) {
    $name = "docs/help/$($command.Name).md"
    $page = Join-Path $HelpPath "$($command.Name).md"
    if (-not (Test-Path -LiteralPath $page)) {
        "${name}: there is no page for this cmdlet"
        continue
    }

    $text = [IO.File]::ReadAllText($page) -replace '\r\n', "`n"
    foreach ($blank in [regex]::Matches($text, '\{\{ ?(Fill|Add|Insert)[^}]*\}\}')) {
        "${name}: the placeholder '$($blank.Value)' is not filled in"
    }
    if ($text -notmatch '(?m)^external help file: FileVersions\.PS\.dll-Help\.xml$') {
        "${name}: the external help file is not FileVersions.PS.dll-Help.xml"
    }

    # A parameter's section is its heading, ### -Name, then prose, then YAML.
    $sections = @{}
    foreach ($section in [regex]::Matches($text, '(?ms)^### -(\w+)$(.*?)(?=^#{2,3} |\z)')) {
        $sections[$section.Groups[1].Value] = $section.Groups[2].Value
    }

    $parameters = @($command.Parameters.Values | Where-Object {
            $_.Name -notin [Management.Automation.Cmdlet]::CommonParameters -and $_.Attributes.DontShow -notcontains $true
        })
    foreach ($extra in $sections.Keys | Where-Object { $_ -notin $parameters.Name }) {
        "${name}: there is no parameter -$extra"
    }

    # The syntax of each parameter set must name the parameters of that set. A set that only hidden parameters select is not documented.
    $hidden = @($command.Parameters.Values | Where-Object { $_.Attributes.DontShow -contains $true })
    $syntax = [regex]::Match($text, '(?ms)^## SYNTAX$(.*?)^## ').Groups[1].Value
    $blocks = @{}
    foreach ($block in [regex]::Matches($syntax, '(?ms)^### (\w+)(?: \(Default\))?$\s*```\n(.*?)\n```')) {
        $blocks[$block.Groups[1].Value] = [regex]::Matches($block.Groups[2].Value, '(?<=[\[ ])-(\w+)').ForEach({ $_.Groups[1].Value }) | Sort-Object
    }
    foreach ($set in $command.ParameterSets | Where-Object { $_.Name -notin $hidden.ParameterSets.Keys -or $_.Name -eq '__AllParameterSets' }) {
        $expected = @($set.Parameters.Name | Where-Object { $_ -in $parameters.Name } | Sort-Object) -join ' '
        $actual = @($blocks[$set.Name]) -join ' '
        if ($actual -cne $expected) {
            "${name}: the syntax of $($set.Name) has the parameters '$actual', the cmdlet '$expected'"
        }
    }

    foreach ($parameter in $parameters) {
        if (-not $sections.ContainsKey($parameter.Name)) {
            "${name}: there is no section about -$($parameter.Name)"
            continue
        }

        $said = Get-PageFact -Section $sections[$parameter.Name]
        $is = Get-ParameterFact -Parameter $parameter
        foreach ($fact in @($said.Keys) + @($is.Keys) | Sort-Object -Unique | Where-Object { $said[$_] -ne $is[$_] }) {
            "${name}: -$($parameter.Name), ${fact}: the page has '$($said[$fact])', the cmdlet '$($is[$fact])'"
        }
    }
}
