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
        Update-MarkdownCommandHelp -LiteralPath $page -NoBackup
    }
    else {
        $made = New-MarkdownCommandHelp -CommandInfo $command -OutputFolder $HelpPath -Locale en-US
        Move-Item -LiteralPath $made.FullName -Destination $page
        Remove-Item -LiteralPath (Split-Path $made.FullName)
        Write-Host "New page to fill in: $page"
    }
}
