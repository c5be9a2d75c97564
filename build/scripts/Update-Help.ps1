# Updates the syntax and the parameters in docs/help from the cmdlets of the built module. Other text is preserved. For a new cmdlet, a
# page with placeholders is created.
param(
    [Parameter(Mandatory)] [string] $PlatyPS,
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $HelpPath
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module -Name $PlatyPS

# PlatyPS adds the text of Get-Help to the page, so the module is loaded from a copy without help.
$copy = Join-Path (Split-Path $Module) 'help/FileVersions'
$null = New-Item -ItemType Directory -Path (Split-Path $copy) -Force
Remove-Item -LiteralPath $copy -Recurse -ErrorAction Ignore
Copy-Item -LiteralPath $Module -Destination $copy -Recurse
Remove-Item -LiteralPath (Join-Path $copy 'en-US') -Recurse -ErrorAction Ignore
$loaded = Import-Module -Name $copy -PassThru

$null = New-Item -ItemType Directory -Path $HelpPath -Force
foreach ($command in $loaded.ExportedCmdlets.Values) {
    $page = Join-Path $HelpPath "$($command.Name).md"
    if (Test-Path -LiteralPath $page) {
        $before = [IO.File]::ReadAllText($page)
        Update-MarkdownCommandHelp -LiteralPath $page -NoBackup

        # PlatyPS writes a byte order mark, double blank lines, today's date even if nothing changed, an output for a cmdlet
        # without output, and its own text on -WhatIf and -Confirm after that of the page.
        $after = [IO.File]::ReadAllText($page) -replace '\r\n', "`n" -replace '\n{3,}', "`n`n"
        $after = $after -replace '(?<=\S\n)(Prompts you for confirmation before running the cmdlet|Runs the command in a mode that only reports what would happen without performing the actions)\.\n'
        $after = $after.Replace("### System.Object`n`n{{ Fill in the Description }}`n`n", '').TrimEnd() + "`n"
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
