BeforeAll {
    . "$PSScriptRoot/common.ps1"
    Reset-Emulator
    $api = (Get-Emulator).Api
    $before = $env:BOX_ACCESS_TOKEN, $env:BOX_BASE_URL
}

AfterAll {
    Disconnect-BoxAccount
    $env:BOX_ACCESS_TOKEN, $env:BOX_BASE_URL = $before
}

Describe 'Get-BoxAccount' {
    BeforeEach {
        Disconnect-BoxAccount
        $env:BOX_ACCESS_TOKEN = $env:BOX_BASE_URL = $null
        Clear-EmulatorStat
    }

    It 'returns the connected account without its secret and without a request' {
        Connect-BoxAccount -AccessToken SECRET-7d41 -BaseUri $api -AsUser 11
        $account = Get-BoxAccount
        $account.GetType().Name | Should -Be BoxConnection
        $account.SignIn | Should -Be AccessToken
        $account.BaseUri | Should -Be ([uri]$api)
        $shown = $account | Format-List | Out-String -Width 500
        $shown | Should -Match '(?m)^SignIn\s+: .*AccessToken'
        $shown | Should -Match "(?m)^BaseUri\s+: .*$([uri]$api)"
        $everything = $shown + ($account | Format-List -Property * -Force | Out-String -Width 500) + (ConvertTo-Json $account -Depth 4)
        $everything | Should -Not -Match 'SECRET-7d41'
        (Get-EmulatorStat).total.requests | Should -Be 0
    }

    It 'returns the connection that -PassThru returned' {
        $connected = Connect-BoxAccount -AccessToken SECRET-7d41 -BaseUri $api -AsUser 11 -PassThru
        [object]::ReferenceEquals((Get-BoxAccount), $connected) | Should -BeTrue
    }

    It 'returns a connection that -Connection accepts' {
        $env:BOX_ACCESS_TOKEN, $env:BOX_BASE_URL = 'box-token', $api
        $account = Get-BoxAccount
        $env:BOX_ACCESS_TOKEN = $null
        @(Get-BoxFileVersion 100001 -Limit 1 -Connection $account) | Should -HaveCount 1
    }

    It 'returns the account from the environment variables unless another account is connected' {
        $env:BOX_ACCESS_TOKEN, $env:BOX_BASE_URL = 'box-token', 'http://127.0.0.1:1'
        (Get-BoxAccount).BaseUri | Should -Be ([uri]'http://127.0.0.1:1')
        Connect-BoxAccount -AccessToken SECRET-7d41 -BaseUri $api -AsUser 11
        (Get-BoxAccount).BaseUri | Should -Be ([uri]$api)
    }

    It 'reports an error, which -ErrorAction Ignore suppresses, if there is no account' {
        Get-BoxAccount -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'NotConnected,*'
        $failed[0].CategoryInfo.Category | Should -Be AuthenticationError
        "$($failed[0])" | Should -Match 'Connect-BoxAccount'
        Get-BoxAccount -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'reports an invalid base address in the environment variables' {
        $env:BOX_ACCESS_TOKEN, $env:BOX_BASE_URL = 'box-token', 'not an address'
        { Get-BoxAccount -ErrorAction Stop } | Should -Throw '*BOX_BASE_URL*'
    }
}
