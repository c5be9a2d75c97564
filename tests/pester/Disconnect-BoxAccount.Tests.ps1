BeforeAll {
    . "$PSScriptRoot/common.ps1"
    Reset-Emulator
    $api = (Get-Emulator).Api
}

AfterAll {
    Disconnect-IKAccount
}

Describe 'Disconnect-BoxAccount' {
    It 'disconnects the Box account and keeps the ImageKit account' {
        $account = Connect-BoxAccount box-token -BaseUri $api -PassThru
        Connect-IKAccount private_test -BaseUri $api

        Disconnect-BoxAccount | Should -BeNullOrEmpty

        { Get-BoxFileVersion 100001 } | Should -Throw -ErrorId 'NotConnected,*'
        @(Get-IKFileVersion anything -Limit 1).Count | Should -Be 1
        @(Get-BoxFileVersion 100001 -Limit 1 -Connection $account).Count | Should -Be 1
    }

    It 'does nothing if no account is connected' {
        { Disconnect-BoxAccount } | Should -Not -Throw
    }
}
