# Tests hostile input and hostile responses.

BeforeAll {
    . "$PSScriptRoot/common.ps1"

    $api = (Get-Emulator).Api
    Reset-Emulator
    $settings = @{ BaseUri = $api; TimeoutSec = 60; MaximumRetryCount = 0; PassThru = $true }
    $box = Connect-BoxAccount -AccessToken box-token @settings
    $ik = Connect-IKAccount -PrivateKey private_test @settings
    $connections = @{ Box = $box; IK = $ik }
}

AfterAll {
    Disconnect-BoxAccount
    Disconnect-IKAccount
    Reset-Emulator
}

Describe 'A hostile id' {
    BeforeEach {
        Reset-Emulator
    }

    It 'is escaped in the request URI: <_>' -ForEach @(
        'a b/../../users/me?x=#', '../users/me', '%2e%2e', '..%2fusers%2fme', 'a\..\b', '1;DROP', '1&limit=5'
        # Non-Latin characters, and one outside the Basic Multilingual Plane.
        -join [char[]](0x444, 0x430, 0x439, 0x43B)
        -join [char[]](0x65E5, 0x672C, 0x8A9E)
        [char]::ConvertFromUtf32(0x1F600)
    ) {
        foreach ($service in 'Box', 'IK') {
            $results = @($_ | & "Get-${service}FileVersion" -Connection $connections[$service] -ErrorAction SilentlyContinue -ErrorVariable failures)
            $results | Should -BeNullOrEmpty
            $failures.Count | Should -Be 1
            $failures[0].FullyQualifiedErrorId | Should -Match '^(InvalidRequest|FileVersionNotFound),'
            $failures[0].TargetObject | Should -Be $_
        }
        $escaped = [uri]::EscapeDataString($_)
        $targets = @((Get-EmulatorRequest).target)
        $targets.Count | Should -Be 2
        $targets[0] | Should -BeLike "/2.0/files/$([WildcardPattern]::Escape($escaped))/versions[?]*"
        $targets[1] | Should -Be "/v1/files/$escaped/versions"
    }

    It 'of a version is escaped in the request URI' {
        foreach ($service in 'Box', 'IK') {
            & "Get-${service}FileVersion" 1 -VersionId '1/../../x?y#' -Connection $connections[$service] -ErrorAction SilentlyContinue -ErrorVariable failures
            $failures.Count | Should -Be 1
        }
        (Get-EmulatorRequest).target | ForEach-Object { $_ | Should -BeLike '*/versions/1%2F..%2F..%2Fx%3Fy%23*' }
    }

    It 'that is invalid is not sent: <Shown>' -ForEach @(
        @{ Id = ''; Shown = 'empty' }
        @{ Id = '  '; Shown = 'blank' }
        @{ Id = '.'; Shown = 'a dot' }
        @{ Id = '..'; Shown = 'two dots' }
        @{ Id = "1`r`n2"; Shown = 'a line break' }
        @{ Id = "1`0"; Shown = 'a null' }
        @{ Id = "$([char]27)[31m"; Shown = 'an escape sequence' }
        @{ Id = "$([char]0xd800)"; Shown = 'an unpaired surrogate' }
    ) {
        foreach ($service in 'Box', 'IK') {
            $good = if ($service -eq 'Box') { '101' } else { 'good' }
            $results = @($Id, $good | & "Get-${service}FileVersion" -Connection $connections[$service] -Limit 1 -ErrorAction SilentlyContinue -ErrorVariable failures)
            $results.FileId | Should -Be $good
            $failures.Count | Should -Be 1
            $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
            $failures[0].CategoryInfo.Category | Should -Be InvalidArgument
            $failures[0].Exception.Message | Should -Not -Match '\p{Cc}'
        }
        @(Get-EmulatorRequest).Count | Should -Be 2
    }

    It 'of 10,000 characters is shortened in the error message' {
        Get-BoxFileVersion ('7' * 10000) -Connection $box -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures.Count | Should -Be 1
        $failures[0].Exception.Message.Length | Should -BeLessThan 600
    }
}

Describe 'A hostile header value' {
    It 'in -AsUser is not sent' {
        Reset-Emulator
        $record = $null
        try {
            101, 102 | Get-BoxFileVersion -Connection $box -AsUser "5`r`nX-Evil: 1" -ErrorAction SilentlyContinue
        }
        catch { $record = $_ }
        $record.FullyQualifiedErrorId | Should -BeLike 'InvalidConfiguration,*'
        $record.CategoryInfo.Category | Should -Be InvalidArgument
        $record.Exception.Message | Should -Not -Match '\p{Cc}'
        @(Get-EmulatorRequest) | Should -BeNullOrEmpty
    }

    It 'in a credential is not sent' {
        Reset-Emulator
        $secret = "tok`r`nX-Evil: 1"
        $record = $null
        try {
            $connection = Connect-BoxAccount -AccessToken $secret @settings
            Get-BoxFileVersion 1 -Connection $connection
        }
        catch { $record = $_ }
        $record | Should -Not -BeNullOrEmpty
        $record.Exception.Message | Should -Not -BeLike '*X-Evil*'
        @(Get-EmulatorRequest) | Should -BeNullOrEmpty
    }
}

Describe 'A hostile response' {
    It 'that decompresses to a gigabyte is rejected with limited memory use' {
        Reset-Emulator
        Add-EmulatorFault @{ action = 'gzipBomb'; sizeMiB = 1024; fileId = '1' }
        $before = [GC]::GetTotalAllocatedBytes()
        1, 2 | Get-BoxFileVersion -Connection $box -ErrorAction SilentlyContinue -ErrorVariable failures | Measure-Object | ForEach-Object Count | Should -Be 25
        $failures.Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidResponse,*'
        $failures[0].Exception.Message | Should -BeLike '*The response is longer than 64 MiB.*'
        [GC]::GetTotalAllocatedBytes() - $before | Should -BeLessThan 500MB
    }

    It 'that redirects to another host does not receive the credential' {
        Reset-Emulator
        Add-EmulatorFault @{ action = 'redirectTo' }
        foreach ($service in 'Box', 'IK') {
            & "Get-${service}FileVersion" 1 -Connection $connections[$service] -ErrorAction SilentlyContinue -ErrorVariable failures
            $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidResponse,*'
        }
        $stats = Get-EmulatorStat
        $stats.download.requests | Should -Be 0
        $stats.total.credentialLeaks | Should -Be 0
    }

    It 'that is truncated at any byte causes an error and no partial output' {
        Reset-Emulator
        $null = Invoke-Emulator -Method POST -Name files -Body @{ service = 'box'; id = '77'; count = 2 }
        $whole = @(Get-BoxFileVersion 77 -Connection $box).Count
        $whole | Should -Be 2
        Set-Emulator @{ gzip = $false }
        foreach ($bytes in (0..40) + (50..1200 | Where-Object { $_ % 23 -eq 0 })) {
            Add-EmulatorFault @{ action = 'cutReplyAfter'; bytes = $bytes; fileId = '77' }
            $results = @(Get-BoxFileVersion 77 -Connection $box -ErrorAction SilentlyContinue -ErrorVariable failures)
            if ($failures.Count -eq 0) {
                $results.Count | Should -Be $whole
            }
            else {
                $results | Should -BeNullOrEmpty
                $failures[0].FullyQualifiedErrorId | Should -Match '^(ConnectionFailed|InvalidResponse),'
            }
        }
    }
}

Describe 'Plain http' {
    It 'is rejected: <_>' -ForEach 'http://api.box.com', 'http://10.1.2.3:8080', 'http://127.0.0.1.example.com' {
        { Connect-BoxAccount -AccessToken x -BaseUri $_ } | Should -Throw -ErrorId 'InvalidConfiguration,*'
        { Connect-IKAccount -PrivateKey x -BaseUri $_ } | Should -Throw -ErrorId 'InvalidConfiguration,*'
    }

    It 'is accepted for loopback addresses: <_>' -ForEach 'http://127.0.0.1:1', 'http://localhost:1', 'http://[::1]:1' {
        (Connect-BoxAccount -AccessToken x -BaseUri $_ -PassThru).BaseUri.IsLoopback | Should -BeTrue
    }
}
