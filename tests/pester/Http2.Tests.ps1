# A service that speaks HTTP/2 over TLS, as both real ones do. The emulator's certificate is made anew each time; the process that
# is to trust it is told so before it starts, which works on Linux only: elsewhere the system's own store would have to be changed.

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
            # Runs a script in a process that trusts the emulator's certificate, and puts out its lines.
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

    It 'carries 16 requests at once over one connection, and the output keeps its order' {
        $null = Invoke-RestMethod -Method Patch -Uri "$($emulator.api)/_emulator/settings" -Body '{"latencyMs":20,"boxVersions":2}' -ContentType application/json -NoProxy
        $before = (Get-Stat).connections
        $ids = Invoke-Trusting '1001..1200 | Get-BoxFileVersion -ThrottleLimit 16 | ForEach-Object FileId'

        $ids -join ',' | Should -Be ((1001..1200 | ForEach-Object { $_, $_ }) -join ',')
        $stat = Get-Stat
        $stat.box.byProtocol.'HTTP/2' | Should -Be 200
        $stat.box.byProtocol.PSObject.Properties.Name | Should -Be 'HTTP/2'
        $stat.box.peakInFlight | Should -BeGreaterThan 8
        $stat.box.peakInFlight | Should -BeLessOrEqual 16

        # Beside this process's own, a second one at most, opened before the first had said how much it bears.
        $stat.connections.accepted - $before.accepted | Should -BeLessOrEqual 3
    }

    It 'ends the requests under way when the pipeline ends, and the connection serves on' {
        $null = Invoke-RestMethod -Method Post -Uri "$($emulator.api)/_emulator/faults" -ContentType application/json -NoProxy -Body (
            '[{"fileId":"7001","action":"delay","delayMs":300},{"service":"box","fileId":"7009","action":"delay","delayMs":0},{"service":"box","action":"stallBodyAfter","bytes":100}]')
        $ids = Invoke-Trusting '7001..7008 | Get-BoxFileVersion -ThrottleLimit 8 | Select-Object -First 1 -ExpandProperty FileId; (Get-BoxFileVersion 7009 -Limit 1).FileId'

        $ids | Should -Be '7001', '7009'
        $stat = Get-Stat
        $stat.box.aborted | Should -BeGreaterOrEqual 1
        $stat.box.inFlight | Should -Be 0
        $stat.box.byProtocol.PSObject.Properties.Name | Should -Be 'HTTP/2'
    }

    It 'survives 429 and cut replies' {
        $null = Invoke-RestMethod -Method Post -Uri "$($emulator.api)/_emulator/faults" -ContentType application/json -NoProxy -Body (
            '[{"service":"box","every":7,"action":"retryAfter","retryAfter":"0.05"},{"service":"box","every":5,"times":10,"action":"cutBodyAfter","bytes":40}]')
        $ids = Invoke-Trusting '1001..1100 | Get-BoxFileVersion -ThrottleLimit 8 -Limit 1 | ForEach-Object FileId'

        $ids -join ',' | Should -Be (1001..1100 -join ',')
        (Get-Stat).box.faulted | Should -BeGreaterThan 10
    }

    It 'is refused to a service whose certificate nobody vouches for, with an error that says so' {
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
