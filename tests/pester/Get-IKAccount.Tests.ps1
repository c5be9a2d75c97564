BeforeAll {
    . "$PSScriptRoot/common.ps1"
    Reset-Emulator
    $api = (Get-Emulator).Api
    $before = $env:IMAGEKIT_PRIVATE_KEY, $env:IMAGE_KIT_BASE_URL
}

AfterAll {
    Disconnect-IKAccount
    $env:IMAGEKIT_PRIVATE_KEY, $env:IMAGE_KIT_BASE_URL = $before
}

Describe 'Get-IKAccount' {
    BeforeEach {
        Disconnect-IKAccount
        $env:IMAGEKIT_PRIVATE_KEY = $env:IMAGE_KIT_BASE_URL = $null
        Clear-EmulatorStat
    }

    It 'returns the connected account without its secret and without a request' {
        Connect-IKAccount -PrivateKey SECRET-7d41 -BaseUri $api
        $account = Get-IKAccount
        $account.GetType().Name | Should -Be IKConnection
        $account.SignIn | Should -Be PrivateKey
        $account.BaseUri | Should -Be ([uri]$api)
        $shown = $account | Format-List | Out-String -Width 500
        $shown | Should -Match '(?m)^SignIn\s+: .*PrivateKey'
        $shown | Should -Match "(?m)^BaseUri\s+: .*$([uri]$api)"
        $everything = $shown + ($account | Format-List -Property * -Force | Out-String -Width 500) + (ConvertTo-Json $account -Depth 4)
        $everything | Should -Not -Match 'SECRET-7d41'
        (Get-EmulatorStat).total.requests | Should -Be 0
    }

    It 'returns the connection that -PassThru returned' {
        $connected = Connect-IKAccount -PrivateKey SECRET-7d41 -BaseUri $api -PassThru
        [object]::ReferenceEquals((Get-IKAccount), $connected) | Should -BeTrue
    }

    It 'returns a connection that -Connection accepts' {
        $env:IMAGEKIT_PRIVATE_KEY, $env:IMAGE_KIT_BASE_URL = 'private_test', $api
        $account = Get-IKAccount
        $env:IMAGEKIT_PRIVATE_KEY = $null
        @(Get-IKFileVersion anything -Limit 1 -Connection $account) | Should -HaveCount 1
    }

    It 'returns the account from the environment variables unless another account is connected' {
        $env:IMAGEKIT_PRIVATE_KEY, $env:IMAGE_KIT_BASE_URL = 'private_test', 'http://127.0.0.1:1'
        (Get-IKAccount).BaseUri | Should -Be ([uri]'http://127.0.0.1:1')
        Connect-IKAccount -PrivateKey SECRET-7d41 -BaseUri $api
        (Get-IKAccount).BaseUri | Should -Be ([uri]$api)
    }

    It 'reports an error, which -ErrorAction Ignore suppresses, if there is no account' {
        Get-IKAccount -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'NotConnected,*'
        $failed[0].CategoryInfo.Category | Should -Be AuthenticationError
        "$($failed[0])" | Should -Match 'Connect-IKAccount'
        Get-IKAccount -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'reports an invalid base address in the environment variables' {
        $env:IMAGEKIT_PRIVATE_KEY, $env:IMAGE_KIT_BASE_URL = 'private_test', 'not an address'
        { Get-IKAccount -ErrorAction Stop } | Should -Throw '*IMAGE_KIT_BASE_URL*'
    }
}
