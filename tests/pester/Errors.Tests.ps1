# Checks every row of the error table: category, id and target of the error, whether it is terminating, and whether other files continue.

BeforeAll {
    . "$PSScriptRoot/common.ps1"

    $api = (Get-Emulator).Api
    # One or more sentences, optionally followed by one line of details.
    $messageForm = "^[\p{Lu}'][^\r\n]*\.(\n(Status: \d{3}|Attempts: \d)[^\r\n]*)?\z"
    $settings = @{ BaseUri = $api; TimeoutSec = 1; MaximumRetryCount = 1; PassThru = $true }
}

AfterAll {
    Disconnect-BoxAccount
    Disconnect-IKAccount
    Reset-Emulator
}

BeforeDiscovery {
    $aboutFiles = @(
        @{ Id = 'AccessDenied'; Category = 'PermissionDenied'; Status = 403; Service = 'Box'; File = '4031'; Rule = $null; Says = "Box denied access to file '4031': *Ask the owner for access*`nStatus: 403 (Forbidden), code: *, request id: *" }
        @{ Id = 'FileVersionNotFound'; Category = 'ObjectNotFound'; Status = 404; Service = 'Box'; File = '4041'; Rule = $null; Says = "Box did not find file '4041': *Check the id*`nStatus: 404 (Not Found), code: not_found, request id: *, *" }
        @{ Id = 'FileVersionNotFound'; Category = 'ObjectNotFound'; Status = 404; Service = 'IK'; File = 'missing1'; Rule = $null; Says = "ImageKit did not find file 'missing1': The requested asset does not exist. Check the id*`nStatus: 404 (Not Found), request id: *" }
        @{ Id = 'InvalidRequest'; Category = 'InvalidArgument'; Status = 405; Service = 'Box'; File = 'abc'; Rule = $null; Says = "Box rejected the request for file 'abc': *Check the id*`nStatus: 405 *" }
        @{ Id = 'InvalidRequest'; Category = 'InvalidArgument'; Status = 400; Service = 'IK'; File = 'a.b'; Rule = $null; Says = "ImageKit rejected the request for file 'a.b': *Check the id*`nStatus: 400 *" }
        @{ Id = 'InvalidRequest'; Category = 'InvalidArgument'; Status = $null; Service = 'Box'; File = '..'; Rule = $null; Says = "'..' is not a valid id. *No request was sent." }
        @{ Id = 'InvalidRequest'; Category = 'InvalidArgument'; Status = $null; Service = 'IK'; File = ' '; Rule = $null; Target = ''; Says = "'' is not a valid id. *No request was sent." }
        foreach ($service in 'Box', 'IK') {
            $about = @{ Service = $service; File = '555' }
            $about + @{ Id = 'RateLimited'; Category = 'LimitsExceeded'; Status = 429; Rule = @{ action = 'retryAfter'; retryAfter = '0.1' }; Says = "*refused the request for file '555' because there were too many requests*Try again later, or with fewer concurrent requests.`nStatus: 429 *, attempts: 2" }
            $about + @{ Id = 'ServiceUnavailable'; Category = 'ResourceUnavailable'; Status = 503; Rule = @{ action = 'status'; status = 503; headers = @{ 'Retry-After' = '0' } }; Says = "*could not process the request for file '555'*Try again later.`nStatus: 503 *, attempts: 2" }
            $about + @{ Id = 'RequestTimedOut'; Category = 'OperationTimeout'; Status = $null; Rule = @{ action = 'hang' }; Says = "*did not send a complete response for file '555' within 1 s. Try again later, or allow more time.`nAttempts: 2" }
            $about + @{ Id = 'ConnectionFailed'; Category = 'ConnectionError'; Status = $null; Rule = @{ action = 'closeBeforeReply' }; Says = "Could not reach * for file '555': *Check the network, the proxy and the base address.`nAttempts: 2" }
            $about + @{ Id = 'InvalidResponse'; Category = 'InvalidData'; Status = 200; Rule = @{ action = 'html' }; Says = "*returned an invalid response for file '555': The response is the web page 'Sorry'. *" }
        }
    )
}

Describe 'An error about one file' {
    It 'is <Id> for <Service> <File>' -ForEach $aboutFiles {
        Reset-Emulator
        # A new token, so that a response with 429 does not throttle other tests in this process.
        if ($Service -eq 'Box') {
            $good = '101', '102'
            $connection = Connect-BoxAccount -AccessToken "box-token.$([guid]::NewGuid())" @settings
        }
        else {
            $good = 'good1', 'good2'
            $connection = Connect-IKAccount -PrivateKey "private_test.$([guid]::NewGuid())" @settings
        }
        if ($Rule) {
            Add-EmulatorFault ($Rule + @{ service = $Service.ToLowerInvariant(); fileId = $File })
        }

        # By default it is non-terminating and the other files continue.
        $results = @($good[0], $File, $good[1] | & "Get-${Service}FileVersion" -Connection $connection -Limit 1 -ErrorAction Continue -ErrorVariable failures 2>&1)
        $results.Count | Should -Be 3
        $results[0].FileId | Should -Be $good[0]
        $results[2].FileId | Should -Be $good[1]

        $record = $results[1]
        $record | Should -BeOfType Management.Automation.ErrorRecord
        $failures.Count | Should -Be 1
        $record.FullyQualifiedErrorId | Should -Be "$Id,FileVersions.PS.Commands.Get${Service}FileVersionCommand"
        $record.CategoryInfo.Category | Should -Be $Category
        $record.TargetObject | Should -Be $(if ($null -ne $_.Target) { $_.Target } else { $File })
        $record.Exception | Should -BeOfType FileVersions.FileVersionException
        $record.Exception.Message | Should -BeLike $Says
        $record.Exception.Message | Should -MatchExactly $messageForm
        $record.Exception.StatusCode | Should -Be $Status

        # With -ErrorAction Stop it is terminating.
        { $good[0], $File, $good[1] | & "Get-${Service}FileVersion" -Connection $connection -Limit 1 -ErrorAction Stop } |
            Should -Throw -ErrorId "$Id,FileVersions.PS.Commands.Get${Service}FileVersionCommand"
    }

    It 'is ResultTruncated after all listable versions are returned' {
        Reset-Emulator
        $connection = Connect-BoxAccount -AccessToken box-token -BaseUri $api -PassThru
        $results = @('912000001', '101' | Get-BoxFileVersion -Connection $connection -ErrorAction Continue 2>&1)
        $results.Count | Should -Be (11000 + 1 + 25)
        $record = $results[11000]
        $record.FullyQualifiedErrorId | Should -Be 'ResultTruncated,FileVersions.PS.Commands.GetBoxFileVersionCommand'
        $record.CategoryInfo.Category | Should -Be LimitsExceeded
        $record.TargetObject | Should -Be '912000001'
        $record.Exception.Message | Should -BeLike "Box can list only the first 11000 of the 12000 versions of file '912000001'. *older versions cannot be listed."
        ($results[0..10999].VersionId | Sort-Object -Unique).Count | Should -Be 11000
    }

    It 'is ResultTruncated if none of the requested versions can be listed' {
        Reset-Emulator
        $connection = Connect-BoxAccount -AccessToken box-token -BaseUri $api -PassThru
        Get-BoxFileVersion 912000001 -Offset 11500 -Limit 1 -Connection $connection -ErrorAction SilentlyContinue -ErrorVariable failures | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'ResultTruncated,*'
        $failures[0].Exception.Message | Should -BeLike '*Those that were requested among them were returned*'
    }

    It 'does not occur for white space around an id' {
        Reset-Emulator
        $versions = Get-BoxFileVersion '101 ', " 101`t", "101`n" -Limit 1 -Connection (Connect-BoxAccount -AccessToken box-token @settings)
        $versions.FileId | Should -Be '101', '101', '101'
    }

    It 'has the details of the response as properties' {
        Reset-Emulator
        $connection = Connect-BoxAccount -AccessToken "box-token.$([guid]::NewGuid())" @settings
        Get-BoxFileVersion 4041 -Connection $connection -ErrorAction SilentlyContinue -ErrorVariable failures
        $exception = $failures[0].Exception
        $exception.ServiceCode | Should -Be not_found
        $exception.ServiceMessage | Should -BeLike 'Not Found: *'
        $exception.RequestId | Should -Match '^\S+, \S+$'
        $exception.FileId | Should -Be '4041'

        Add-EmulatorFault @{ action = 'retryAfter'; retryAfter = '86400' }
        Get-BoxFileVersion 1 -Connection $connection -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures[0].Exception.RetryAfter | Should -Be ([timespan]'1.00:00:00')
    }
}

Describe 'Another error' {
    It 'is <Id>' -ForEach @(
        @{ Id = 'Conflict'; Category = 'ResourceExists'; Terminating = $false; Target = '1'; Run = { Add-EmulatorFault @{ action = 'status'; status = 409 }; Get-BoxFileVersion 1 -Connection $box } }
        @{ Id = 'TargetExists'; Category = 'ResourceExists'; Terminating = $false; Target = '101'; Run = { Get-BoxFileVersion 101 -Limit 1 -Connection $box | Save-BoxFileVersion -OutFile $file } }
        @{ Id = 'FileNotReadable'; Category = 'ReadError'; Terminating = $false; Target = '101'; Run = { Add-BoxFileVersion 101 "$file.missing" -Connection $box } }
        @{ Id = 'FileNotWritable'; Category = 'WriteError'; Terminating = $false; Target = '101'; Run = { Get-BoxFileVersion 101 -Limit 1 -Connection $box | Save-BoxFileVersion -Destination "$file/below" } }
        @{ Id = 'AmbiguousHistory'; Category = 'InvalidResult'; Terminating = $false; Target = 'odd'; Run = { Get-IKFileVersion odd -AsOf 2020-01-01 -Connection $ik } }
        @{ Id = 'FileNotTogether'; Category = 'InvalidArgument'; Terminating = $false; Target = 'a'; Run = { 'a', 'b', 'a' | ForEach-Object { [pscustomobject]@{ FileId = $_; VersionId = '1'; CreatedAt = [datetimeoffset]'2020-01-01Z' } } | Select-ExpiredFileVersion -KeepLast 1 } }
        @{ Id = 'NoKeepRule'; Category = 'InvalidArgument'; Terminating = $true; Target = $null; Run = { [pscustomobject]@{ FileId = 'a'; VersionId = '1' } | Select-ExpiredFileVersion -KeepLast 0 } }
        @{ Id = 'InvalidConfiguration'; Category = 'InvalidArgument'; Terminating = $true; Target = $null; Run = { Connect-BoxAccount -ConfigPath "$file.missing" } }
    ) {
        Reset-Emulator
        $null = Invoke-Emulator POST files @{ service = 'ik'; id = 'odd'; versions = @(@{ id = 'v2'; fields = @{ createdAt = $null } }, @{ id = 'v1'; fields = @{ createdAt = $null } }) }
        $box = Connect-BoxAccount -AccessToken "box-token.$([guid]::NewGuid())" @settings
        $ik = Connect-IKAccount -PrivateKey private_test @settings
        $file = Join-Path $TestDrive 'mine.txt'
        Set-Content -LiteralPath $file -Value 'mine'

        $record = $null
        $isTerminating = $false
        try {
            $ErrorActionPreference = 'Continue'
            $record = @(& $Run 2>&1 | Where-Object { $_ -is [Management.Automation.ErrorRecord] })[0]
        }
        catch {
            $record = $_
            $isTerminating = $true
        }

        $record.FullyQualifiedErrorId | Should -BeLike "$Id,FileVersions.PS.Commands.*Command"
        $record.CategoryInfo.Category | Should -Be $Category
        $record.Exception | Should -BeOfType FileVersions.FileVersionException
        $isTerminating | Should -Be ([bool]$Terminating)
        if ($Target) {
            $record.TargetObject | Should -Be $Target
        }
    }
}

Describe 'An error about the account' {
    BeforeEach {
        Reset-Emulator
        Disconnect-BoxAccount
        Disconnect-IKAccount
    }

    It 'is AccessDenied if the account is not allowed to read files' {
        { Connect-BoxAccount box-noscope -BaseUri $api -Verify } |
            Should -Throw "Box denied access to the account: *`nStatus: 403 *" -ErrorId 'AccessDenied,FileVersions.PS.Commands.ConnectBoxAccountCommand'
    }

    It 'does not show the secrets in an address' {
        foreach ($address in 'https://svc:S3cret@gateway.example/x', 'https://gateway.example/x?key=S3cret') {
            try {
                Connect-IKAccount private_test -BaseUri $address
            }
            catch {
                $record = $_
            }

            $record.FullyQualifiedErrorId | Should -BeLike 'InvalidConfiguration,*'
            $record.CategoryInfo.Category | Should -Be InvalidArgument
            $record.TargetObject | Should -Be 'https://gateway.example/x'
            "$($record.CategoryInfo) $($record.Exception | Format-List * -Force | Out-String)" | Should -Not -Match S3cret
        }
    }

    It 'is NotConnected for <_>' -ForEach 'Box', 'IK' {
        $before = $env:BOX_ACCESS_TOKEN, $env:IMAGEKIT_PRIVATE_KEY
        $env:BOX_ACCESS_TOKEN = $env:IMAGEKIT_PRIVATE_KEY = $null
        try {
            $record = $null
            try { 1, 2 | & "Get-${_}FileVersion" -ErrorAction SilentlyContinue } catch { $record = $_ }
        }
        finally {
            $env:BOX_ACCESS_TOKEN, $env:IMAGEKIT_PRIVATE_KEY = $before
        }
        $record.FullyQualifiedErrorId | Should -BeLike 'NotConnected,*'
        $record.CategoryInfo.Category | Should -Be AuthenticationError
        $record.Exception | Should -BeOfType FileVersions.FileVersionException
        $record.Exception.Message | Should -BeLike '*Connect-*Account*'
    }

    It 'is AuthenticationFailed: <What>' -ForEach @(
        @{ What = 'an expired Box token'; Service = 'Box'; Secret = 'box-expired'; Status = 401; Says = 'Box rejected the credential: *a developer token is valid for 60 minutes*' }
        @{ What = 'an invalid Box token'; Service = 'Box'; Secret = 'box-nonsense'; Status = 401; Says = 'Box rejected the credential: *Check that the access token is complete*' }
        @{ What = 'a wrong ImageKit key'; Service = 'IK'; Secret = 'private_nonsense'; Status = 403; Says = 'ImageKit rejected the credential: *cannot be authenticated. Check that the private key*' }
        @{ What = "ImageKit's 401"; Service = 'IK'; Secret = 'private_test'; Status = 401; Rule = @{ action = 'status'; status = 401 }; Says = 'ImageKit rejected the credential: *did not receive a private key*' }
        @{ What = '401 with a web page'; Service = 'Box'; Secret = 'box-token'; Status = 401; Rule = @{ action = 'html'; status = 401 }; Says = "Box rejected the credential: *`nStatus: 401 *" }
    ) {
        $connection = if ($Service -eq 'Box') { Connect-BoxAccount -AccessToken $Secret @settings } else { Connect-IKAccount -PrivateKey $Secret @settings }
        if ($_.Rule) {
            Add-EmulatorFault $_.Rule
        }
        $record = $null
        $after = $false
        try {
            1, 2, 3 | & "Get-${Service}FileVersion" -Connection $connection -ErrorAction SilentlyContinue
            $after = $true
        }
        catch {
            $record = $_
        }
        $after | Should -BeFalse
        $record.FullyQualifiedErrorId | Should -Be "AuthenticationFailed,FileVersions.PS.Commands.Get${Service}FileVersionCommand"
        $record.CategoryInfo.Category | Should -Be AuthenticationError
        $record.Exception.StatusCode | Should -Be $Status
        $record.Exception.Message | Should -BeLike $Says
        $record.Exception.Message | Should -MatchExactly $messageForm
        $record.Exception.Message | Should -Not -BeLike "*$Secret*"
    }
}

Describe 'A retry delay' {
    It 'is written to the verbose stream with its reason' {
        Reset-Emulator
        $connection = Connect-BoxAccount -AccessToken box-token @settings
        Add-EmulatorFault @{ times = 1; action = 'status'; status = 503; headers = @{ 'Retry-After' = '0.1' } }
        $verbose = @(Get-BoxFileVersion 1 -Connection $connection -Limit 1 -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] })
        $verbose.Count | Should -Be 3
        $verbose[0].Message | Should -Match '^GET /2\.0/files/1/versions \(\d+ ms\)\. Status: 503 \(Service Unavailable\), code: \w+, request id: \w+'
        $verbose[1].Message | Should -BeLike "Waiting $('{0}' -f 0.1) s before attempt 2 of 2 of the request for file '1'. Status: 503 *"
        $verbose[2].Message | Should -Match '^GET /2\.0/files/1/versions \(\d+ ms\)\. Status: 200 \(OK\), request id: \w+'
    }

    It 'applies to all files of the account when one request is throttled' {
        Reset-Emulator
        # On a busy computer, timers fire late and requests start in bursts, so one request can be refused several times.
        $connection = Connect-BoxAccount -AccessToken "box-token.$([guid]::NewGuid())" -BaseUri $api -MaximumRetryCount 20 -PassThru
        Set-Emulator @{ boxRateLimit = @{ perWindow = 50; windowMs = 1000; fractional = $true } }
        $versions = @(1001..1200 | Get-BoxFileVersion -Connection $connection -Limit 1 -ErrorVariable failures)
        $failures.Count | Should -Be 0
        $versions.FileId | Should -Be (1001..1200 | ForEach-Object { "$_" })
        $stats = (Get-EmulatorStat).box
        $stats.limited | Should -BeGreaterThan 0
        $stats.limited | Should -BeLessThan 40
    }

    It 'applies to other runspaces with the same account, but not to other accounts or users' {
        Reset-Emulator
        $one, $other = 1..2 | ForEach-Object { "box-token.$([guid]::NewGuid())" }
        $refused = Connect-BoxAccount -AccessToken $one -BaseUri $settings.BaseUri -MaximumRetryCount 0 -PassThru
        $before = $env:BOX_ACCESS_TOKEN, $env:BOX_BASE_URL
        $runs = @(
            @{ Token = $other; File = '2'; Parameters = @{} }
            @{ Token = $one; File = '3'; Parameters = @{ AsUser = '202' } }
            @{ Token = $one; File = '4'; Parameters = @{} }
        )
        try {
            foreach ($run in $runs) {
                $run.Shell = [powershell]::Create()
                $null = $run.Shell.AddScript("Import-Module '$(Get-RepositoryPath 'out/FileVersions/FileVersions.psd1')'").Invoke()
                $run.Shell.Commands.Clear()
            }
            $env:BOX_BASE_URL = $settings.BaseUri
            Add-EmulatorFault @{ fileId = '1'; action = 'retryAfter'; retryAfter = '3' }
            Get-BoxFileVersion 1 -Connection $refused -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'RateLimited,*'

            foreach ($run in $runs) {
                $env:BOX_ACCESS_TOKEN = $run.Token
                $parameters = $run.Parameters + @{ FileId = $run.File; Limit = 1; Verbose = $true }
                $run.Shell.AddCommand('Get-BoxFileVersion').AddParameters($parameters).Invoke().FileId | Should -Be $run.File
            }

            $runs[0].Shell.Streams.Verbose.Message | Should -Not -BeLike 'Waiting*'
            $runs[1].Shell.Streams.Verbose.Message | Should -Not -BeLike 'Waiting*'
            $runs[2].Shell.Streams.Verbose[0].Message | Should -BeLike "Waiting * s before the request for file '4', because the service limits the request rate."
        }
        finally {
            $env:BOX_ACCESS_TOKEN, $env:BOX_BASE_URL = $before
            $runs.Shell | ForEach-Object { $_.Dispose() }
        }

        $requests = Get-EmulatorRequest
        $requests.target -replace '.*/files/(\d+)/.*', '$1' | Should -Be 1, 2, 3, 4
        ($requests[3].startMs - $requests[0].endMs) | Should -BeGreaterThan 2900
    }
}
