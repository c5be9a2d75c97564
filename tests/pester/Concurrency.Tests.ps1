BeforeAll {
    . "$PSScriptRoot/common.ps1"
    Connect-BoxAccount -AccessToken box-token -BaseUri (Get-Emulator).Api

    # An exception that nobody looked at would end an application that is set to do so; it is counted when the garbage is.
    Add-Type -TypeDefinition @'
public static class Unobserved
{
    public static int Count;
    public static void Watch() { System.Threading.Tasks.TaskScheduler.UnobservedTaskException += (sender, e) => System.Threading.Interlocked.Increment(ref Count); }
}
'@
    [Unobserved]::Watch()

    function Wait-Until([scriptblock] $Condition) {
        # Whether it came about within ten seconds.
        $clock = [Diagnostics.Stopwatch]::StartNew()
        while ($clock.ElapsedMilliseconds -lt 10000) {
            if (& $Condition) {
                return $true
            }
            Start-Sleep -Milliseconds 20
        }
        $false
    }
}

AfterAll {
    Disconnect-BoxAccount
    Reset-Emulator
}

Describe 'Many files at once' {
    BeforeEach {
        Reset-Emulator
    }

    It 'keep their order, and no more than -ThrottleLimit requests run at once: <Limit>' -TestCases @(
        @{ Limit = 1 }, @{ Limit = 4 }, @{ Limit = 16 }, @{ Limit = 64 }
    ) {
        # The later requests of a batch are often answered first.
        Set-Emulator @{ boxVersions = 3; latencyMs = 2; latencyJitterMs = 20 }
        $ids = 1..200 | ForEach-Object { "$(5000 + $_)" }
        $open = (Get-EmulatorStat).connections.open
        Clear-EmulatorStat

        $versions = $ids | Get-BoxFileVersion -ThrottleLimit $Limit

        $stat = Get-EmulatorStat
        $versions.FileId | Should -Be ($ids | ForEach-Object { $_, $_, $_ })
        $versions.VersionNumber | Should -Be ($ids | ForEach-Object { '3', '2', '1' })
        $stat.box.requests | Should -Be 200
        $stat.box.peakInFlight | Should -BeLessOrEqual $Limit
        if ($Limit -gt 1) {
            $stat.box.peakInFlight | Should -BeGreaterThan 1
        }

        # Besides those of the cmdlet there are those of the test's own questions.
        $stat.connections.accepted - $open | Should -BeLessOrEqual ($Limit + 3)
    }

    It 'follow one another when -ThrottleLimit is 1' {
        Set-Emulator @{ boxVersions = 2500; latencyMs = 1 }

        $versions = '61', '62', '63' | Get-BoxFileVersion -ThrottleLimit 1

        $versions.Count | Should -Be 7500
        $requests = Get-EmulatorRequest
        $requests.target -replace '.*/files/(\d+)/.*&offset=(\d+).*', '$1 $2' |
            Should -Be '61 0', '61 1000', '61 2000', '62 0', '62 1000', '62 2000', '63 0', '63 1000', '63 2000'
        (Get-EmulatorStat).box.peakInFlight | Should -Be 1
    }

    It 'flow as they come: the first object is out before the last request is sent' {
        Set-Emulator @{ boxVersions = 2; latencyMs = 5 }

        $seen = 1..300 | ForEach-Object { "$_" } | Get-BoxFileVersion -ThrottleLimit 4 |
            ForEach-Object { (Get-EmulatorStat).box.requests } | Select-Object -First 1

        $seen | Should -BeLessThan 300
        Wait-EmulatorIdle | Should -BeTrue
    }

    It 'wait for a reader who takes his time' {
        Set-Emulator @{ boxVersions = 5 }

        $requests = 1..1000 | ForEach-Object { "$_" } | Get-BoxFileVersion -ThrottleLimit 4 | ForEach-Object {
            # The reader stands still until the requests do.
            $before = -1
            while (($now = (Get-EmulatorStat).box.requests) -ne $before) {
                $before = $now
                Start-Sleep -Milliseconds 300
            }
            $now
        } | Select-Object -First 1

        $requests | Should -BeLessOrEqual 40
    }
}

Describe 'One long file' {
    BeforeEach {
        Reset-Emulator
    }

    It 'has its pages fetched at once, within the limit, and put out in their order: <Limit>' -TestCases @(
        @{ Limit = 1 }, @{ Limit = 4 }, @{ Limit = 16 }
    ) {
        Set-Emulator @{ latencyMs = 20; latencyJitterMs = 20 }

        $versions = Get-BoxFileVersion -FileId 910000001 -ThrottleLimit $Limit

        ($versions.VersionNumber -join ',') | Should -Be (10000..1 -join ',')
        $stat = (Get-EmulatorStat).box
        $stat.requests | Should -Be 10
        $stat.peakInFlight | Should -BeLessOrEqual $Limit
        if ($Limit -gt 1) {
            $stat.peakInFlight | Should -BeGreaterThan 1
        }
    }

    It 'is asked for no page that -Limit <Limit> -Offset <Offset> does not need' -TestCases @(
        @{ Limit = 1; Offset = 0; Requests = 1 }
        @{ Limit = 1000; Offset = 0; Requests = 1 }
        @{ Limit = 2500; Offset = 0; Requests = 3 }
        @{ Limit = 2500; Offset = 700; Requests = 3 }
        @{ Limit = 20000; Offset = 9500; Requests = 1 }
    ) {
        $versions = @(Get-BoxFileVersion -FileId 910000001 -Limit $Limit -Offset $Offset -ThrottleLimit 16)

        $first = 10000 - $Offset
        ($versions.VersionNumber -join ',') | Should -Be ($first..[Math]::Max(1, $first - $Limit + 1) -join ',')
        (Get-EmulatorStat).box.requests | Should -Be $Requests
    }
}

Describe 'An early end' {
    BeforeAll {
        # What a request may be at when the end comes. The first file answers at once.
        $phases = @{
            'waiting for the reply'  = @{ action = 'hang' }
            'in the middle of a body' = @{ action = 'stallBodyAfter'; bytes = 500 }
            'waiting to try again'   = @{ action = 'status'; status = 503; headers = @{ 'Retry-After' = '60' } }
        }
        $script = {
            param($Module, $Uri, [switch] $Throw)

            Import-Module -Name $Module
            Connect-BoxAccount -AccessToken box-token -BaseUri $Uri
            1..50 | ForEach-Object { "$(7000 + $_)" } | Get-BoxFileVersion -ThrottleLimit 8 | ForEach-Object {
                if ($Throw) {
                    throw 'enough'
                }
                $_
            }
        }

        function New-Shell([switch] $Throw) {
            $shell = [powershell]::Create()
            $null = $shell.AddScript($script).AddParameter('Module', (Get-Module -Name FileVersions).Path).AddParameter('Uri', (Get-Emulator).Api)
            if ($Throw) {
                $null = $shell.AddParameter('Throw')
            }
            $shell
        }

        function Start-Phase([string] $Phase) {
            Reset-Emulator
            Set-Emulator @{ boxVersions = 3 }

            # The first rule that applies decides: the first file is answered at once.
            $null = Invoke-Emulator POST faults @(
                @{ fileId = '7001'; action = 'delay'; delayMs = 0 }
                $phases[$Phase] + @{ service = 'box' }
            )
        }

        function Wait-Phase {
            # Until eight requests are where the test wants them: under way, or answered by 503 and not sent again.
            Wait-Until {
                $stat = (Get-EmulatorStat).box
                $stat.inFlight + $(if ($stat.byStatus.PSObject.Properties['503']) { $stat.byStatus.'503' } else { 0 }) -ge 8
            } | Should -BeTrue
        }
    }

    It 'by <Way>, with requests <Phase>, ends every one of them' -TestCases @(
        foreach ($phase in 'waiting for the reply', 'in the middle of a body', 'waiting to try again') {
            foreach ($way in 'Ctrl+C', 'a throw downstream', 'Select-Object -First', 'disposal') {
                @{ Way = $way; Phase = $phase }
            }
        }
    ) {
        Start-Phase $Phase
        $output = [Management.Automation.PSDataCollection[psobject]]::new()
        $shell = New-Shell -Throw:($Way -eq 'a throw downstream')
        if ($Way -eq 'Select-Object -First') {
            $null = $shell.AddCommand('Select-Object').AddParameter('First', 1)
        }

        try {
            $running = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $output)
            if ($Way -in 'Ctrl+C', 'disposal') {
                Wait-Phase
                if ($Way -eq 'Ctrl+C') {
                    $shell.Stop()
                }
                else {
                    $shell.Dispose()
                }
            }
            else {
                # Minutes would pass if the requests were waited for.
                $running.AsyncWaitHandle.WaitOne(20000) | Should -BeTrue
                if ($Way -eq 'a throw downstream') {
                    { $shell.EndInvoke($running) } | Should -Throw '*enough*'
                }
                else {
                    $shell.EndInvoke($running)
                    $output.Count | Should -Be 1
                }
            }
        }
        finally {
            $shell.Dispose()
        }

        Wait-EmulatorIdle | Should -BeTrue
        $sent = (Get-EmulatorStat).box.requests
        Start-Sleep -Milliseconds 300
        (Get-EmulatorStat).box.requests | Should -Be $sent
    }

    It 'leaves no thread, no connection and no unobserved exception behind' {
        $threads = (Get-Process -Id $PID).Threads.Count
        $open = (Get-EmulatorStat).connections.open
        foreach ($round in 1..20) {
            Start-Phase 'waiting for the reply'
            $first = 1..50 | ForEach-Object { "$(7000 + $_)" } | Get-BoxFileVersion -ThrottleLimit 16 | Select-Object -First 1
            $first.FileId | Should -Be '7001'
        }

        Wait-EmulatorIdle | Should -BeTrue
        foreach ($collection in 1..3) {
            [GC]::Collect()
            [GC]::WaitForPendingFinalizers()
        }
        [Unobserved]::Count | Should -Be 0
        Wait-Until { (Get-EmulatorStat).connections.open -le $open + 8 } | Should -BeTrue
        (Get-Process -Id $PID).Threads.Count | Should -BeLessOrEqual ($threads + 24)
    }
}
