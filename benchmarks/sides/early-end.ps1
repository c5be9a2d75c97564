# Measures how long requests stay in flight after their pipeline ended early, in one of four ways.
param([Parameter(Mandatory)] [ValidateSet('stop', 'dispose', 'throw', 'first')] [string] $Way)

. "$PSScriptRoot/common.ps1"
Import-Module -Name $env:BENCH_MODULE

function Invoke-Control {
    param([string] $Method, [string] $Name, [object] $Body)

    $more = if ($Body) { @{ Body = ConvertTo-Json $Body; ContentType = 'application/json' } } else { @{} }
    Invoke-RestMethod -Method $Method -Uri "$env:BOX_BASE_URL/_emulator/$Name" -NoProxy @more
}

function Get-InFlight {
    (Invoke-Control GET stats).box.inFlight
}

# The state of the requests at the end. The first file is answered when the others are in flight.
$phases = @(
    @{ action = 'hang' }
    @{ action = 'stallBodyAfter'; bytes = 500 }
)
$list = {
    param($Module, $Way, $Clock)

    Import-Module -Name $Module
    1..50 | ForEach-Object { "$(7000 + $_)" } | Get-BoxFileVersion -ThrottleLimit 16 | ForEach-Object {
        $Clock.Restart()
        if ($Way -eq 'throw') {
            throw 'enough'
        }
        $_
    }
}

$times = foreach ($run in 0..10) {
    foreach ($phase in $phases) {
        $null = Invoke-Control POST faults @(@{ fileId = '7001'; action = 'delay'; delayMs = 500 }, ($phase + @{ service = 'box' }))
        $clock = [Diagnostics.Stopwatch]::new()
        $shell = [powershell]::Create().AddScript($list).AddArgument($env:BENCH_MODULE).AddArgument($Way).AddArgument($clock)
        if ($Way -eq 'first') {
            $null = $shell.AddCommand('Select-Object').AddParameter('First', 1)
        }

        $running = $shell.BeginInvoke()
        if ($Way -in 'stop', 'dispose') {
            while (-not $clock.IsRunning) {
                Start-Sleep -Milliseconds 5
            }
            $clock.Restart()
            if ($Way -eq 'stop') { $shell.Stop() } else { $shell.Dispose() }
        }
        else {
            $null = $running.AsyncWaitHandle.WaitOne()
        }

        while (Get-InFlight) {
        }
        $clock.Elapsed.TotalMilliseconds
        $shell.Dispose()
    }
}

# The first run is a warm-up.
Write-Account -Ms $times[2..($times.Count - 1)]
