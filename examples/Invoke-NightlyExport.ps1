<#
.SYNOPSIS
Exports the versions of all files in a Box folder, applies a retention policy to them and writes a report.

.DESCRIPTION
Uses the account that is connected in the session, or the environment variable BOX_ACCESS_TOKEN. Writes three files to -OutputPath: the
versions (versions-<date>.jsonl), the decision about each of them (decisions-<date>.csv), and one line for the run in report.csv. After
a failure, run it again: it resumes the export of the day and removes nothing twice.

Exit codes: 0 everything is done. 1 some files failed; the next run tries them again. 2 the job ended early; a warning gives the reason.

.EXAMPLE
./Invoke-NightlyExport.ps1 -FolderId 555 -OutputPath /srv/box -Remove
#>
param(
    [string] $FolderId = '0',
    [Parameter(Mandatory)] [string] $OutputPath,
    [hashtable] $Policy = @{ KeepLast = 10; KeepDaily = 30; KeepMonthly = 12; TimeZone = 'UTC' },
    # Moves expired versions to the trash. Without it, they are only reported.
    [switch] $Remove
)

$ErrorActionPreference = 'Stop'
$failed = @()
$continue = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = '+failed' }
try {
    $folder = (New-Item -ItemType Directory -Path $OutputPath -Force).FullName
    $date = Get-Date -Format yyyy-MM-dd
    $versions = Join-Path -Path $folder -ChildPath "versions-$date.jsonl"

    $summary = Get-BoxFile $FolderId -Recurse @continue | Where-Object -Property HasPastVersions -NE -Value $false |
        Export-BoxFileVersion -Path $versions -IncludeCurrent @continue

    $decisions = Get-Content -LiteralPath $versions | ConvertFrom-Json | Select-ExpiredFileVersion @Policy -Explain @continue
    $decisions | Export-Csv -LiteralPath (Join-Path -Path $folder -ChildPath "decisions-$date.csv") -NoTypeInformation
    $expired = @($decisions | Where-Object -Property IsExpired)
    if ($Remove) {
        $expired | Remove-BoxFileVersion -Confirm:$false @continue
    }

    $summary | Select-Object -Property *, @{ Name = 'Expired'; Expression = { $expired.Count } }, @{ Name = 'Errors'; Expression = { $failed.Count } } |
        Export-Csv -LiteralPath (Join-Path -Path $folder -ChildPath 'report.csv') -Append -NoTypeInformation
    $failed | ForEach-Object -Process { Write-Warning -Message $_.Exception.Message }
}
catch {
    Write-Warning -Message "The job ended early: $($_.Exception.Message)"
    exit 2
}
exit [int]($failed.Count -gt 0)
