# Exports all versions of many files to JSON Lines with Invoke-RestMethod and ConvertTo-Json, the usual first script.
param([int] $FileCount, [int] $VersionCount)

. "$PSScriptRoot/common.ps1"
$list = Get-RestScript box
$path = Join-Path ([IO.Path]::GetTempPath()) "export-$PID.jsonl"
try {
    $clock = [Diagnostics.Stopwatch]::StartNew()
    Get-FileId box $FileCount | ForEach-Object $list | ForEach-Object { ConvertTo-Json -InputObject $_ -Depth 5 -Compress } | Set-Content -LiteralPath $path
    $ms = $clock.Elapsed.TotalMilliseconds
    $lines = 0
    foreach ($line in [IO.File]::ReadLines($path)) {
        $lines++
    }
    if ($lines -ne $FileCount * $VersionCount) {
        throw "$lines versions were exported."
    }
}
finally {
    Remove-Item -LiteralPath $path -ErrorAction Ignore
}

Write-Account -Ms $ms
