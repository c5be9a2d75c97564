BeforeAll {
    . "$PSScriptRoot/common.ps1"
    # A new token has no rate limit that other tests in this process have reached.
    Connect-BoxAccount -AccessToken "box-token.$([guid]::NewGuid())" -BaseUri (Get-Emulator).Api

    # Counts unobserved task exceptions, which are raised during garbage collection and can end an application.
    Add-Type -TypeDefinition @'
public static class Unobserved
{
    public static int Count;
    public static void Watch() { System.Threading.Tasks.TaskScheduler.UnobservedTaskException += (sender, e) => System.Threading.Interlocked.Increment(ref Count); }
}
'@
    [Unobserved]::Watch()

    function Wait-Until([scriptblock] $Condition) {
        # Returns false if the condition is not met within ten seconds.
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

Describe 'Listing many files' {
    BeforeEach {
        Reset-Emulator
    }

    It 'keeps the input order with at most -ThrottleLimit requests in flight: <Limit>' -TestCases @(
        @{ Limit = 1 }, @{ Limit = 4 }, @{ Limit = 16 }, @{ Limit = 64 }
    ) {
        # With this jitter, responses often arrive out of order.
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

        # The requests of the test itself use connections, too.
        $stat.connections.accepted - $open | Should -BeLessOrEqual ($Limit + 3)
    }

    It 'sends requests one at a time with -ThrottleLimit 1' {
        Set-Emulator @{ boxVersions = 2500; latencyMs = 1 }

        $versions = '61', '62', '63' | Get-BoxFileVersion -ThrottleLimit 1

        $versions.Count | Should -Be 7500
        $requests = Get-EmulatorRequest
        $requests.target -replace '.*/files/(\d+)/.*&offset=(\d+).*', '$1 $2' |
            Should -Be '61 0', '61 1000', '61 2000', '62 0', '62 1000', '62 2000', '63 0', '63 1000', '63 2000'
        (Get-EmulatorStat).box.peakInFlight | Should -Be 1
    }

    It 'writes the first object before the last request is sent' {
        Set-Emulator @{ boxVersions = 2; latencyMs = 5 }

        $seen = 1..300 | ForEach-Object { "$_" } | Get-BoxFileVersion -ThrottleLimit 4 |
            ForEach-Object { (Get-EmulatorStat).box.requests } | Select-Object -First 1

        $seen | Should -BeLessThan 300
        Wait-EmulatorIdle | Should -BeTrue
    }

    It 'does not read far ahead of a slow consumer' {
        Set-Emulator @{ boxVersions = 5 }

        $requests = 1..1000 | ForEach-Object { "$_" } | Get-BoxFileVersion -ThrottleLimit 4 | ForEach-Object {
            # Blocks the pipeline until no more requests arrive.
            $before = -1
            while (($now = (Get-EmulatorStat).box.requests) -ne $before) {
                $before = $now
                Start-Sleep -Milliseconds 300
            }
            $now
        } | Select-Object -First 1

        $requests | Should -BeLessOrEqual 40
        Wait-EmulatorIdle | Should -BeTrue
    }
}

Describe 'Listing a file with many versions' {
    BeforeEach {
        Reset-Emulator
    }

    It 'requests pages concurrently up to the limit and returns them in order: <Limit>' -TestCases @(
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

    It 'requests no page that -Limit <Limit> -Offset <Offset> does not need' -TestCases @(
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

Describe 'A pipeline that ends early' {
    BeforeAll {
        # The states of requests when the pipeline ends.
        $phases = @{
            'waiting for a response'  = @{ action = 'hang' }
            'receiving a body'       = @{ action = 'stallBodyAfter'; bytes = 500 }
            'waiting for a retry'    = @{ action = 'status'; status = 503; headers = @{ 'Retry-After' = '60' } }
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

            # The first matching rule applies, so the response for the first file is immediate.
            $null = Invoke-Emulator POST faults @(
                @{ fileId = '7001'; action = 'delay'; delayMs = 0 }
                $phases[$Phase] + @{ service = 'box' }
            )
        }

        function Wait-Phase {
            # Waits until eight requests are in flight, or waiting for a retry after 503.
            Wait-Until {
                $stat = (Get-EmulatorStat).box
                $stat.inFlight + $(if ($stat.byStatus.PSObject.Properties['503']) { $stat.byStatus.'503' } else { 0 }) -ge 8
            } | Should -BeTrue
        }
    }

    It 'cancels all requests: ended by <Way> while requests are <Phase>' -TestCases @(
        foreach ($phase in 'waiting for a response', 'receiving a body', 'waiting for a retry') {
            foreach ($way in 'Ctrl+C', 'an error downstream', 'Select-Object -First', 'disposal') {
                @{ Way = $way; Phase = $phase }
            }
        }
    ) {
        Start-Phase $Phase
        $output = [Management.Automation.PSDataCollection[psobject]]::new()
        $shell = New-Shell -Throw:($Way -eq 'an error downstream')
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
                # Waiting for the requests would take minutes.
                $running.AsyncWaitHandle.WaitOne(20000) | Should -BeTrue
                if ($Way -eq 'an error downstream') {
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

    It 'leaves no threads, connections or unobserved exceptions behind' {
        $threads = (Get-Process -Id $PID).Threads.Count
        $open = (Get-EmulatorStat).connections.open
        foreach ($round in 1..20) {
            Start-Phase 'waiting for a response'
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
