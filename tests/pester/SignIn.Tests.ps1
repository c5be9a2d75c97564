BeforeAll {
    . "$PSScriptRoot/common.ps1"
    Reset-Emulator
    $emulator = Get-Emulator
    $api = $emulator.Api
    $module = (Get-RepositoryPath 'out/FileVersions')

    # The settings of this computer must not affect the tests.
    $names = 'BOX_ACCESS_TOKEN', 'BOX_BASE_URL', 'IMAGEKIT_PRIVATE_KEY', 'IMAGE_KIT_BASE_URL',
        'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'
    $before = @{}
    foreach ($name in $names) {
        $before[$name] = [Environment]::GetEnvironmentVariable($name)
    }

    function Clear-Setting {
        foreach ($name in $names) {
            # PowerShell would pass $null to SetEnvironmentVariable as an empty string.
            Remove-Item -LiteralPath "env:$name" -ErrorAction Ignore
        }
    }
}

AfterAll {
    Clear-Setting
    foreach ($name in $names) {
        if ($before[$name]) {
            Set-Item -LiteralPath "env:$name" -Value $before[$name]
        }
    }
    Reset-Emulator
}

Describe 'Sign-in' {
    BeforeEach {
        Clear-Setting
        Disconnect-BoxAccount
        Disconnect-IKAccount
        Reset-Emulator
    }

    Context 'with tokens that expire' {
        It 'requests one <Kind> token per lifetime with 16 workers and returns every file' -ForEach @(
            @{ Kind = 'client credential' }
            @{ Kind = 'JWT' }
        ) {
            if ($Kind -eq 'JWT') {
                if ($PSVersionTable.PSEdition -eq 'Desktop') {
                    Set-ItResult -Skipped -Because 'JWT needs PowerShell 7'
                }

                $path = Join-Path $TestDrive config.json
                [IO.File]::WriteAllText($path, (ConvertTo-Json (Invoke-Emulator GET box-config) -Depth 5))
                Connect-BoxAccount -ConfigPath $path -BaseUri $api
            }
            else {
                Connect-BoxAccount -ClientId box-client -ClientSecret box-secret -EnterpriseId 900 -BaseUri $api
            }

            Set-Emulator @{ tokenLifeMs = 1000; latencyMs = 20; boxVersions = 2 }
            $ids = 100001..103000
            $errors = @()
            $versions = $ids | Get-BoxFileVersion -ThrottleLimit 16 -ErrorVariable errors

            $errors.Count | Should -Be 0
            @($versions).Count | Should -Be 6000
            ($versions.FileId | Select-Object -Unique) -join ' ' | Should -Be ($ids -join ' ')

            # Each token is used for nine tenths of its lifetime before the next one is requested.
            $stat = Get-EmulatorStat
            $requests = Get-EmulatorRequest -Last 10000
            $seconds = (($requests.endMs | Measure-Object -Maximum).Maximum - ($requests.startMs | Measure-Object -Minimum).Minimum) / 1000
            $stat.token.requests | Should -BeGreaterThan 2
            $stat.token.requests | Should -BeLessOrEqual ([Math]::Ceiling($seconds / 0.9) + 1)
            $stat.token.peakInFlight | Should -Be 1
            $stat.box.peakInFlight | Should -BeLessOrEqual 16
        }

        It 'replaces revoked tokens without an error' {
            Set-Emulator @{ latencyMs = 5; boxVersions = 1 }
            Connect-BoxAccount -ClientId box-client -ClientSecret box-secret -UserId 101 -BaseUri $api
            $errors = @()
            $done = 0
            100001..100600 | Get-BoxFileVersion -ThrottleLimit 16 -ErrorVariable errors | ForEach-Object {
                if (++$done % 200 -eq 0) {
                    $null = Invoke-Emulator DELETE tokens
                }
            }

            $errors.Count | Should -Be 0
            $done | Should -Be 600
            $stat = Get-EmulatorStat
            $stat.token.requests | Should -BeIn 3, 4
            $stat.box.byStatus.'401' | Should -BeGreaterThan 0
        }

        It 'fails if a new token is rejected, too' {
            Connect-BoxAccount -ClientId box-client -ClientSecret box-secret -EnterpriseId 900 -BaseUri $api
            Add-EmulatorFault @{ service = 'box'; action = 'status'; status = 401 }

            $failure = Get-Failure { Get-BoxFileVersion 100001 }

            $failure.FullyQualifiedErrorId | Should -BeLike 'AuthenticationFailed,*'
            (Get-EmulatorStat).token.requests | Should -Be 2
            (Get-EmulatorStat).box.requests | Should -Be 2
        }

        It 'ends the pipeline after one request if the sign-in is rejected, however many files are waiting' {
            Connect-BoxAccount -ClientId box-client -ClientSecret box-wrong -EnterpriseId 900 -BaseUri $api
            Set-Emulator @{ latencyMs = 100 }

            $failure = Get-Failure { 100001..100016 | Get-BoxFileVersion -ThrottleLimit 16 }

            $failure.FullyQualifiedErrorId | Should -BeLike 'AuthenticationFailed,*'
            $failure.CategoryInfo.Category | Should -Be AuthenticationError
            (Get-EmulatorStat).token.requests | Should -Be 1
            (Get-EmulatorStat).box.requests | Should -Be 0
        }

        It 'reports an error for each file while no token is available, and continues with the other files' {
            Connect-BoxAccount -ClientId box-client -ClientSecret box-secret -EnterpriseId 900 -BaseUri $api -MaximumRetryCount 0
            Add-EmulatorFault @{ service = 'token'; action = 'status'; status = 503; times = 2 }

            $errors = @()
            $versions = 100001..100003 | Get-BoxFileVersion -ThrottleLimit 1 -Limit 1 -ErrorVariable errors -ErrorAction SilentlyContinue

            @($versions).FileId | Should -Be 100003
            $errors.FullyQualifiedErrorId | Should -Be (@('ServiceUnavailable,FileVersions.PS.Commands.GetBoxFileVersionCommand') * 2)
            $errors.TargetObject | Should -Be 100001, 100002
        }

        It 'keeps the token request of a stopped command if another command waits for it' {
            $connection = Connect-BoxAccount -ClientId box-client -ClientSecret box-secret -EnterpriseId 900 -BaseUri $api -PassThru
            Add-EmulatorFault @{ service = 'token'; action = 'delay'; delayMs = 2000 }
            $setup = "`$connection = `$args[0]; Import-Module -Name '$module'"
            $stopped = [powershell]::Create().AddScript("$setup; Remove-BoxFileVersion 61 1 -WhatIf -Verbose -Connection `$connection")
            $waiting = [powershell]::Create().AddScript("$setup; Get-BoxFileVersion 61 -Limit 1 -Connection `$connection")
            try {
                $null = $stopped.AddArgument($connection).BeginInvoke()
                while ((Get-EmulatorStat).token.inFlight -lt 1) {
                    Start-Sleep -Milliseconds 20
                }
                $running = $waiting.AddArgument($connection).BeginInvoke()
                Start-Sleep -Milliseconds 1000
                $stopped.Stop()

                $waiting.EndInvoke($running).FileId | Should -Be '61'
                $waiting.Streams.Error | Should -BeNullOrEmpty
            }
            finally {
                $stopped.Dispose()
                $waiting.Dispose()
            }
        }
    }

    Context 'with several accounts' {
        It 'sends each of 1,000 interleaved requests with the right account' {
            $accounts = @(
                Connect-BoxAccount -AccessToken box-token -BaseUri $api -PassThru
                Connect-BoxAccount -ClientId box-client -ClientSecret box-secret -UserId 202 -BaseUri $api -PassThru
            )
            $owners = 101, 202
            foreach ($i in 0..999) {
                $version = Get-BoxFileVersion (500000 + $i) -Limit 1 -Connection $accounts[$i % 2]
                if ($version.FileId -ne 500000 + $i) {
                    throw "File $(500000 + $i) was returned as $($version.FileId)."
                }
            }

            $requests = @(Get-EmulatorRequest -Last 10000 | Where-Object kind -eq list)
            $requests.Count | Should -Be 1000
            $wrong = $requests | Where-Object {
                $id = [int]($_.target -replace '^/2\.0/files/(\d+)/.*', '$1')
                $_.account -ne $owners[$id % 2]
            }
            $wrong | Should -BeNullOrEmpty
        }

        It 'sends each request with the right account if both accounts are used concurrently' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') -Tag 'needs PowerShell 7' {
            Set-Emulator @{ latencyMs = 2 }
            $accounts = @(
                Connect-BoxAccount -AccessToken box-token -BaseUri $api -PassThru
                Connect-BoxAccount -AccessToken box-token-2 -BaseUri $api -PassThru
            )
            $versions = 0..1 | ForEach-Object -ThrottleLimit 2 -Parallel {
                Import-Module $using:module
                $account = ($using:accounts)[$_]
                $first = 500000 + $_
                0..499 | ForEach-Object { $first + 2 * $_ } | Get-BoxFileVersion -Limit 1 -Connection $account
            }

            @($versions).Count | Should -Be 1000
            $requests = @(Get-EmulatorRequest -Last 10000 | Where-Object kind -eq list)
            @($requests | Where-Object { $_.account -ne (101, 202)[[int]($_.target -replace '^/2\.0/files/(\d+)/.*', '$1') % 2] }).Count | Should -Be 0
            (Get-EmulatorStat).box.peakInFlight | Should -BeGreaterThan 8
        }

        It 'uses the last connected account unless another one is given' {
            $first = Connect-BoxAccount -AccessToken box-token -BaseUri $api -PassThru
            Connect-BoxAccount -AccessToken box-token-2 -BaseUri $api
            $null = Get-BoxFileVersion 100001 -Limit 1
            $null = Get-BoxFileVersion 100002 -Limit 1 -Connection $first
            (Get-EmulatorRequest).account | Should -Be 202, 101
        }

        It 'rejects an account of the other service' {
            $account = Connect-IKAccount private_test -BaseUri $api -PassThru
            $message = (Get-Failure { Get-BoxFileVersion 100001 -Connection $account }).Exception.Message
            $message | Should -BeLike '*ImageKit*'
            $message | Should -BeLike '*BoxConnection*'
        }

        It 'prefers -AsUser of the cmdlet to that of the account' {
            Connect-BoxAccount -AccessToken box-token -AsUser 7 -BaseUri $api
            $null = Get-BoxFileVersion 100001 -Limit 1
            $null = Get-BoxFileVersion 100002 -Limit 1 -AsUser 8
            (Get-EmulatorRequest).asUser | Should -Be 7, 8
        }
    }

    Context 'with environment variables' {
        It 'uses them if no account is connected' {
            $env:BOX_ACCESS_TOKEN = 'box-token-2'
            $env:BOX_BASE_URL = $api
            $env:IMAGEKIT_PRIVATE_KEY = 'private_test'
            $env:IMAGE_KIT_BASE_URL = "$api/"
            @(Get-BoxFileVersion 100001 -Limit 1).Count | Should -Be 1
            @(Get-IKFileVersion anything -Limit 1).Count | Should -Be 1
            (Get-EmulatorRequest).account | Should -Be 202, demo
        }

        It 'reads them again for each command' {
            $env:BOX_BASE_URL = $api
            foreach ($token in 'box-token', "box-token-2`n", 'box-token') {
                $env:BOX_ACCESS_TOKEN = $token
                $null = Get-BoxFileVersion 100001 -Limit 1
            }

            (Get-EmulatorRequest).account | Should -Be 101, 202, 101
        }

        It 'prefers the connected account to them' {
            $env:BOX_ACCESS_TOKEN = 'box-token-2'
            $env:BOX_BASE_URL = $api
            Connect-BoxAccount -AccessToken box-token -BaseUri $api
            $null = Get-BoxFileVersion 100001 -Limit 1
            (Get-EmulatorRequest).account | Should -Be 101
        }

        It 'names a variable whose value is invalid' {
            $env:BOX_ACCESS_TOKEN = 'box-token'
            $env:BOX_BASE_URL = 'api.box.com'
            $failure = Get-Failure { Get-BoxFileVersion 100001 }
            $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidConfiguration,*'
            $failure.Exception.Message | Should -BeLike '*BOX_BASE_URL*'

            $env:BOX_ACCESS_TOKEN = "box`ntoken"
            (Get-Failure { Get-BoxFileVersion 100001 }).FullyQualifiedErrorId | Should -BeLike 'InvalidConfiguration,*'
        }
    }

    Context 'in other sessions and processes' {
        It 'passes an account to ForEach-Object -Parallel with $using:' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') -Tag 'needs PowerShell 7' {
            $account = Connect-BoxAccount -ClientId box-client -ClientSecret box-secret -EnterpriseId 900 -BaseUri $api -PassThru
            $versions = 100001..100008 | ForEach-Object -ThrottleLimit 4 -Parallel {
                Import-Module $using:module
                Get-BoxFileVersion $_ -Limit 1 -Connection $using:account
            }

            @($versions).Count | Should -Be 8
            (Get-EmulatorStat).token.requests | Should -Be 1
        }

        It 'explains in ForEach-Object -Parallel why the account is missing' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') -Tag 'needs PowerShell 7' {
            Connect-BoxAccount -AccessToken box-token -BaseUri $api
            $failure = 1 | ForEach-Object -Parallel {
                Import-Module $using:module
                try {
                    Get-BoxFileVersion 100001
                }
                catch {
                    $_
                }
            }

            $failure.FullyQualifiedErrorId | Should -BeLike 'NotConnected,*'
            $failure.CategoryInfo.Category | Should -Be AuthenticationError
            $failure.Exception.Message | Should -BeLike '*Connect-BoxAccount*BOX_ACCESS_TOKEN*$using:*'
        }

        It 'passes an account to Start-ThreadJob with $using:' {
            if (-not (Get-Command Start-ThreadJob -ErrorAction Ignore)) {
                Set-ItResult -Skipped -Because 'Start-ThreadJob is not installed'
            }

            $account = Connect-BoxAccount -AccessToken box-token-2 -BaseUri $api -PassThru
            $job = Start-ThreadJob {
                Import-Module $using:module
                Get-BoxFileVersion 100001 -Limit 1 -Connection $using:account
            }
            @($job | Receive-Job -Wait -AutoRemoveJob).FileId | Should -Be 100001
            (Get-EmulatorRequest).account | Should -Be 202
        }

        It 'passes an account to Start-Job in environment variables, and explains why -Connection cannot be used' {
            $account = Connect-BoxAccount -AccessToken box-token -BaseUri $api -PassThru
            $env:BOX_ACCESS_TOKEN = 'box-token-2'
            $env:BOX_BASE_URL = $api
            $job = Start-Job {
                Import-Module $using:module
                (Get-BoxFileVersion 100001 -Limit 1).FileId
                try {
                    Get-BoxFileVersion 100002 -Connection $using:account
                }
                catch {
                    $_.Exception.Message
                }
                Remove-Item env:BOX_ACCESS_TOKEN
                try {
                    Get-BoxFileVersion 100003
                }
                catch {
                    $_.Exception.Message
                }
            }
            $id, $copied, $missing = $job | Receive-Job -Wait -AutoRemoveJob

            $id | Should -Be 100001
            $copied | Should -BeLike "*'Connection'*another process*Connect-BoxAccount*BOX_ACCESS_TOKEN*"
            $missing | Should -BeLike '*Start-Job is another process*'
            (Get-EmulatorRequest).account | Should -Be 202
        }

        It 'passes a SecureString to Start-Job, with which the job can connect' {
            $token = ConvertTo-Secret 'box-token-2'
            $job = Start-Job {
                Import-Module $using:module
                (Connect-BoxAccount -AccessToken $using:token -BaseUri $using:api -Verify -PassThru).User.Login
            }
            $job | Receive-Job -Wait -AutoRemoveJob | Should -Be ben@example.com
        }
    }

    Context 'with a vault' {
        It 'accepts the secrets that Get-Secret returns' {
            # Runs in a separate process with the installed modules and its own vault.
            $modules, $home_ = $env:PSModulePath, $env:HOME
            try {
                $env:PSModulePath = $null
                $env:HOME = (New-Item -ItemType Directory -Path "$TestDrive/home").FullName
                $job = Start-Job {
                    $ErrorActionPreference = 'Stop'
                    if (-not (Get-Module -ListAvailable Microsoft.PowerShell.SecretManagement) -or -not (Get-Module -ListAvailable Microsoft.PowerShell.SecretStore)) {
                        return 'absent'
                    }

                    Import-Module $using:module, Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore
                    $null = Reset-SecretStore -Scope CurrentUser -Authentication None -Interaction None -Force -Confirm:$false -WarningAction SilentlyContinue
                    Register-SecretVault -Name Test -ModuleName Microsoft.PowerShell.SecretStore -DefaultVault
                    Set-Secret -Name BoxToken -Secret box-token
                    Set-Secret -Name ClientSecret -Secret box-secret
                    Set-Secret -Name App -Secret ([pscredential]::new('box-client', [Net.NetworkCredential]::new('', 'box-secret').SecurePassword))
                    Set-Secret -Name ImageKitKey -Secret private_test

                    $at = @{ BaseUri = $using:api; Verify = $true; PassThru = $true }
                    (Connect-BoxAccount -AccessToken (Get-Secret BoxToken) @at).User.Id
                    (Connect-BoxAccount -AccessToken (Get-Secret BoxToken -AsPlainText) @at).User.Id
                    (Connect-BoxAccount -ClientId box-client -ClientSecret (Get-Secret ClientSecret) -EnterpriseId 900 @at).User.Id
                    (Connect-BoxAccount -Credential (Get-Secret App) -EnterpriseId 900 @at).User.Id
                    (Connect-IKAccount -PrivateKey (Get-Secret ImageKitKey) @at).Service
                }
                $result = $job | Receive-Job -Wait -AutoRemoveJob
            }
            finally {
                $env:PSModulePath, $env:HOME = $modules, $home_
            }

            if ("$result" -eq 'absent') {
                Set-ItResult -Skipped -Because 'SecretManagement and SecretStore are not installed'
            }

            $result | Should -Be 101, 101, 909, 909, ImageKit
        }
    }

    Context 'with a proxy' {
        BeforeAll {
            $proxy = $emulator.Proxy
            $withPassword = $proxy -replace '//', '//proxyuser:proxypass@'
        }

        It 'sends requests for tokens and files through the proxy in -Proxy' {
            Connect-BoxAccount -ClientId box-client -ClientSecret box-secret -EnterpriseId 900 -BaseUri $api -Proxy $proxy
            $null = Get-BoxFileVersion 100001 -Limit 1
            (Get-EmulatorRequest).proxied | Should -Be $true, $true
            (Get-EmulatorStat).proxy.requests | Should -Be 2
        }

        It 'uses the proxy in <Variable>' -ForEach @(
            @{ Variable = 'HTTP_PROXY' }
            @{ Variable = 'http_proxy' }
            @{ Variable = 'ALL_PROXY' }
        ) {
            Set-Item -LiteralPath "env:$Variable" -Value $proxy
            $account = Connect-IKAccount private_test -BaseUri $api -Verify -PassThru
            Remove-Item -LiteralPath "env:$Variable"
            $null = Get-IKFileVersion anything -Connection $account

            (Get-EmulatorStat).proxy.requests | Should -Be 2
            "$($account.Proxy)".TrimEnd('/') | Should -Be $proxy

            # The variable is read each time an account is connected.
            Connect-IKAccount private_test -BaseUri $api -Verify
            (Get-EmulatorStat).proxy.requests | Should -Be 2
        }

        It 'uses no proxy for hosts in NO_PROXY, and HTTPS_PROXY only for https' {
            $env:HTTP_PROXY = $proxy
            $env:NO_PROXY = 'example.com, 127.0.0.1'
            Connect-IKAccount private_test -BaseUri $api -Verify
            Clear-Setting
            $env:HTTPS_PROXY = $proxy
            Connect-IKAccount private_test -BaseUri $api -Verify

            (Get-EmulatorRequest).proxied | Should -Be $false, $false
        }

        It 'takes the proxy credential from <From>' -ForEach @(
            @{ From = '-ProxyCredential'; Arguments = { @{ Proxy = $proxy; ProxyCredential = New-Object pscredential 'proxyuser', (ConvertTo-Secret 'proxypass') } } }
            @{ From = 'the proxy address'; Arguments = { @{ Proxy = $withPassword } } }
            @{ From = 'the environment variable'; Arguments = { $env:HTTP_PROXY = $withPassword; @{} } }
        ) {
            Set-Emulator @{ proxyAuth = $true }
            $arguments = & $Arguments
            $account = Connect-IKAccount private_test -BaseUri $api -Verify -PassThru @arguments
            (Get-EmulatorRequest | Where-Object status -eq 200).proxied | Should -Be $true
            $account | Format-List * -Force | Out-String | Should -Not -Match proxypass
        }

        It 'reports a rejected proxy credential without a retry for <Address>' -ForEach @(
            @{ Address = 'http' }
            @{ Address = 'https' }
        ) {
            Set-Emulator @{ proxyAuth = $true }
            $there = if ($Address -eq 'http') { $api } else { 'https://api.imagekit.io' }
            $failure = Get-Failure { Connect-IKAccount private_test -BaseUri $there -Proxy ($proxy -replace '//', '//proxyuser:wrongpass@') -Verify }

            $failure.FullyQualifiedErrorId | Should -BeLike 'ConnectionFailed,*'
            $failure.CategoryInfo.Category | Should -Be ConnectionError
            $failure.Exception.Message | Should -BeLike "*$proxy*(407)*Check the user name and the password for the proxy*"
            "$($failure.Exception)" | Should -Not -Match wrongpass
            (Get-EmulatorStat).proxy.refused | Should -BeLessOrEqual 2
        }

        It 'reports an unreachable proxy without its password' {
            $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
            $listener.Start()
            $port = $listener.LocalEndpoint.Port
            $listener.Stop()

            Connect-BoxAccount box-token -BaseUri $api -Proxy "http://ada:hush@127.0.0.1:$port" -MaximumRetryCount 0
            $errors = @()
            Get-BoxFileVersion 100001, 100002 -ErrorVariable errors -ErrorAction SilentlyContinue

            $errors.TargetObject | Should -Be 100001, 100002
            $errors[0].FullyQualifiedErrorId | Should -BeLike 'ConnectionFailed,*'
            $errors[0].Exception.Message | Should -BeLike "*http://127.0.0.1:$port*"
            $errors | Format-List * -Force | Out-String | Should -Not -Match hush
        }

        It 'reports an invalid proxy address with its source' {
            $env:HTTPS_PROXY = 'ftp://proxy.example.com'
            (Get-Failure { Connect-BoxAccount box-token }).Exception.Message | Should -BeLike '*HTTPS_PROXY*'
        }
    }

    Context 'with an account that is displayed or saved' {
        BeforeAll {
            $secrets = 'box-token|box-secret|private_test|proxypass|[0-9a-f]{40}'
        }

        It 'shows service, sign-in method, user, expiry and base address' {
            Connect-BoxAccount -ClientId box-client -ClientSecret box-secret -EnterpriseId 900 -AsUser 202 -BaseUri $api -Verify -PassThru |
                Tee-Object -Variable account | Out-String | Should -Match '(?s)Service\s+: Box.*SignIn\s+: ClientCredentials.*Subject\s+: enterprise 900.*User\s+: Ben Backup.*AsUser\s+: 202.*ExpiresAt\s+: \S.*BaseUri\s+: http://127'
            "$account" | Should -Be "Box $api/ (ClientCredentials)"
        }

        It 'never shows a secret' {
            $accounts = @(
                Connect-BoxAccount -AccessToken box-token -BaseUri $api -Verify -PassThru
                Connect-BoxAccount -ClientId box-client -ClientSecret box-secret -EnterpriseId 900 -BaseUri $api -Verify -PassThru
                Connect-IKAccount private_test -BaseUri $api -Proxy ($emulator.Proxy -replace '//', '//proxyuser:proxypass@') -Verify -PassThru
            )
            foreach ($account in $accounts) {
                $account | Export-Clixml "$TestDrive/account.xml"
                $shown = @(
                    $account | Out-String
                    $account | Format-List * -Force | Out-String
                    $account | Format-Custom * -Depth 3 | Out-String
                    $account | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue
                    $account | ConvertTo-Csv
                    $account | Get-Member | Out-String
                    "$account"
                    [IO.File]::ReadAllText("$TestDrive/account.xml")
                )
                $shown | Should -Not -Match $secrets
            }
        }

        It 'explains why a deserialised account cannot be used' {
            Connect-BoxAccount -AccessToken box-token -BaseUri $api -PassThru | Export-Clixml "$TestDrive/account.xml"
            $copy = Import-Clixml "$TestDrive/account.xml"
            (Get-Failure { Get-BoxFileVersion 100001 -Connection $copy }).Exception.Message | Should -BeLike '*has no secret*'
        }

        It 'writes no secret to any stream' {
            Add-EmulatorFault @{ service = 'token'; action = 'status'; status = 503; times = 1 }
            $lines = & {
                Connect-BoxAccount -ClientId box-client -ClientSecret box-secret -EnterpriseId 900 -BaseUri $api -Verify -Verbose -Debug
                Get-BoxFileVersion 100001 -Limit 1 -Verbose -Debug | Out-Null
            } *>&1 | Out-String
            $lines | Should -Match 'Waiting'
            $lines | Should -Not -Match $secrets
        }
    }

    Context 'when the pipeline ends early' {
        It 'cancels the token request that all workers wait for on Ctrl+C' {
            Add-EmulatorFault @{ service = 'token'; action = 'hang' }
            $shell = [powershell]::Create()
            try {
                $null = $shell.AddScript({
                        param($module, $api)
                        Import-Module $module
                        Connect-BoxAccount -ClientId box-client -ClientSecret box-secret -EnterpriseId 900 -BaseUri $api
                        100001..100064 | Get-BoxFileVersion -ThrottleLimit 16
                    }).AddArgument($module).AddArgument($api)
                $null = $shell.BeginInvoke()
                while ((Get-EmulatorStat).token.inFlight -eq 0) {
                    Start-Sleep -Milliseconds 10
                }
                $shell.Stop()
                Wait-EmulatorIdle | Should -BeTrue
                (Get-EmulatorStat).token.requests | Should -Be 1
                (Get-EmulatorStat).token.aborted | Should -Be 1
                (Get-EmulatorStat).box.requests | Should -Be 0
            }
            finally {
                $shell.Dispose()
            }
        }

        It 'leaves no request in flight and the account usable after Select-Object -First 1' {
            Connect-BoxAccount -ClientId box-client -ClientSecret box-secret -EnterpriseId 900 -BaseUri $api
            @(100001..100064 | Get-BoxFileVersion -ThrottleLimit 16 | Select-Object -First 1).Count | Should -Be 1
            Wait-EmulatorIdle | Should -BeTrue

            # The account can still be used.
            @(Get-BoxFileVersion 100001 -Limit 1).Count | Should -Be 1
            (Get-EmulatorStat).token.requests | Should -Be 1
        }
    }

    Context 'in the help' {
        It 'has an about topic with a recipe for each kind of job' {
            $topic = Get-Help about_FileVersions_SignIn | Out-String
            foreach ($part in 'CLIENT CREDENTIALS', 'CONFIG FILE', 'VAULT', 'PROXY', 'RECIPE: A SCHEDULED TASK', 'RECIPE: A SYSTEMD TIMER', 'RECIPE: A CI JOB') {
                $topic | Should -Match $part
            }
        }

        It 'has a script in <Recipe> whose exit code reports failures' -ForEach @(
            @{ Recipe = 'RECIPE: A SCHEDULED TASK ON WINDOWS (2)' }
            @{ Recipe = 'RECIPE: A SYSTEMD TIMER (4)' }
        ) {
            . "$PSScriptRoot/examples.ps1"
            $text = [IO.File]::ReadAllText((Get-RepositoryPath 'docs/about/about_FileVersions_SignIn.help.txt'))
            $code = (Get-IndentedBlock -Text $text -Bar | Where-Object { $_.Title -eq $Recipe }).Code
            $folder = New-Item -ItemType Directory -Path (Join-Path $TestDrive ([guid]::NewGuid()))
            Set-Content -LiteralPath "$folder/ids.csv" -Value 'FileId', '1463195106', '1474973792'
            # The enterprise and the folders are those of the test.
            $code = $code.Replace('482915', '900').Replace('C:\jobs\', "$folder/").Replace('/srv/jobs', "$folder")
            $start = "Import-Module '$module'; Set-Location '$folder'; `$PSDefaultParameterValues = @{ 'Connect-*Account:BaseUri' = '$api' }`n"

            # Without the files with the account.
            $environment = @{ CREDENTIALS_DIRECTORY = "$folder" }
            $null = Invoke-PowerShell "$start$code" -Environment $environment
            $LASTEXITCODE | Should -Be 1
            (Get-EmulatorStat).box.requests | Should -Be 0

            New-Object -TypeName pscredential -ArgumentList 'box-client', (ConvertTo-Secret 'box-secret') | Export-Clixml -LiteralPath "$folder/box.xml"
            Invoke-Emulator GET 'box-config?kind=ccg' | ConvertTo-Json -Depth 10 | Set-Content -LiteralPath "$folder/box.json"
            Invoke-PowerShell "$start$code" -Environment $environment | Should -BeNullOrEmpty
            $LASTEXITCODE | Should -Be 0
            (Import-Csv "$folder/versions.csv").FileId | Select-Object -Unique | Should -Be '1463195106', '1474973792'

            Add-EmulatorFault @{ service = 'box'; fileId = '1463195106'; action = 'status'; status = 403 }
            $null = Invoke-PowerShell "$start$code" -Environment $environment
            $LASTEXITCODE | Should -Be 1
            (Import-Csv "$folder/versions.csv").FileId | Select-Object -Unique | Should -Be '1474973792'
        }
    }
}
