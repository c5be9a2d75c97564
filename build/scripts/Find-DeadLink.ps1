# Returns a line for each link without a target in the Markdown files of the repository. Web addresses are not checked.
param([string] $Root = (Join-Path $PSScriptRoot '../..'))

$ErrorActionPreference = 'Stop'
$Root = [IO.Path]::GetFullPath($Root).TrimEnd([IO.Path]::DirectorySeparatorChar)

function Get-Prose {
    # Returns the text of a page without its code, where brackets are not links.
    param([string] $File)

    $text = [IO.File]::ReadAllText($File)
    $text = [regex]::Replace($text, '(?ms)^\s*(```+|~~~+).*?^\s*\1\s*$', '')
    [regex]::Replace($text, '`[^`\r\n]*`', 'x')
}

function Get-Anchor {
    # Returns the anchors of headings: lower case, hyphens for spaces, no punctuation.
    param([string] $File)

    $text = [regex]::Replace([IO.File]::ReadAllText($File), '(?ms)^\s*(```+|~~~+).*?^\s*\1\s*$', '')
    foreach ($heading in [regex]::Matches($text, '(?m)^#{1,6}\s+(.+?)\s*#*\s*$')) {
        $name = [regex]::Replace($heading.Groups[1].Value, '\[([^\]]*)\]\([^)]*\)', '$1').ToLowerInvariant()
        [regex]::Replace($name, '[^\p{L}\p{N}\s_-]', '') -replace '\s', '-'
    }
    foreach ($anchor in [regex]::Matches($text, '<a\s+(?:id|name)="([^"]+)"')) {
        $anchor.Groups[1].Value
    }
}

$pages = Get-ChildItem -LiteralPath $Root -Recurse -File -Filter *.md |
    Where-Object { $_.FullName.Substring($Root.Length) -notmatch '[\\/](out|bin|obj|node_modules)[\\/]' }

foreach ($page in $pages) {
    $prose = Get-Prose -File $page.FullName
    $links = @(
        [regex]::Matches($prose, '\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)')
        [regex]::Matches($prose, '(?m)^\[[^\]]+\]:\s*(\S+)')
        [regex]::Matches($prose, '(?:href|src)="([^"]+)"')
    )
    foreach ($link in $links.ForEach({ $_.Groups[1].Value }) | Sort-Object -Unique) {
        if ($link -match '^([a-z][a-z0-9+.-]*:|//)') {
            continue
        }

        $target, $anchor = [uri]::UnescapeDataString($link) -split '#', 2
        $file = $page.FullName
        if ($target) {
            $file = [IO.Path]::GetFullPath((Join-Path $page.DirectoryName $target))
        }

        $isDead = -not (Test-Path -LiteralPath $file)
        if (-not $isDead -and $anchor -and $file -like '*.md') {
            $isDead = $anchor -notin (Get-Anchor -File $file)
        }
        if ($isDead) {
            "$($page.FullName.Substring($Root.Length + 1)): the target of the link $link does not exist"
        }
    }
}
