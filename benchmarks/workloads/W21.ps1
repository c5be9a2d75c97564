# Box allows 1,000 requests a minute for each user; scaled, so that a run takes seconds.
$limit = @{ perWindow = 100; windowMs = 2000; fractional = $true }
$job = $powerShell + '-File' + "$PSScriptRoot/../sides/scale.ps1" + '-Job'

# How far a time is from the model: the requests of the first window are free, then the client keeps to 97 % of the limit.
$deviation = {
    param([object] $Measured, [int] $Requests, [int] $AccountCount = 1)

    $predicted = ($Requests / $AccountCount - $limit.perWindow) * $limit.windowMs / $limit.perWindow / 0.97
    [Math]::Abs($Measured.Ms / $predicted - 1)
}.GetNewClosure()

@{
    Title    = 'the jobs of docs/scale.md, with a service that allows 50 requests a second'
    Settings = @{ boxVersions = 3; boxRateLimit = $limit }
    Rounds   = 1
    Sides    = [ordered]@{
        'inventory of 1,500 files'         = @{ Command = $job + 'inventory', '-FileCount', 1500 }
        'inventory of 3,000, two accounts'   = @{ Command = $job + 'inventory', '-FileCount', 3000, '-AccountCount', 2 }
        'trim of 500 files by 2 versions'    = @{ Command = $job + 'trim', '-FileCount', 500 }
        'recovery of 375 files'              = @{ Command = $job + 'recovery', '-FileCount', 375 }
    }
    Goals    = @(
        @{ Text = 'deviation from the model: inventory, 1 request a file'; AtMost = 0.1; Value = { param($m) & $deviation $m['inventory of 1,500 files'] 1500 }.GetNewClosure() }
        @{ Text = 'deviation from the model: inventory, two accounts'; AtMost = 0.1; Value = { param($m) & $deviation $m['inventory of 3,000, two accounts'] 3000 2 }.GetNewClosure() }
        @{ Text = 'deviation from the model: trim, 1 request a file and 1 a version'; AtMost = 0.1; Value = { param($m) & $deviation $m['trim of 500 files by 2 versions'] 1500 }.GetNewClosure() }
        @{ Text = 'deviation from the model: recovery, 4 requests a file'; AtMost = 0.1; Value = { param($m) & $deviation $m['recovery of 375 files'] 1500 }.GetNewClosure() }
    )
}
