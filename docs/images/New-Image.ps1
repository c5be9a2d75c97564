<#
.SYNOPSIS
Makes the pictures in this folder, from what PowerShell really shows in a terminal of 100 columns.

.DESCRIPTION
Runs the built module (./build.ps1) in a PowerShell of its own against the emulator of the tests, under script(1), which gives it a
terminal, and draws what came as SVG. Linux only.

.EXAMPLE
pwsh docs/images/New-Image.ps1
#>
[CmdletBinding()]
param()

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
. "$PSScriptRoot/../../tests/pester/common.ps1"

if (-not (Get-Command -Name script -CommandType Application -ErrorAction Ignore)) {
    throw 'script, of util-linux, is needed for a terminal.'
}

$columns = 100
$cellWidth, $lineHeight, $margin = 8.43, 18, 14
$colours = @{
    30 = '#45475a'; 31 = '#f38ba8'; 32 = '#a6e3a1'; 33 = '#f9e2af'; 34 = '#89b4fa'; 35 = '#f5c2e7'; 36 = '#94e2d5'; 37 = '#cdd6f4'
    90 = '#7f849c'; 91 = '#f38ba8'; 92 = '#a6e3a1'; 93 = '#f9e2af'; 94 = '#89b4fa'; 95 = '#f5c2e7'; 96 = '#94e2d5'; 97 = '#ffffff'
}
$ground, $ink = '#1e1e2e', '#cdd6f4'

function Get-TerminalText {
    # What a terminal receives while PowerShell runs the lines, each shown after a prompt.
    param([Parameter(Mandatory)] [string[]] $Line, [string] $Setup = '')

    $commands = @(
        "Import-Module '$(Get-RepositoryPath 'out/FileVersions/FileVersions.psd1')'"
        "Connect-BoxAccount -AccessToken box-token -BaseUri '$((Get-Emulator).Api)'"
        "Connect-IKAccount -PrivateKey private_test -BaseUri '$((Get-Emulator).Api)'"
        $Setup
        "Write-Host '<<<'"
        foreach ($one in $Line) {
            'Write-Host "$($PSStyle.Foreground.BrightBlack)PS>$($PSStyle.Reset) ' + $one.Replace('"', '`"').Replace('$', '`$') + '"'
            "$one | Out-Host"
        }
    )
    $folder = Join-Path -Path ([IO.Path]::GetTempPath()) -ChildPath ([IO.Path]::GetRandomFileName())
    $null = New-Item -ItemType Directory -Path $folder
    try {
        Set-Content -LiteralPath "$folder/run.ps1" -Value $commands
        $engine = (Get-Process -Id $PID).Path
        $null = $null | script -q -c "stty cols $columns rows 50; LANG=en_US.UTF-8 TERM=xterm-256color $engine -NoProfile -File $folder/run.ps1" "$folder/typescript"
        $text = [IO.File]::ReadAllText("$folder/typescript")
    }
    finally {
        Remove-Item -LiteralPath $folder -Recurse
    }
    $text.Substring($text.IndexOf('<<<') + 3) -replace '(?s)\r?\nScript done on.*$'
}

function ConvertTo-Svg {
    # Draws lines of text with colours (SGR sequences); what else a terminal is told is left out.
    param([Parameter(Mandatory)] [string] $Text, [Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [string] $Title)

    $lines = @(($Text -creplace '\e\[\??[0-9;]*[A-Zhlnr-z=]|\e=|\r' -replace '\A\n+|\s+\z').Split("`n"))
    $width = [Math]::Ceiling($columns * $cellWidth + 2 * $margin)
    $height = $lines.Count * $lineHeight + 2 * $margin
    $svg = [Text.StringBuilder]::new()
    $null = $svg.AppendLine("<svg xmlns=`"http://www.w3.org/2000/svg`" viewBox=`"0 0 $width $height`" width=`"$width`" height=`"$height`" role=`"img`">")
    $null = $svg.AppendLine("<title>$Title</title>")
    $null = $svg.AppendLine("<rect width=`"100%`" height=`"100%`" rx=`"8`" fill=`"$ground`"/>")
    $null = $svg.AppendLine("<g font-family=`"ui-monospace, 'Cascadia Mono', Consolas, 'DejaVu Sans Mono', monospace`" font-size=`"14`" fill=`"$ink`">")
    $invariant = [cultureinfo]::InvariantCulture
    $colour, $bold, $italic, $inverse = $null, $false, $false, $false
    for ($row = 0; $row -lt $lines.Count; $row++) {
        $column = 0
        foreach ($part in [regex]::Matches($lines[$row], '\e\[(?<sgr>[0-9;]*)m|(?<text>[^\e]+)')) {
            if ($part.Groups['text'].Success) {
                $run = $part.Groups['text'].Value
                $x = ($margin + $column * $cellWidth).ToString('0.##', $invariant)
                $length = ($run.Length * $cellWidth).ToString('0.##', $invariant)
                $fill = if ($colour) { $colour } else { $ink }
                if ($inverse) {
                    $null = $svg.AppendLine("<rect x=`"$x`" y=`"$($margin + $row * $lineHeight)`" width=`"$length`" height=`"$lineHeight`" fill=`"$fill`"/>")
                    $fill = $ground
                }
                if ($run.Trim()) {
                    $style = ''
                    if ($fill -ne $ink) {
                        $style += " fill=`"$fill`""
                    }
                    if ($bold) {
                        $style += ' font-weight="bold"'
                    }
                    if ($italic) {
                        $style += ' font-style="italic"'
                    }
                    $escaped = [Security.SecurityElement]::Escape($run)
                    $null = $svg.AppendLine("<text x=`"$x`" y=`"$($margin + $row * $lineHeight + 14)`" textLength=`"$length`" xml:space=`"preserve`"$style>$escaped</text>")
                }
                $column += $run.Length
                continue
            }
            foreach ($code in $part.Groups['sgr'].Value.Split(';')) {
                switch ([int]"0$code") {
                    0 { $colour, $bold, $italic, $inverse = $null, $false, $false, $false }
                    1 { $bold = $true }
                    3 { $italic = $true }
                    7 { $inverse = $true }
                    27 { $inverse = $false }
                    39 { $colour = $null }
                    { $colours.ContainsKey($_) } { $colour = $colours[$_] }
                }
            }
        }
    }
    $null = $svg.AppendLine('</g>').AppendLine('</svg>')
    [IO.File]::WriteAllText($Path, $svg.ToString())
    Write-Verbose -Message "$Path, $($lines.Count) lines"
}

Reset-Emulator
$ada = @{ type = 'user'; id = '101'; name = 'Ada Admin'; login = 'ada@example.com' }
$ben = @{ type = 'user'; id = '202'; name = 'Ben Baker'; login = 'ben@example.com' }
function New-Seed([string] $Id, [string] $Name, [long] $Size, [string] $At, $By) {
    @{ id = $Id; name = $Name; size = $Size; createdAt = $At; modifiedAt = $At; fields = @{ modified_by = $By } }
}
$null = Invoke-Emulator -Method POST -Name files -Body @{
    service = 'box'; id = '12345'; name = 'Quarterly report.docx'
    current = New-Seed -Id '871399837255' -Name 'Quarterly report.docx' -Size 1283457 -At '2026-10-02T16:20:11+02:00' -By $ada
    versions = @(
        New-Seed -Id '871399837239' -Name 'Quarterly report.docx' -Size 1201730 -At '2026-09-30T09:02:45+02:00' -By $ben
        New-Seed -Id '871399837102' -Name 'Quarterly report (draft).docx' -Size 845003 -At '2026-09-28T18:44:00-07:00' -By $ada
        New-Seed -Id '871399836577' -Name 'Quarterly report (draft).docx' -Size 23417 -At '2026-09-21T08:15:30+02:00' -By $ada
    )
}

ConvertTo-Svg -Path "$PSScriptRoot/table.svg" -Title 'Tables and a list of file versions in a terminal' -Text (Get-TerminalText -Line @(
        'Get-BoxFileVersion 12345 -IncludeCurrent'
        "'abc', 'abd' | Get-IKFileVersion -Limit 3"
        'Get-BoxFileVersion 12345 -Limit 1 | Format-List'
    ))

# The bar as it is first drawn: without a person at the terminal nothing answers where its cursor is, which slows the later ones.
Set-Emulator @{ latencyMs = 40 }
$text = Get-TerminalText -Line 'Get-BoxFileVersion $ids | Measure-Object -Property Size -Sum' -Setup '$ids = 10000..10399'
Reset-Emulator
$prompt = $text.Substring(0, $text.IndexOf("`e[", $text.IndexOf('$ids')))
$bar = [regex]::Match($text, '\e\[33;1mGet-BoxFileVersion \[.*?\]\e\[0m').Value
ConvertTo-Svg -Path "$PSScriptRoot/progress.svg" -Title 'Progress over many files in a terminal' -Text "$prompt`n$bar"

ConvertTo-Svg -Path "$PSScriptRoot/help.svg" -Title 'Get-Help Get-BoxFileVersion in a terminal' -Text (Get-TerminalText -Line 'Get-Help Get-BoxFileVersion')
