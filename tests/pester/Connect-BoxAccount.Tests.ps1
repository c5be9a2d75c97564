BeforeAll {
    . "$PSScriptRoot/common.ps1"
    Reset-Emulator
    $api = (Get-Emulator).Api
    $atEmulator = @{ BaseUri = $api; Verify = $true; PassThru = $true }

    function Save-AppConfig {
        # Saves a modified configuration file in the format of the Box developer console.
        param([string] $Name = 'config.json', [scriptblock] $Change = { })

        $config = Invoke-Emulator GET box-config
        $null = . $Change $config
        $path = Join-Path $TestDrive $Name
        [IO.File]::WriteAllText($path, (ConvertTo-Json $config -Depth 5))
        $path
    }
}

AfterAll {
    Reset-Emulator
}

Describe 'Connect-BoxAccount' {
    BeforeEach {
        Clear-EmulatorStat
    }

    AfterEach {
        Disconnect-BoxAccount
        Clear-EmulatorFault
    }

    Context 'signing in' {
        It 'accepts a token as <Kind>' -ForEach @(
            @{ Kind = 'a string'; Token = { 'box-token' } }
            @{ Kind = 'a SecureString'; Token = { ConvertTo-Secret 'box-token' } }
            @{ Kind = 'the content of a file'; Token = { Set-Content "$TestDrive/token" 'box-token'; Get-Content "$TestDrive/token" -Raw } }
            @{ Kind = 'a SecureString with a line break'; Token = { ConvertTo-Secret "box-token`r`n" } }
            @{ Kind = 'the password of a credential'; Token = { (New-Object pscredential 'x', (ConvertTo-Secret 'box-token')).Password } }
        ) {
            $account = Connect-BoxAccount -AccessToken (& $Token) @atEmulator
            $account.SignIn | Should -Be AccessToken
            $account.User.Login | Should -Be ada@example.com
            $account.ExpiresAt | Should -BeNullOrEmpty
        }

        It 'accepts the token by position' {
            (Connect-BoxAccount box-token-2 @atEmulator).User.Id | Should -Be 202
        }

        It 'uses client credentials for an enterprise' {
            $account = Connect-BoxAccount -ClientId box-client -ClientSecret box-secret -EnterpriseId 900 @atEmulator
            $account.SignIn | Should -Be ClientCredentials
            $account.ClientId | Should -Be box-client
            "$($account.Subject)" | Should -Be 'enterprise 900'
            $account.User.Id | Should -Be 909
            ($account.ExpiresAt - (Get-Date)).TotalMinutes | Should -BeGreaterThan 55
            (Get-EmulatorStat).token.requests | Should -Be 1
        }

        It 'uses client credentials for a user' {
            $secret = ConvertTo-Secret 'box-secret'
            (Connect-BoxAccount -ClientId box-client -ClientSecret $secret -UserId 202 @atEmulator).User.Id | Should -Be 202
        }

        It 'accepts client id and secret as a PSCredential' {
            $credential = New-Object pscredential 'box-client', (ConvertTo-Secret 'box-secret')
            $account = Connect-BoxAccount -Credential $credential -EnterpriseId 900 @atEmulator
            $account.SignIn | Should -Be ClientCredentials
            $account.User.Id | Should -Be 909
        }

        It 'uses JWT with the configuration file of an application' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') -Tag 'needs PowerShell 7' {
            $account = Connect-BoxAccount -ConfigPath (Save-AppConfig) @atEmulator
            $account.SignIn | Should -Be Jwt
            $account.User.Id | Should -Be 909
            (Connect-BoxAccount -ConfigPath (Save-AppConfig) -UserId 101 @atEmulator).User.Id | Should -Be 101
        }

        It 'reports that JWT is not available in Windows PowerShell' -Skip:($PSVersionTable.PSEdition -ne 'Desktop') -Tag 'needs Windows PowerShell 5.1' {
            (Get-Failure { Connect-BoxAccount -ConfigPath (Save-AppConfig) @atEmulator }).Exception.Message | Should -BeLike '*.NET Framework cannot read*'
        }

        It 'uses client credentials if the configuration file has no key' {
            $path = Save-AppConfig -Change { param($config) $config.boxAppSettings.appAuth = @{ publicKeyID = ''; privateKey = ''; passphrase = '' } }
            (Connect-BoxAccount -ConfigPath $path @atEmulator).SignIn | Should -Be ClientCredentials
        }

        It 'resolves the path of the configuration file relative to the current location' {
            $null = Save-AppConfig -Change { param($config) $config.boxAppSettings.PSObject.Properties.Remove('appAuth') }
            Push-Location $TestDrive
            try {
                (Connect-BoxAccount -ConfigPath config.json @atEmulator).User.Id | Should -Be 909
                (Connect-BoxAccount -ConfigPath TestDrive:/config.json @atEmulator).User.Id | Should -Be 909
            }
            finally {
                Pop-Location
            }
        }

        It 'acts as another user' {
            $account = Connect-BoxAccount -ClientId box-client -ClientSecret box-secret -EnterpriseId 900 -AsUser 202 @atEmulator
            $account.AsUser | Should -Be 202
            $account.User.Id | Should -Be 202
            $null = Get-BoxFileVersion 100001 -Limit 1
            (Get-EmulatorRequest | Where-Object kind -eq list).asUser | Should -Be 202
        }

        It 'sends nothing without -Verify' {
            Connect-BoxAccount -ClientId box-client -ClientSecret box-secret -EnterpriseId 900 -BaseUri $api | Should -BeNullOrEmpty
            (Get-EmulatorStat).total.requests | Should -Be 0
            @(Get-BoxFileVersion 100001 -Limit 3).Count | Should -Be 3
        }
    }

    Context 'with an invalid setting or credential' {
        It 'rejects <What> without a request' -ForEach @(
            @{ What = 'an empty token'; Arguments = @{ AccessToken = " `n" }; Message = 'The access token is empty. *' }
            @{ What = 'a token with a line break'; Arguments = @{ AccessToken = "box-`r`nX-Evil: 1" }; Message = 'The access token contains a space, a line break or another invalid character. *' }
            @{ What = 'a token with its scheme'; Arguments = @{ AccessToken = 'Bearer box-token' }; Message = 'The access token contains a space, a line break or another invalid character. *' }
            @{ What = 'a user id with a line break'; Arguments = @{ AccessToken = 'box-token'; AsUser = "1`n2" }; Message = 'The user id contains*' }
            @{ What = 'a client id with a space'; Arguments = @{ ClientId = 'a b'; ClientSecret = 'x'; EnterpriseId = 1 }; Message = 'The client id contains*' }
            @{ What = 'an application without a subject'; Arguments = @{ ClientId = 'a'; ClientSecret = 'x' }; Message = '*-EnterpriseId*-UserId*' }
            @{ What = 'an application with two subjects'; Arguments = @{ ClientId = 'a'; ClientSecret = 'x'; UserId = 1; EnterpriseId = 1 }; Message = '*not both*' }
            @{ What = 'plain http to another computer'; Arguments = @{ AccessToken = 'box-token'; BaseUri = 'http://api.example.com' }; Message = 'The base address http://api.example.com/ would send the credential*without encryption*' }
            @{ What = 'a path outside the file system'; Arguments = @{ ConfigPath = 'env:PATH' }; Message = '*file system*' }
        ) {
            if (-not $Arguments.BaseUri) {
                $Arguments.BaseUri = $api
            }

            $failure = Get-Failure { Connect-BoxAccount @Arguments -Verify }
            $failure.Exception.Message | Should -BeLike $Message
            $failure.FullyQualifiedErrorId | Should -Be 'InvalidConfiguration,FileVersions.PS.Commands.ConnectBoxAccountCommand'
            $failure.CategoryInfo.Category | Should -Be InvalidArgument
            (Get-EmulatorStat).total.requests | Should -Be 0
        }

        It 'does not show a secret of an unsupported type' {
            foreach ($value in 998877, @('998877', 'x'), @{ token = '998877' }) {
                $failure = Get-Failure { Connect-BoxAccount -AccessToken $value -BaseUri $api }
                "$($failure | Format-List * -Force | Out-String) $($failure.Exception | Format-List * -Force | Out-String)" | Should -Not -Match 998877
                $failure.Exception.Message | Should -BeLike '*SecureString or a string*'
            }
        }

        It 'rejects an invalid token' {
            $failure = Get-Failure { Connect-BoxAccount -AccessToken box-nonsense @atEmulator }
            $failure.FullyQualifiedErrorId | Should -BeLike 'AuthenticationFailed,*'
            $failure.CategoryInfo.Category | Should -Be AuthenticationError
            $failure.Exception.Message | Should -BeLike '*Check that the access token is complete*'
            $failure.Exception.StatusCode | Should -Be Unauthorized
        }

        It 'explains that a developer token has expired' {
            $failure = Get-Failure { Connect-BoxAccount -AccessToken box-expired @atEmulator }
            $failure.FullyQualifiedErrorId | Should -BeLike 'AuthenticationFailed,*'
            $failure.Exception.Message | Should -BeLike '*has expired and cannot be renewed*60 minutes*'
        }

        It 'rejects a wrong client secret' {
            $failure = Get-Failure { Connect-BoxAccount -ClientId box-client -ClientSecret box-wrong -EnterpriseId 900 @atEmulator }
            $failure.FullyQualifiedErrorId | Should -BeLike 'AuthenticationFailed,*'
            $failure.Exception.Message | Should -BeLike '*Check the client id and the client secret*'
            $failure.Exception.ServiceCode | Should -Be invalid_client
            $failure.Exception.Message | Should -Not -Match box-wrong
        }

        It 'reports that the enterprise has not authorized the application' {
            $failure = Get-Failure { Connect-BoxAccount -ClientId box-client -ClientSecret box-secret -EnterpriseId 123 @atEmulator }
            $failure.Exception.Message | Should -BeLike '*enterprise 123*administrator*'
            $failure.Exception.ServiceCode | Should -Be invalid_grant
        }

        It 'corrects for a wrong local clock' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') -Tag 'needs PowerShell 7' {
            Set-Emulator @{ clockSkewSec = 300 }
            try {
                $lines = Connect-BoxAccount -ConfigPath (Save-AppConfig) -BaseUri $api -Verify -Verbose 4>&1
                "$lines" | Should -BeLike '*Box rejected the time of the sign-in. Trying again with the time of its response*'
                (Get-EmulatorStat).token.requests | Should -Be 2
            }
            finally {
                Set-Emulator @{ clockSkewSec = 0 }
            }
        }

        It 'reports the difference between the local clock and that of Box' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') -Tag 'needs PowerShell 7' {
            Set-Emulator @{ clockSkewSec = -300 }
            try {
                $failure = Get-Failure { Connect-BoxAccount -ConfigPath (Save-AppConfig) -UserId 5 @atEmulator }
                $failure.FullyQualifiedErrorId | Should -BeLike 'AuthenticationFailed,*'
                $failure.Exception.Message | Should -Match "computer's clock is (299|300|301) s ahead of Box's"
            }
            finally {
                Set-Emulator @{ clockSkewSec = 0 }
            }
        }

        It 'reports a wrong local clock even if the difference is unknown' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') -Tag 'needs PowerShell 7' {
            Set-Emulator @{ clockSkewSec = 300; dateHeaderFollowsClock = $false }
            try {
                (Get-Failure { Connect-BoxAccount -ConfigPath (Save-AppConfig) @atEmulator }).Exception.Message |
                    Should -BeLike '*Check the clock*clock shows*'
            }
            finally {
                Set-Emulator @{ clockSkewSec = 0; dateHeaderFollowsClock = $true }
            }
        }

        It 'reports a configuration file that <What> without showing its content' -ForEach @(
            @{ What = 'is missing'; Change = { Remove-Item -LiteralPath $path }; Message = 'Could not read the configuration file*' }
            @{ What = 'is not JSON'; Change = { Set-Content -LiteralPath $path -Value 'box-secret' }; Message = '*is not valid JSON*' }
            @{ What = 'has no client secret'; Edit = { param($config) $config.boxAppSettings.PSObject.Properties.Remove('clientSecret') }; Message = '*has no boxAppSettings.clientSecret*' }
            @{ What = 'has no enterprise'; Edit = { param($config) $config.enterpriseID = '0' }; Message = '*does not contain an enterprise id*' }
            @{ What = 'has a wrong passphrase'; Edit = { param($config) $config.boxAppSettings.appAuth.passphrase = 'box-secret-2' }; Message = '*passphrase*' ; Core = $true }
        ) {
            if ($Core -and $PSVersionTable.PSEdition -eq 'Desktop') {
                Set-ItResult -Skipped -Because 'JWT needs PowerShell 7'
            }

            $path = if ($Edit) { Save-AppConfig 'edited.json' -Change $Edit } else { Save-AppConfig 'edited.json' }
            if ($Change) {
                . $Change
            }

            $failure = Get-Failure { Connect-BoxAccount -ConfigPath $path -BaseUri $api }
            $failure.FullyQualifiedErrorId | Should -Be 'InvalidConfiguration,FileVersions.PS.Commands.ConnectBoxAccountCommand'
            $failure.Exception.Message | Should -BeLike $Message
            $failure.Exception.Message | Should -Match 'edited\.json'
            $failure.Exception.ToString() | Should -Not -Match 'box-secret'
        }

        It 'keeps the connected account if connecting another one fails' {
            Connect-BoxAccount -AccessToken box-token-2 -BaseUri $api
            $null = Get-Failure { Connect-BoxAccount -AccessToken box-nonsense @atEmulator }
            $null = Get-BoxFileVersion 100001 -Limit 1
            (Get-EmulatorRequest | Where-Object kind -eq list).account | Should -Be 202
        }

        It 'cancels its request when the command is stopped' {
            Add-EmulatorFault @{ service = 'box'; action = 'hang' }
            $shell = [powershell]::Create()
            try {
                $null = $shell.AddScript({
                        param($module, $api)
                        Import-Module $module
                        Connect-BoxAccount -AccessToken box-token -BaseUri $api -Verify
                    }).AddArgument((Get-RepositoryPath 'out/FileVersions')).AddArgument($api)
                $run = $shell.BeginInvoke()
                while ((Get-EmulatorStat).box.inFlight -eq 0) {
                    Start-Sleep -Milliseconds 10
                }
                $shell.Stop()
                Wait-EmulatorIdle | Should -BeTrue
                (Get-EmulatorStat).box.aborted | Should -Be 1
                { $shell.EndInvoke($run) } | Should -Throw
            }
            finally {
                $shell.Dispose()
            }
        }
    }

    Context 'parameters' {
        It 'has a parameter set for each of the four sign-in methods' {
            (Get-Command Connect-BoxAccount).ParameterSets.Name | Sort-Object | Should -Be 'AccessToken', 'ClientCredentials', 'Config', 'Credential'
            (Get-Command Connect-BoxAccount).DefaultParameterSet | Should -Be AccessToken
            (Get-Command Connect-BoxAccount).OutputType.Type.FullName | Should -Be FileVersions.Box.BoxConnection
        }

        It 'applies base address, timeout and retry count' {
            $account = Connect-BoxAccount box-token -BaseUri "$api/2.0/" -TimeoutSec 7 -MaximumRetryCount 2 -PassThru
            $account.BaseUri.AbsoluteUri.TrimEnd('/') | Should -Be $api
            $account.Timeout.TotalSeconds | Should -Be 7
            $account.MaximumRetryCount | Should -Be 2
        }

        It 'connects to Box by default' {
            (Connect-BoxAccount box-token -PassThru).BaseUri | Should -Be 'https://api.box.com/'
        }
    }
}
