# Brings the pages in docs/help up to date with the cmdlets of the built module: syntax and parameters are renewed, the prose stays,
# and a new cmdlet gets a page to fill in.
param(
    [Parameter(Mandatory)] [string] $PlatyPS,
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $HelpPath
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module -Name $PlatyPS
$loaded = Import-Module -Name $Module -PassThru

$null = New-Item -ItemType Directory -Path $HelpPath -Force
foreach ($command in $loaded.ExportedCmdlets.Values) {
    $page = Join-Path $HelpPath "$($command.Name).md"
    if (Test-Path -LiteralPath $page) {
        $before = [IO.File]::ReadAllText($page)
        Update-MarkdownCommandHelp -LiteralPath $page -NoBackup

        # It writes a byte order mark, which nobody wants in Markdown, and today's date, even where nothing changed.
        $after = [IO.File]::ReadAllText($page)
        $date = '(?m)^ms\.date:.*$'
        $isChanged = ($before -replace $date) -ne ($after -replace $date)
        [IO.File]::WriteAllText($page, $(if ($isChanged) { $after } else { $before }))
    }
    else {
        $made = New-MarkdownCommandHelp -CommandInfo $command -OutputFolder $HelpPath -Locale en-US
        Move-Item -LiteralPath $made.FullName -Destination $page
        Remove-Item -LiteralPath (Split-Path $made.FullName)
        Write-Host "New page to fill in: $page"
    }
}
