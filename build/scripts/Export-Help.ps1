# Converts the pages in docs/help to the help file for Get-Help. Runs in a separate process, because PlatyPS loads assemblies
# that other modules load in different versions.
param(
    [Parameter(Mandatory)] [string] $PlatyPS,
    [Parameter(Mandatory)] [string] $Source,
    [Parameter(Mandatory)] [string] $Target
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module -Name $PlatyPS

function ConvertTo-PlainText {
    # Removes soft line breaks, because the terminal wraps lines, and code marks.
    param([string] $Text)

    $Text = $Text.Trim() -replace '\r?\n(?!\r?\n|- )(?<!\n\r?\n)', ' '
    $Text -replace '`([^`]+)`', '$1'
}

function Add-Element {
    # Adds an element in the namespace of the model, after the model or as a child of the parent.
    param([Xml.XmlElement] $Model, [string] $Name, [string] $Text, [Xml.XmlElement] $Parent)

    $element = $Model.OwnerDocument.CreateElement($Name, $Model.GetNamespaceOfPrefix(($Name -split ':')[0]))
    $element.InnerText = $Text
    if ($Parent) {
        $null = $Parent.AppendChild($element)
    }
    else {
        $null = $Model.ParentNode.InsertAfter($element, $Model)
    }
}

function Update-Example {
    # PlatyPS writes the whole example as its introduction. Get-Help expects code and remarks.
    param([Xml.XmlElement] $Example)

    $introduction = $Example.SelectSingleNode("*[local-name() = 'introduction']")
    $text = @($introduction.SelectNodes('*') | ForEach-Object { $_.InnerText }) -join "`n"
    $parts = [regex]::Match($text, '(?s)^\s*```\w*\r?\n(.*?)\r?\n```(.*)$')
    if (-not $parts.Success) {
        throw "An example must begin with its code: $text"
    }

    $introduction.IsEmpty = $true
    $Example.SelectSingleNode("*[local-name() = 'code']").InnerText = $parts.Groups[1].Value
    $remarks = $Example.SelectSingleNode("*[local-name() = 'remarks']")
    # An empty paragraph separates the next example.
    foreach ($paragraph in @($parts.Groups[2].Value.Trim() -split '(?:\r?\n){2,}') + '') {
        Add-Element -Model $introduction -Name maml:para -Text (ConvertTo-PlainText $paragraph) -Parent $remarks
    }
}

function Update-Parameter {
    # Adds the default value, which PlatyPS omits, and shortens the names of types. A switch has no value.
    param([Xml.XmlElement] $Parameter, [string] $Default)

    $type = $Parameter.SelectSingleNode("*[local-name() = 'type']/*")
    $type.InnerText = $type.InnerText -replace '^System\.Nullable`1\[(.+)\]$', '$1'
    $value = $Parameter.SelectSingleNode("*[local-name() = 'parameterValue']")
    if ($value) {
        $value.InnerText = $type.InnerText -replace '^.*\.'
    }
    if ($Default) {
        Add-Element -Model $type.ParentNode -Name dev:defaultValue -Text $Default
    }
}

# PlatyPS writes <folder>/<module>/<help file>.
$folder = Join-Path (Split-Path $Target) 'maml'
$null = New-Item -ItemType Directory -Path $folder -Force
$pages = Import-MarkdownCommandHelp -Path (Join-Path $Source '*-*.md')
$made = $pages | Export-MamlCommandHelp -OutputFolder $folder -Force

$xml = New-Object -TypeName xml
$xml.Load($made.FullName)
foreach ($paragraph in $xml.SelectNodes("//*[local-name() = 'para'][not(ancestor::*[local-name() = 'example'])]")) {
    $paragraph.InnerText = ConvertTo-PlainText $paragraph.InnerText
}

foreach ($command in $xml.SelectNodes("//*[local-name() = 'command']")) {
    $page = $pages | Where-Object { $_.Title -eq $command.details.name }
    foreach ($example in $command.SelectNodes("*[local-name() = 'examples']/*")) {
        Update-Example -Example $example
    }
    foreach ($parameter in $command.SelectNodes("*[local-name() = 'parameters']/*")) {
        $default = ($page.Parameters | Where-Object { $_.Name -eq $parameter.name }).DefaultValue
        Update-Parameter -Parameter $parameter -Default $default
    }
}

# Get-Help -Online opens the first link that has an address, so only a page of this project (HelpUri) may have one. The address of
# any other page moves into the link's text.
foreach ($link in @($xml.SelectNodes("//*[local-name() = 'navigationLink']"))) {
    if ($link.linkText -eq 'Online Version') {
        if (-not $link.uri) {
            $null = $link.ParentNode.RemoveChild($link)
        }
        continue
    }

    if ($link.uri -notlike '*.md') {
        $link.linkText = "$($link.linkText): $($link.uri)"
    }
    $link.uri = ''
}

$xml.Save($Target)
Remove-Item -LiteralPath $folder -Recurse
