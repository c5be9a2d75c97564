<#
.SYNOPSIS
Demonstrates the module with the files of a small company. Both services are emulated on this computer. ./build.sh Demo builds and runs everything.

.PARAMETER Module
The folder of the built module.

.PARAMETER Emulator
The emulator's dll.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Module,

    [Parameter(Mandatory)]
    [string] $Emulator
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

function Start-Emulator {
    # Starts both services on loopback and returns their process and address.
    param([Parameter(Mandatory)] [string] $Path)

    $start = New-Object -TypeName Diagnostics.ProcessStartInfo -ArgumentList 'dotnet'
    $start.Arguments = "`"$Path`" --parent-pid $PID"
    $start.UseShellExecute = $false
    $start.RedirectStandardOutput = $true
    $process = [Diagnostics.Process]::Start($start)
    $ready = $process.StandardOutput.ReadLine()
    if (-not $ready) {
        throw 'The emulator did not start.'
    }

    [pscustomobject]@{ Process = $process; Api = (ConvertFrom-Json $ready).api }
}

function Import-DataSet {
    # Loads files into the emulator.
    param([Parameter(Mandatory)] [hashtable] $DataSet)

    $null = Invoke-RestMethod -Method Post -Uri "$($services.Api)/_emulator/dataset" -ContentType application/json -Body (ConvertTo-Json $DataSet)
}

function Write-Story {
    param([Parameter(Mandatory)] [string] $Text)

    Write-Host "`n# $Text" -ForegroundColor Green
}

function Show {
    # Prints a command as typed at the prompt, runs it, and prints its actual output. Dot-source it to keep the variables of the command.
    param([Parameter(Mandatory)] [scriptblock] $Command)

    $lines = "$Command".Trim() -replace '(?m)^ {8}'
    Write-Host "PS> $($lines -replace '\n', "`n>>  ")" -ForegroundColor Cyan
    . ([scriptblock]::Create($lines)) 2>&1 | Out-String -Stream -Width 118 | ForEach-Object { $_.TrimEnd() } | Where-Object { $_ } | Out-Host
}

function Get-ChangeCount {
    # Returns the number of requests since the last call that changed something.
    $stats = Invoke-RestMethod -Uri "$($services.Api)/_emulator/stats"
    $null = Invoke-RestMethod -Method Delete -Uri "$($services.Api)/_emulator/stats"
    $stats.total.changes
}

Import-Module -Name (Join-Path (Resolve-Path -LiteralPath $Module) FileVersions.psd1)
$services = Start-Emulator -Path $Emulator
$rehearsal = Join-Path ([IO.Path]::GetTempPath()) "rehearsal-$PID"
try {
    $token, $address = 'box-token', $services.Api
    Import-DataSet @{ name = 'company' }

    Write-Story 'Sign in. For the real Box, omit -BaseUri.'
    . Show { Connect-BoxAccount -AccessToken $token -BaseUri $address }

    Write-Story 'Which files use the most space for past versions? 27182 is a folder id. Files that never changed need no request.'
    . Show {
        $usage = Get-BoxFile 27182 -Recurse | Where-Object HasPastVersions | Get-BoxFileVersion | Measure-FileVersion
        $usage | Sort-Object PastSize -Descending | Select-Object -First 5
    }

    Write-Story 'Preview a policy: how much space would it free?'
    . Show {
        $expired = Get-BoxFile 27182 -Recurse | Where-Object HasPastVersions | Get-BoxFileVersion |
            Select-ExpiredFileVersion -KeepLast 10 -KeepDaily 30 -KeepMonthly 12
        $expired | Measure-FileVersion -Total | Format-List FileCount, PastCount, PastSize
    }

    Write-Story 'Trim. -WhatIf shows what would happen; Box moves removed versions to the trash.'
    . Show { $expired | Select-Object -First 2 | Remove-BoxFileVersion -WhatIf }
    $null = Get-ChangeCount
    . Show {
        Get-BoxFile 27182 -Recurse | Get-BoxFileVersion |
            Select-ExpiredFileVersion -KeepLast 10 -KeepDaily 30 -KeepMonthly 12 | Remove-BoxFileVersion -Confirm:$false
    }
    Write-Host "$(Get-ChangeCount) versions moved to the trash."

    Import-DataSet @{ name = 'archive'; files = 400; attacked = 60 }
    Write-Story 'Ransomware has encrypted files in folder 31415. When did it start?'
    . Show {
        $locked = Get-BoxFile 31415 -Recurse -Include *.locked
        $first = $locked | Get-BoxFileVersion -IncludeCurrent -Limit 1 | Sort-Object CreatedAt | Select-Object -First 1
        '{0} files. The first: {1} at {2:u} by {3}' -f $locked.Count, $first.Name, $first.CreatedAt, $first.ModifiedBy.Login
    }
    . Show { $before = $first.CreatedAt.AddSeconds(-1) }

    Write-Story 'Rehearse: save all files as they were before the attack. Nothing changes in Box. Versions in the trash cannot be downloaded yet.'
    . Show {
        Get-BoxFile 31415 -Recurse | Get-BoxFileVersion -AsOf $before |
            Save-BoxFileVersion $rehearsal -Tree -ErrorAction SilentlyContinue -ErrorVariable missing
        '{0} files saved, {1} versions are in the trash' -f @(Get-ChildItem $rehearsal -Recurse -File).Count, $missing.Count
    }

    Write-Story 'Recover. Files that were not attacked do not change. Versions in the trash are restored from it.'
    $null = Get-ChangeCount
    . Show {
        $current = Get-BoxFile 31415 -Recurse | Get-BoxFileVersion -AsOf $before | Restore-BoxFileVersion
        $current | Where-Object FileId -in $locked.FileId | Select-Object -First 3
    }
    Write-Host "$(Get-ChangeCount) changes sent to Box."

    Write-Story 'Verify: a second run has nothing to do, and the saved folder is now complete.'
    . Show { Get-BoxFile 31415 -Recurse | Get-BoxFileVersion -AsOf $before | Restore-BoxFileVersion | Measure-Object | Format-List Count }
    Write-Host "$(Get-ChangeCount) changes sent to Box."
    . Show {
        Get-BoxFile 31415 -Recurse | Get-BoxFileVersion -AsOf $before | Save-BoxFileVersion $rehearsal -Tree
        @(Get-ChildItem $rehearsal -Recurse -File).Count
    }
}
finally {
    Remove-Item -LiteralPath $rehearsal -Recurse -ErrorAction Ignore
    $services.Process.Kill()
}
