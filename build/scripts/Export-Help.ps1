# Turns the pages in docs/help into the help file that Get-Help reads. In a process of its own, since PlatyPS brings assemblies
# that other modules have in other versions.
param(
    [Parameter(Mandatory)] [string] $PlatyPS,
    [Parameter(Mandatory)] [string] $Source,
    [Parameter(Mandatory)] [string] $Target
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module -Name $PlatyPS

# PlatyPS writes <folder>/<module>/<help file>.
$folder = Join-Path (Split-Path $Target) 'maml'
$null = New-Item -ItemType Directory -Path $folder -Force
$made = Import-MarkdownCommandHelp -Path (Join-Path $Source '*-*.md') | Export-MamlCommandHelp -OutputFolder $folder -Force
Move-Item -LiteralPath $made.FullName -Destination $Target -Force
