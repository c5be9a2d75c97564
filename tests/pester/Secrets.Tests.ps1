# Runs whole sessions with distinctive secrets and searches all of their output for these secrets.

BeforeAll {
    . "$PSScriptRoot/common.ps1"

    $emulator = Get-Emulator
    Reset-Emulator
    $secrets = @{
        Token = 'TOKEN-7d41c9e0a35b'
        Key = 'private_KEY+7d41c9e0a35b=='
        ClientSecret = 'cs9ZQ4-7d41c9e0a35b'
        ProxySecret = 'PROXYPASS-7d41c9e0a35b'
        Environment = 'ENVTOKEN-7d41c9e0a35b'
    }

    # A service that returns the credential of the request in every part of the response.
    function Get-EchoRule([hashtable] $Rule, [hashtable] $Where, [string] $Secret) {
        $encoded = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("${Secret}:"))
        $body = ConvertTo-Json -Compress -InputObject @{
            code = $Secret
            error = $Secret
            error_description = "You sent $Secret, that is $encoded"
            message = "You sent $Secret, that is $encoded"
            request_id = $Secret
        }
        $headers = @{
            'Retry-After' = '0'
            'box-request-id' = $Secret
            'x-ik-requestId' = $encoded
            'WWW-Authenticate' = "Bearer realm=`"$Secret`", error=`"$Secret`""
        }
        $Rule + $Where + @{ body = $body; headers = $headers }
    }

    $session = Join-Path $TestDrive 'session.ps1'
    $transcript = Join-Path $TestDrive 'transcript.txt'
    $clixml = Join-Path $TestDrive 'objects.xml'
    $script = {
        param($Module, $Api, $Proxy, $Transcript, $Clixml, $Token, $Key, $ClientSecret, $ProxySecret, $Environment)

        $ProgressPreference = 'Continue'
        $VerbosePreference = $DebugPreference = $InformationPreference = $WarningPreference = 'Continue'
        $ErrorActionPreference = 'Continue'
        $null = Start-Transcript -Path $Transcript
        Import-Module $Module

        function Show($Value) {
            $Value
            $Value | Format-List * -Force | Out-String -Width 10000
            $Value | Format-Table * -Force | Out-String -Width 10000
            "$Value"
        }

        function Show-Deep($Value) {
            # The stack of an error leads to the reflection objects of .NET, which are skipped.
            Show $Value
            $Value | Format-Custom -Depth 5 | Out-String -Width 10000
            $Value | ConvertTo-Json -Depth 5 -WarningAction SilentlyContinue
            $Value | Select-Object * | ConvertTo-Csv
            $Value | Export-Clixml -Path $Clixml -Depth 5
            [IO.File]::ReadAllText($Clixml)
        }

        function Show-Error($Record) {
            Show $Record
            $Record.Exception | Select-Object -Property * -ExcludeProperty TargetSite, InnerException | ForEach-Object { Show-Deep $_ }
            $Record | Export-Clixml -Path $Clixml -Depth 2
            [IO.File]::ReadAllText($Clixml)
            for ($e = $Record.Exception; $e; $e = $e.InnerException) {
                Show $e
                $e.Data | Out-String
            }
        }

        $settings = @{ BaseUri = $Api; MaximumRetryCount = 1; TimeoutSec = 5; PassThru = $true; Verbose = $true; Debug = $true }
        $box = Connect-BoxAccount -AccessToken $Token @settings
        $ik = Connect-IKAccount -PrivateKey $Key @settings
        $app = Connect-BoxAccount -ClientId 'box-client' -ClientSecret $ClientSecret -EnterpriseId 900 @settings
        $credential = [pscredential]::new('proxyuser', (ConvertTo-SecureString $ProxySecret -AsPlainText -Force))
        $proxied = Connect-BoxAccount -AccessToken $Token -Proxy $Proxy -ProxyCredential $credential @settings
        foreach ($connection in $box, $ik, $app, $proxied) {
            Show-Deep $connection
        }

        $common = @{ Verbose = $true; Debug = $true }
        foreach ($id in '1', '..') {
            try { Get-BoxFileVersion $id -Connection $box @common | Out-String } catch { Show $_ }
            try { Get-BoxFileVersion $id -Connection $app @common | Out-String } catch { Show $_ }
            try { Get-BoxFileVersion $id -Connection $proxied @common | Out-String } catch { Show $_ }
            try { Get-IKFileVersion $id -Connection $ik @common | Out-String } catch { Show $_ }
        }
        Disconnect-BoxAccount
        $env:BOX_ACCESS_TOKEN = $Environment
        $env:BOX_BASE_URL = $Api
        try { Get-BoxFileVersion 3 @common | Out-String } catch { Show $_ }
        foreach ($bad in "$Token`n$Token", "$Token $Key") {
            try { $c = Connect-BoxAccount -AccessToken $bad @settings; Get-BoxFileVersion 1 -Connection $c @common | Out-String } catch { Show $_ }
            try { $c = Connect-IKAccount -PrivateKey $bad @settings; Get-IKFileVersion 1 -Connection $c @common | Out-String } catch { Show $_ }
        }

        $Error | Format-List * -Force | Out-String -Width 10000
        foreach ($record in @($Error)) {
            Show-Error $record
        }
        Get-Module FileVersions | Format-List * -Force | Out-String -Width 10000
        $null = Stop-Transcript
        "SESSION ENDED with $($Error.Count) errors"
    }
    Set-Content -LiteralPath $session -Value $script.ToString()

    function Invoke-Session {
        $run = {
            param($Session, $Arguments)
            & $Session @Arguments *>&1 | Out-String -Width 10000 -Stream
        }
        $arguments = @{
            Module = Get-RepositoryPath 'out/FileVersions/FileVersions.psd1'
            Api = $emulator.Api
            Proxy = $emulator.Proxy
            Transcript = $transcript
            Clixml = $clixml
        } + $secrets
        (Start-Job -ScriptBlock $run -ArgumentList $session, $arguments | Receive-Job -Wait -AutoRemoveJob) -join "`n"
    }

    function Find-Secret([string] $Text) {
        foreach ($name in $secrets.Keys) {
            $plain = $secrets[$name]
            $forms = @(
                $plain
                $plain.Substring(0, [Math]::Min(12, $plain.Length))
                [uri]::EscapeDataString($plain)
                foreach ($encoded in $plain, "${plain}:", "proxyuser:$plain") {
                    [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($encoded)).TrimEnd('=').Substring(0, 14)
                }
                [BitConverter]::ToString([Text.Encoding]::Unicode.GetBytes($plain.Substring(0, 8))).Replace('-', '')
            )
            foreach ($form in $forms) {
                $at = $Text.IndexOf($form, [StringComparison]::OrdinalIgnoreCase)
                if ($at -ge 0) {
                    "$name as $form`: ..." + $Text.Substring([Math]::Max(0, $at - 150), [Math]::Min(300, $Text.Length - [Math]::Max(0, $at - 150)))
                }
            }
        }
    }
}

AfterAll {
    Reset-Emulator
}

Describe 'A session' {
    It 'leaves no secret in its output when <What>' -ForEach @(
        @{ What = 'the sign-in is rejected'; Rule = $null }
        @{ What = 'the service returns credentials in an error response'; Rule = @{ action = 'status'; status = 404 } }
        @{ What = 'the service returns credentials in place of versions'; Rule = @{ action = 'replaceBody'; status = 200 } }
    ) {
        Reset-Emulator
        if ($Rule) {
            $rules = @(
                Get-EchoRule $Rule @{ service = 'box'; fileId = '1' } $secrets.Token
                Get-EchoRule $Rule @{ service = 'box'; fileId = '3' } $secrets.Environment
                Get-EchoRule $Rule @{ service = 'ik' } $secrets.Key
                Get-EchoRule $Rule @{ service = 'token' } $secrets.ClientSecret
            )
            $null = Invoke-Emulator -Method POST -Name faults -Body $rules
        }
        $shown = Invoke-Session
        $shown | Should -Match 'SESSION ENDED with [1-9]\d* errors'
        $written = [IO.File]::ReadAllText($transcript)
        $written.Length | Should -BeGreaterThan 1000

        # Checks that the search finds secrets.
        Find-Secret "x $($secrets.Token) x" | Should -Not -BeNullOrEmpty
        Find-Secret $shown | Should -BeNullOrEmpty
        Find-Secret $written | Should -BeNullOrEmpty
    }
}
