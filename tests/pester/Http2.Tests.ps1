# Tests HTTP/2 over TLS, which both real services use. The emulator creates a new certificate each time. An environment variable
# makes a child process trust it. This works on Linux only; elsewhere, the certificate store of the system would have to change.

BeforeDiscovery {
    $canTrust = $PSVersionTable.PSEdition -eq 'Core' -and $IsLinux
}

Describe 'HTTP/2' -Skip:(-not $canTrust) -Tag 'needs PowerShell 7 on Linux' {
    BeforeAll {
        . "$PSScriptRoot/common.ps1"

        $certificate = Join-Path $TestDrive 'emulator.pem'
        $emulator = ConvertFrom-Json (Start-Emulator -ArgumentList '--certificate', "`"$certificate`"")
        $module = (Get-Module -Name FileVersions).Path

        function Invoke-Trusting {
            # Runs a script in a process that trusts the emulator's certificate, and returns its output lines.
            param([string] $Script, [string] $CertificatePath = $certificate)

            Invoke-PowerShell -Environment @{ SSL_CERT_FILE = $CertificatePath } -Code @"
`$ProgressPreference = 'SilentlyContinue'
Import-Module -Name '$module'
Connect-BoxAccount -AccessToken box-token -BaseUri '$($emulator.https)'
$Script
"@
        }

        function Get-Stat {
            Invoke-RestMethod -Uri "$($emulator.api)/_emulator/stats" -NoProxy
        }
    }

    BeforeEach {
        $null = Invoke-RestMethod -Method Post -Uri "$($emulator.api)/_emulator/reset" -NoProxy
    }

    It 'multiplexes 16 concurrent requests over one connection and keeps the output in input order' {
        $null = Invoke-RestMethod -Method Patch -Uri "$($emulator.api)/_emulator/settings" -Body '{"latencyMs":20,"boxVersions":2}' -ContentType application/json -NoProxy
        $before = (Get-Stat).connections
        $ids = Invoke-Trusting '1001..1200 | Get-BoxFileVersion -ThrottleLimit 16 | ForEach-Object FileId'

        $ids -join ',' | Should -Be ((1001..1200 | ForEach-Object { $_, $_ }) -join ',')
        $stat = Get-Stat
        $stat.box.byProtocol.'HTTP/2' | Should -Be 200
        $stat.box.byProtocol.PSObject.Properties.Name | Should -Be 'HTTP/2'
        $stat.box.peakInFlight | Should -BeGreaterThan 8
        $stat.box.peakInFlight | Should -BeLessOrEqual 16

        # One connection is from this process. A second one may be opened before the server announces its stream limit for the first.
        $stat.connections.accepted - $before.accepted | Should -BeLessOrEqual 3
    }

    It 'cancels requests when the pipeline ends and reuses the connection' {
        $null = Invoke-RestMethod -Method Post -Uri "$($emulator.api)/_emulator/faults" -ContentType application/json -NoProxy -Body (
            '[{"fileId":"7001","action":"delay","delayMs":300},{"service":"box","fileId":"7009","action":"delay","delayMs":0},{"service":"box","action":"stallBodyAfter","bytes":100}]')
        $ids = Invoke-Trusting '7001..7008 | Get-BoxFileVersion -ThrottleLimit 8 | Select-Object -First 1 -ExpandProperty FileId; (Get-BoxFileVersion 7009 -Limit 1).FileId'

        $ids | Should -Be '7001', '7009'
        # The emulator may notice the end of the process late.
        for ($i = 0; $i -lt 100 -and ($stat = Get-Stat).box.inFlight -gt 0; $i++) {
            Start-Sleep -Milliseconds 50
        }
        $stat.box.aborted | Should -BeGreaterOrEqual 1
        $stat.box.inFlight | Should -Be 0
        $stat.box.byProtocol.PSObject.Properties.Name | Should -Be 'HTTP/2'
    }

    It 'retries after 429 and truncated responses' {
        $null = Invoke-RestMethod -Method Post -Uri "$($emulator.api)/_emulator/faults" -ContentType application/json -NoProxy -Body (
            '[{"service":"box","every":7,"action":"retryAfter","retryAfter":"0.05"},{"service":"box","every":5,"times":10,"action":"cutBodyAfter","bytes":40}]')
        $ids = Invoke-Trusting '1001..1100 | Get-BoxFileVersion -ThrottleLimit 8 -Limit 1 | ForEach-Object FileId'

        $ids -join ',' | Should -Be (1001..1100 -join ',')
        (Get-Stat).box.faulted | Should -BeGreaterThan 10
    }

    It 'rejects an untrusted certificate with an error that says so' {
        $none = New-Item -ItemType File -Path (Join-Path $TestDrive 'none.pem')
        $told = Invoke-Trusting -CertificatePath $none.FullName -Script @'
            Get-BoxFileVersion 1001 -ErrorAction SilentlyContinue -ErrorVariable failures
            $failures | ForEach-Object { $_.FullyQualifiedErrorId; $_.Exception.Message }
'@

        $told[0] | Should -BeLike 'ConnectionFailed,*'
        $told[1] | Should -Match 'certificate'
        (Get-Stat).box.requests | Should -Be 0
    }
}
