# Puts out a line for each way in which docs/help and the cmdlets of the module differ.
param(
    [Parameter(Mandatory)] [string] $Module,
    [string] $HelpPath = (Join-Path $PSScriptRoot '../../docs/help')
)

$ErrorActionPreference = 'Stop'
$loaded = Import-Module -Name $Module -PassThru
$commands = @($loaded.ExportedCmdlets.Values)
$common = [Management.Automation.Cmdlet]::CommonParameters

foreach ($page in Get-ChildItem -Path $HelpPath -Filter *-*.md | Where-Object { $_.BaseName -notin $commands.Name }) {
    "docs/help/$($page.Name): there is no such cmdlet"
}

foreach ($command in $commands) {
    $name = "docs/help/$($command.Name).md"
    $page = Join-Path $HelpPath "$($command.Name).md"
    if (-not (Test-Path -LiteralPath $page)) {
        "${name}: there is no page for this cmdlet"
        continue
    }

    $text = [IO.File]::ReadAllText($page)
    if ($text.Contains('{{ Fill')) {
        "${name}: a '{{ Fill' is left"
    }
    if ($text -notmatch '(?m)^external help file: FileVersions\.PS\.dll-Help\.xml\s*$') {
        "${name}: the external help file is not FileVersions.PS.dll-Help.xml"
    }

    # ### -Name, then what it does, then its facts as YAML.
    $sections = @{}
    foreach ($section in [regex]::Matches($text, '(?ms)^### -(\w+)\s*$(.*?)(?=^#{2,3} |\z)')) {
        $sections[$section.Groups[1].Value] = $section.Groups[2].Value
    }

    $parameters = $command.Parameters.Values | Where-Object { $_.Name -notin $common }
    foreach ($extra in $sections.Keys | Where-Object { $_ -notin $parameters.Name }) {
        "${name}: there is no parameter -$extra"
    }

    foreach ($parameter in $parameters) {
        if (-not $sections.ContainsKey($parameter.Name)) {
            "${name}: parameter -$($parameter.Name) is not described"
            continue
        }

        $section = $sections[$parameter.Name]
        $type = [regex]::Match($section, '(?m)^Type: (.+?)\s*$').Groups[1].Value
        if ($type -ne $parameter.ParameterType.FullName) {
            "${name}: -$($parameter.Name) is told to be '$type' and is '$($parameter.ParameterType.FullName)'"
        }

        foreach ($alias in $parameter.Aliases | Where-Object { $section -notmatch "(?m)^- $_\s*$" }) {
            "${name}: alias -$alias of -$($parameter.Name) is not named"
        }
    }
}
