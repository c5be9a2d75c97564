<#
.SYNOPSIS
Creates an HTML report about the space that file versions use.

.DESCRIPTION
The page is a single file without scripts and without references to the network. It adapts to light and dark mode. It shows totals, the files that use the most
space for past versions, the growth by month as a chart, and what a retention policy would free.

The input is the output of Get-BoxFileVersion or Get-IKFileVersion for any number of files. The versions of a file must be
contiguous. The script uses Measure-FileVersion and Select-ExpiredFileVersion and sends no requests. It keeps all versions in memory.

.PARAMETER InputObject
The versions.

.PARAMETER Path
The HTML file to write. An existing file is replaced.

.PARAMETER Title
The title of the page.

.PARAMETER Top
The number of files in the list of the largest.

.PARAMETER Policy
The parameters of Select-ExpiredFileVersion for the preview of a policy. An empty table omits the preview.

.EXAMPLE
Get-BoxFile 27182 -Recurse | Where-Object HasPastVersions | Get-BoxFileVersion -IncludeCurrent | ./New-VersionReport.ps1 report.html

.EXAMPLE
Get-IKFile / -Recurse | Get-IKFileVersion | ./New-VersionReport.ps1 media.html -Title 'Media library' -Policy @{ KeepLast = 5; KeepWithin = '90d' }

.OUTPUTS
System.IO.FileInfo
#>
[CmdletBinding()]
[OutputType([IO.FileInfo])]
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $Path,

    [Parameter(Mandatory, ValueFromPipeline)]
    [psobject] $InputObject,

    [string] $Title = 'File versions',

    [ValidateRange(1, 1000)]
    [int] $Top = 15,

    [Collections.IDictionary] $Policy = [ordered]@{ KeepLast = 10; KeepDaily = 30; KeepMonthly = 12 }
)

begin {
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    $culture = [cultureinfo]::InvariantCulture
    $versions = New-Object -TypeName Collections.Generic.List[psobject]

    function Format-Size([double] $Size) {
        $unit = 0
        while ($Size -ge 999.95 -and $unit -lt 5) {
            $Size /= 1024
            $unit++
        }
        if ($unit -eq 0) { "$Size B" } else { $Size.ToString('N1', $culture) + ' ' + ('KB', 'MB', 'GB', 'TB', 'PB')[$unit - 1] }
    }

    function Format-Count([long] $Count) {
        $Count.ToString('N0', $culture)
    }

    function ConvertTo-HtmlText([string] $Text) {
        [Net.WebUtility]::HtmlEncode($Text)
    }

    function Get-Growth {
        # Returns the size of the versions created in each month, from the first month to the last, and the running total.
        param($Versions)

        $sizes = @{}
        $dated = @($Versions | Where-Object { $null -ne $_.CreatedAt -and $null -ne $_.Size })
        foreach ($version in $dated) {
            $month = ([DateTimeOffset] $version.CreatedAt).UtcDateTime.ToString('yyyy-MM', $culture)
            $sizes[$month] = [long] $sizes[$month] + [long] $version.Size
        }
        if ($sizes.Count -eq 0) {
            return
        }

        $months = @($sizes.Keys | Sort-Object)
        $month = [datetime]::ParseExact($months[0], 'yyyy-MM', $culture)
        $sum = 0L
        do {
            $key = $month.ToString('yyyy-MM', $culture)
            $sum += [long] $sizes[$key]
            [pscustomobject]@{ Month = $key; Size = [long] $sizes[$key]; Sum = $sum }
            $month = $month.AddMonths(1)
        } while ($key -ne $months[-1])
    }

    function ConvertTo-Chart {
        # Returns an inline SVG with one bar per month. The height is the size of all versions up to then; the upper part is that of the month.
        param([object[]] $Growth)

        $width, $height, $left, $right, $bottom = 860, 240, 64, 20, 24
        $max = [Math]::Max(1, $Growth[-1].Sum)
        $step = ($width - $left - $right) / $Growth.Count
        $barWidth = [Math]::Max(1, $step * 0.72)
        $scale = ($height - $bottom - 12) / $max
        $labelEvery = [Math]::Ceiling($Growth.Count / 12)
        $base = $height - $bottom
        $format = { param($value) ([double] $value).ToString('0.#', $culture) }

        "<svg viewBox=`"0 0 $width $height`" role=`"img`" aria-label=`"Growth by month`">"
        foreach ($part in 0, 0.5, 1) {
            $y = ($base - $part * $max * $scale).ToString('0.#', $culture)
            "<line class=`"grid`" x1=`"$left`" x2=`"$width`" y1=`"$y`" y2=`"$y`"/><text class=`"axis`" x=`"$($left - 8)`" y=`"$y`" dy=`"4`" text-anchor=`"end`">$(Format-Size ($part * $max))</text>"
        }
        for ($i = 0; $i -lt $Growth.Count; $i++) {
            $month = $Growth[$i]
            $x = ($left + $i * $step + ($step - $barWidth) / 2).ToString('0.#', $culture)
            $total = $month.Sum * $scale
            $new = $month.Size * $scale
            "<g><title>$($month.Month): $(Format-Size $month.Size) new, $(Format-Size $month.Sum) in total</title>" +
            "<rect class=`"old`" x=`"$x`" y=`"$(& $format ($base - $total + $new))`" width=`"$(& $format $barWidth)`" height=`"$(& $format ($total - $new))`"/>" +
            "<rect class=`"new`" x=`"$x`" y=`"$(& $format ($base - $total))`" width=`"$(& $format $barWidth)`" height=`"$(& $format $new)`"/></g>"
            if ($i % $labelEvery -eq 0) {
                "<text class=`"axis`" x=`"$(& $format ($left + ($i + 0.5) * $step))`" y=`"$($height - 6)`" text-anchor=`"middle`">$($month.Month)</text>"
            }
        }
        '</svg>'
    }

    function ConvertTo-Card([string] $Label, [string] $Value, [string] $Note) {
        "<div class=`"card`"><div class=`"label`">$Label</div><div class=`"value`">$Value</div><div class=`"note`">$Note</div></div>"
    }
}

process {
    $versions.Add($InputObject)
}

end {
    $files = @($versions | Measure-FileVersion)
    $total = $versions | Measure-FileVersion -Total
    $largest = @($files | Sort-Object -Property PastSize -Descending | Select-Object -First $Top | Where-Object PastCount -GT 0)
    $growth = @(Get-Growth $versions)

    $cards = @(
        ConvertTo-Card 'Files' (Format-Count $total.FileCount) "$(Format-Count @($files | Where-Object PastCount -GT 0).Count) with past versions"
        ConvertTo-Card 'Past versions' (Format-Size $total.PastSize) "$(Format-Count $total.PastCount) versions"
        ConvertTo-Card 'Duplicates' (Format-Size $total.DuplicateSize) "$(Format-Count $total.DuplicateCount) versions"
        ConvertTo-Card 'In the trash' (Format-Size $total.TrashedSize) "$(Format-Count $total.TrashedCount) versions"
    )

    $preview = ''
    if ($Policy.Count -gt 0) {
        $freed = $versions | Select-ExpiredFileVersion @Policy | Measure-FileVersion -Total
        $share = if ($freed -and $total.PastSize -gt 0) { $freed.PastSize / $total.PastSize } else { 0 }
        $rules = ($Policy.Keys | ForEach-Object { "-$_ $($Policy[$_])" }) -join ' '
        $freedSize = if ($freed) { $freed.PastSize } else { 0 }
        $freedCount = if ($freed) { $freed.PastCount } else { 0 }
        $percent = ($share * 100).ToString('0.#', $culture)
        $preview = @"
<section><h2>What a policy would free</h2>
<p><code>$(ConvertTo-HtmlText $rules)</code></p>
<div class="meter" role="img" aria-label="$percent percent"><div style="width:$percent%"></div></div>
<p><strong>$(Format-Size $freedSize)</strong> in $(Format-Count $freedCount) versions, $percent% of the space of past versions</p></section>
"@
    }

    $rows = foreach ($file in $largest) {
        $name = if ($file.FilePath) { $file.FilePath } elseif ($file.Name) { $file.Name } else { $file.FileId }
        $percent = (100 * $file.PastSize / [Math]::Max(1, $largest[0].PastSize)).ToString('0.#', $culture)
        "<tr><td>$(ConvertTo-HtmlText $name)</td><td class=`"number`">$(Format-Count $file.PastCount)</td><td class=`"number`">$(Format-Size $file.PastSize)</td><td class=`"bar`"><div style=`"width:$percent%`"></div></td></tr>"
    }

    $chart = if ($growth.Count -gt 0) { (ConvertTo-Chart $growth) -join "`n" } else { '<p>No version has a date.</p>' }
    $heading = ConvertTo-HtmlText $Title
    $html = @"
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>$heading</title>
<style>
:root { --back: #f6f7f9; --panel: #fff; --text: #1c2430; --soft: #5b6675; --line: #dfe3e8; --accent: #2563eb; --pale: #b9cdf8; }
@media (prefers-color-scheme: dark) {
  :root { --back: #14181f; --panel: #1d232d; --text: #e6eaf0; --soft: #9aa6b5; --line: #323a46; --accent: #6ea2ff; --pale: #35507f; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1080px; padding: 32px 24px; background: var(--back); color: var(--text); font: 15px/1.5 system-ui, "Segoe UI", sans-serif; }
h1 { margin: 0; font-size: 26px; } h2 { margin: 0 0 12px; font-size: 17px; }
.when, .label, .note, .legend { color: var(--soft); } .when { margin: 0 0 20px; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(180px, 1fr)); gap: 16px; }
.card, section { background: var(--panel); border: 1px solid var(--line); border-radius: 10px; padding: 16px 20px; }
section { margin-top: 16px; } .value { font-size: 26px; font-weight: 600; }
table { width: 100%; border-collapse: collapse; } th { text-align: left; color: var(--soft); font-weight: 500; }
td, th { padding: 5px 8px; border-bottom: 1px solid var(--line); } tr:last-child td { border: 0; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; } .bar { width: 22%; }
.bar div, .meter div { height: 10px; border-radius: 5px; background: var(--accent); } .meter { background: var(--pale); border-radius: 5px; }
svg { width: 100%; height: auto; } .old { fill: var(--pale); } .new { fill: var(--accent); } .grid { stroke: var(--line); } .axis { fill: var(--soft); font-size: 11px; }
code { font: 13px ui-monospace, Consolas, monospace; }
</style>
</head>
<body>
<h1>$heading</h1>
<p class="when">$([DateTimeOffset]::Now.ToString('yyyy-MM-dd HH:mm zzz', $culture))</p>
<div class="cards">
$($cards -join "`n")
</div>
<section><h2>Growth by month</h2>
$chart
<div class="legend">Size of all versions created up to that month; the top part was created in it.</div></section>
$preview
<section><h2>Files that use most space for past versions</h2>
<table><thead><tr><th>File</th><th class="number">Versions</th><th class="number">Size</th><th></th></tr></thead><tbody>
$($rows -join "`n")
</tbody></table></section>
</body>
</html>
"@

    $target = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($Path)
    [IO.File]::WriteAllText($target, $html, (New-Object -TypeName Text.UTF8Encoding -ArgumentList $false))
    Get-Item -LiteralPath $target
}
