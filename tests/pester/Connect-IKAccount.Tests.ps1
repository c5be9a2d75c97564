BeforeAll {
    . "$PSScriptRoot/common.ps1"
    Reset-Emulator
    $api = (Get-Emulator).Api
}

Describe 'Connect-IKAccount' {
    BeforeEach {
        Clear-EmulatorStat
    }

    AfterEach {
        Disconnect-IKAccount
        Clear-EmulatorFault
    }

    It 'accepts the key as <Kind>' -ForEach @(
        @{ Kind = 'a string'; Key = { 'private_test' } }
        @{ Kind = 'a SecureString'; Key = { ConvertTo-Secret 'private_test' } }
        @{ Kind = 'the content of a file'; Key = { "private_test`n" } }
        @{ Kind = 'a string in the format of ImageKit''s examples'; Key = { 'private_test:' } }
    ) {
        $account = Connect-IKAccount (& $Key) -BaseUri $api -Verify -PassThru
        $account | Should -BeOfType FileVersions.ImageKit.IKConnection
        $account.SignIn | Should -Be PrivateKey
        @(Get-IKFileVersion anything -Limit 2).Count | Should -Be 2
        (Get-EmulatorStat).ik.requests | Should -Be 2
    }

    It 'sends no request and returns nothing by default' {
        Connect-IKAccount -PrivateKey private_test -BaseUri $api | Should -BeNullOrEmpty
        (Get-EmulatorStat).total.requests | Should -Be 0
    }

    It 'rejects a wrong key immediately with -Verify' {
        { Connect-IKAccount -PrivateKey private_wrong -BaseUri $api -Verify } | Should -Throw
        $failure = $Error[0]
        $failure.FullyQualifiedErrorId | Should -Be 'AuthenticationFailed,FileVersions.PS.Commands.ConnectIKAccountCommand'
        $failure.CategoryInfo.Category | Should -Be AuthenticationError
        $failure.Exception.Message | Should -BeLike '*Check that the private key (not the public key) is complete*'
        $failure.Exception.Message | Should -Not -Match private_wrong
        $failure.Exception.RequestId | Should -Not -BeNullOrEmpty
    }

    It 'detects a wrong key only at the first file without -Verify' {
        Connect-IKAccount -PrivateKey private_wrong -BaseUri $api
        { 'a', 'b' | Get-IKFileVersion } | Should -Throw -ErrorId 'AuthenticationFailed,*'
    }

    It 'rejects an invalid key without a request' {
        foreach ($key in '', ' ', "private`n_test", 'private test', "priv$([char]0xE9)") {
            { Connect-IKAccount -PrivateKey $key -BaseUri $api -Verify } | Should -Throw -ErrorId 'InvalidConfiguration,*'
        }

        (Get-EmulatorStat).total.requests | Should -Be 0
    }

    It 'connects to ImageKit by default' {
        (Connect-IKAccount private_test -PassThru).BaseUri | Should -Be 'https://api.imagekit.io/'
    }

    It 'accepts a base address that contains the API version' {
        (Connect-IKAccount private_test -BaseUri "$api/v1" -PassThru -Verify).BaseUri.AbsoluteUri.TrimEnd('/') | Should -Be $api
    }
}
