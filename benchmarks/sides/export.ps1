# Exports all versions of many files to JSON Lines, from this process or from sessions in other processes.
param([int] $FileCount, [int] $VersionCount, [int] $SessionCount, [int] $ThrottleLimit = 8)

. "$PSScriptRoot/common.ps1"
Import-Module -Name $env:BENCH_MODULE
$path = Join-Path ([IO.Path]::GetTempPath()) "export-$PID.jsonl"
$option = @{ Path = $path; ThrottleLimit = $ThrottleLimit }
if ($SessionCount) {
    $option.Session = @(
        foreach ($i in 1..$SessionCount) {
            $runspace = [runspacefactory]::CreateOutOfProcessRunspace($null)
            $runspace.Open()
            [Management.Automation.Runspaces.PSSession]::Create($runspace, 'Process', $null)
        }
    )
    Invoke-Command -Session $option.Session -ArgumentList $env:BENCH_MODULE -ScriptBlock { Import-Module -Name $args[0] }
}

try {
    $summary = Get-FileId box $FileCount | Export-BoxFileVersion @option
    if ($summary.Versions -ne $FileCount * $VersionCount -or $summary.FilesFailed) {
        throw "$($summary.Versions) versions were exported, and $($summary.FilesFailed) files failed."
    }
}
finally {
    Remove-Item -LiteralPath $path, "$path.journal" -ErrorAction Ignore
    if ($SessionCount) {
        $option.Session | Remove-PSSession
    }
}

Write-Account -Ms $summary.Elapsed.TotalMilliseconds
