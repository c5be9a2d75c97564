BeforeAll {
    . "$PSScriptRoot/common.ps1"
    Reset-Emulator
    $api = (Get-Emulator).Api
}

AfterAll {
    Disconnect-BoxAccount
}

Describe 'Disconnect-IKAccount' {
    It 'disconnects the ImageKit account and keeps the Box account' {
        $account = Connect-IKAccount private_test -BaseUri $api -PassThru
        Connect-BoxAccount box-token -BaseUri $api

        Disconnect-IKAccount | Should -BeNullOrEmpty

        { Get-IKFileVersion anything } | Should -Throw -ErrorId 'NotConnected,*'
        @(Get-BoxFileVersion 100001 -Limit 1).Count | Should -Be 1
        @(Get-IKFileVersion anything -Limit 1 -Connection $account).Count | Should -Be 1
    }

    It 'does nothing if no account is connected' {
        { Disconnect-IKAccount } | Should -Not -Throw
    }
}
