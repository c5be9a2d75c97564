# One of the jobs of docs/scale.md, on files with 3 past versions: inventory, trim (removes 2 of them) or recovery (restores the oldest).
# With -AccountCount, that many sessions with an account of their own share the inventory.
param([string] $Job, [int] $FileCount, [int] $AccountCount = 1)

. "$PSScriptRoot/common.ps1"
Import-Module -Name $env:BENCH_MODULE

# Every run has its own files: restoring a version that an earlier run trimmed would cost another request.
$first = Get-Random -Minimum 100000000 -Maximum 390000000
$ids = 1..$FileCount | ForEach-Object { "$($first + $_)" }
$path = Join-Path ([IO.Path]::GetTempPath()) "scale-$PID.jsonl"
$option = @{}
if ($AccountCount -gt 1) {
    $option.Session = @(
        foreach ($token in 'box-token', 'box-token-2' | Select-Object -First $AccountCount) {
            $runspace = [runspacefactory]::CreateOutOfProcessRunspace($null)
            $runspace.Open()
            $session = [Management.Automation.Runspaces.PSSession]::Create($runspace, 'Process', $null)
            Invoke-Command -Session $session -ArgumentList $env:BENCH_MODULE, $token -ScriptBlock {
                Import-Module -Name $args[0]
                Connect-BoxAccount -AccessToken $args[1] -BaseUri $env:BOX_BASE_URL
            }
            $session
        }
    )
}

# Code that runs for the first time is slow, and the client would take that for the rate of the service. Then the window is empty again.
$null = Export-BoxFileVersion -FileId (1..20) -Path $path @option
Remove-Item -LiteralPath $path, "$path.journal"
Start-Sleep -Seconds 5

$clock = [Diagnostics.Stopwatch]::StartNew()
switch ($Job) {
    inventory {
        $null = $ids | Export-BoxFileVersion -Path $path @option
    }
    trim {
        $ids | Get-BoxFileVersion | Select-ExpiredFileVersion -KeepLast 1 | Remove-BoxFileVersion -Confirm:$false
    }
    recovery {
        $oldest = $ids | Get-BoxFileVersion | Group-Object -Property FileId | ForEach-Object { $_.Group[-1] }
        $null = $oldest | Restore-BoxFileVersion -Confirm:$false
    }
}
$ms = $clock.Elapsed.TotalMilliseconds
Remove-Item -LiteralPath $path, "$path.journal" -ErrorAction Ignore
if ($option.Session) {
    $option.Session | Remove-PSSession
}

Write-Account -Ms $ms
