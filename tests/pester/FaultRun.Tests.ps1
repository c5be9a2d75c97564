# Runs each cmdlet with each fault in faults.ps1. One pipeline per cmdlet contains all faults, each on its own file, between files
# without a fault, whose output must be complete and in order. Afterwards, the state of the service and the saved files are checked.

BeforeDiscovery {
    # Stage: the request that fails. ReplyLost: the service carries out the request, and only the response is lost.
    $cmdlets = @(
        @{ Name = 'Get-BoxFileVersion'; Service = 'Box'; Stage = 'List'; What = 'all versions' }
        @{ Name = 'Get-BoxFileVersion'; Service = 'Box'; Stage = 'One'; What = 'one version' }
        @{ Name = 'Get-IKFileVersion'; Service = 'IK'; Stage = 'List'; What = 'all versions' }
        @{ Name = 'Get-IKFileVersion'; Service = 'IK'; Stage = 'One'; What = 'one version' }
        @{ Name = 'Save-BoxFileVersion'; Service = 'Box'; Stage = 'Address'; What = 'the download URL' }
        @{ Name = 'Save-BoxFileVersion'; Service = 'Box'; Stage = 'Download'; What = 'the content' }
        @{ Name = 'Save-IKFileVersion'; Service = 'IK'; Stage = 'Details'; What = 'name and download URL' }
        @{ Name = 'Save-IKFileVersion'; Service = 'IK'; Stage = 'Download'; What = 'the content' }
        foreach ($replyLost in $false, $true) {
            $what = if ($replyLost) { 'a fault of the response' } else { 'a fault of the request' }
            @{ Name = 'Add-BoxFileVersion'; Service = 'Box'; Stage = 'Upload'; What = $what; ReplyLost = $replyLost }
            @{ Name = 'Restore-BoxFileVersion'; Service = 'Box'; Stage = 'Promote'; What = "promotion, $what"; ReplyLost = $replyLost }
            @{ Name = 'Restore-BoxFileVersion'; Service = 'Box'; Stage = 'FromTrash'; What = "restoration from the trash, $what"; ReplyLost = $replyLost }
            @{ Name = 'Restore-IKFileVersion'; Service = 'IK'; Stage = 'Restore'; What = $what; ReplyLost = $replyLost }
            @{ Name = 'Remove-BoxFileVersion'; Service = 'Box'; Stage = 'Remove'; What = $what; ReplyLost = $replyLost }
            @{ Name = 'Remove-IKFileVersion'; Service = 'IK'; Stage = 'Remove'; What = $what; ReplyLost = $replyLost }
        }
    )

    foreach ($cmdlet in $cmdlets) {
        $cmdlet.Faults = @(
            foreach ($fault in & "$PSScriptRoot/faults.ps1") {
                $looksFirst = $cmdlet.Stage -in 'Promote', 'Restore', 'Upload'
                $key = if ($looksFirst) { 'Change' } else { $cmdlet.Stage }
                $promised = if (-not $fault.ContainsKey($cmdlet.Service)) { $null } elseif ($fault.ContainsKey($key)) { $fault[$key] } else { $fault[$cmdlet.Service] }
                if (-not $promised) {
                    continue
                }

                # These faults modify a correct response, so the emulator carries out the request.
                $isDone = $fault.Rule.action -in 'delay', 'cutBodyAfter', 'cutReplyAfter', 'stallBodyAfter', 'wrongContentType'
                $rule = $fault.Rule
                if ($cmdlet.ReplyLost) {
                    # With these faults, the service rejects the request and changes nothing.
                    if ($isDone -or $fault.Heavy -or $fault.Name -like '429*' -or $promised -in 'InvalidRequest', 'Conflict', 'AccessDenied', 'FileVersionNotFound') {
                        continue
                    }
                    $isDone = $true
                    $rule = $rule + @{ handled = $true }
                }
                if ($looksFirst -and $isDone) {
                    # The cmdlet finds that the change took effect when it checks the current version.
                    $promised = 'none'
                }
                $fault + @{ Promised = $promised; IsDone = $isDone -or $promised -eq 'none' } | ForEach-Object { $_.Rule = $rule; $_ }
            }
        )
    }
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"

    $api = (Get-Emulator).Api
    $categories = @{
        RateLimited = 'LimitsExceeded'
        ServiceUnavailable = 'ResourceUnavailable'
        RequestTimedOut = 'OperationTimeout'
        ConnectionFailed = 'ConnectionError'
        InvalidRequest = 'InvalidArgument'
        Conflict = 'ResourceExists'
        AccessDenied = 'PermissionDenied'
        FileVersionNotFound = 'ObjectNotFound'
        InvalidResponse = 'InvalidData'
    }
    $passing = 'RateLimited', 'ServiceUnavailable', 'RequestTimedOut', 'ConnectionFailed'
    $saving = 'Address', 'Details', 'Download'
    $changing = 'Upload', 'Promote', 'FromTrash', 'Restore', 'Remove'

    function Connect-Service([string] $Service, [int] $TimeoutSec) {
        # Uses its own credential, so that 429 does not throttle other tests.
        $settings = @{ BaseUri = $api; TimeoutSec = $TimeoutSec; MaximumRetryCount = 1; PassThru = $true }
        if ($Service -eq 'Box') {
            Connect-BoxAccount -AccessToken "box-token.$([guid]::NewGuid())" @settings
        }
        else {
            Connect-IKAccount -PrivateKey "private_test.$([guid]::NewGuid())" @settings
        }
    }

    function New-FaultFile([hashtable] $Cmdlet, [hashtable[]] $Faults) {
        # Returns one file per fault, each followed by a file without a fault. The run adds the outcomes.
        for ($i = 0; $i -lt $Faults.Count; $i++) {
            $faulty, $sound = if ($Cmdlet.Service -eq 'Box') { "$(7000000 + $i)", "$(8000000 + $i)" } else { "fault-$i", "sound-$i" }
            @{ Id = $faulty; Fault = $Faults[$i]; Promised = $Faults[$i].Promised; IsDone = $Faults[$i].IsDone; Errors = @(); Objects = @(); Tries = 0 }
            @{ Id = $sound; Fault = $null; Promised = 'none'; IsDone = $true; Errors = @(); Objects = @(); Tries = 0 }
        }
    }

    function Read-VersionId([hashtable] $Cmdlet, [hashtable[]] $Files, [string] $Name, [object] $Connection) {
        # Records the versions of each file that are not in the trash, the current one first. In ImageKit, ids change but names do not.
        $current = @{}
        if ($Cmdlet.Service -eq 'Box') {
            $current.IncludeCurrent = $true
        }
        $ids = $Files.Id | & "Get-$($Cmdlet.Service)FileVersion" @current -Connection $Connection -ThrottleLimit 64 |
            Group-Object -Property FileId -AsHashTable -AsString
        foreach ($file in $Files) {
            $versions = @($ids[$file.Id] | Where-Object { -not $_.TrashedAt })
            $file[$Name] = @($versions.VersionId)
            $file["${Name}Names"] = @($versions.VersionName)
        }
    }

    function Invoke-FaultRun([hashtable] $Cmdlet, [hashtable[]] $Faults, [int] $TimeoutSec, [int] $ThrottleLimit = 64) {
        # Returns the files with their outcome, and the ids of the files in the order of the output.
        Reset-Emulator
        $service, $stage = $Cmdlet.Service, $Cmdlet.Stage
        $files = @(New-FaultFile -Cmdlet $Cmdlet -Faults $Faults)
        $connection = Connect-Service -Service $service -TimeoutSec $TimeoutSec
        if ($stage -in $changing) {
            Set-Emulator @{ boxVersions = 3; ikVersions = 4 }
        }
        if ($stage -in $saving) {
            # A signed URL cannot be changed to request the original.
            Set-Emulator @{ ikOptimisedImages = $false }
            foreach ($file in $files) {
                $made = Invoke-Emulator -Method POST -Name files -Body @{ service = $service.ToLowerInvariant(); id = $file.Id; size = 120; count = 2 }
                $file.Sha1 = $made.versions[-1].sha1
            }
        }

        $byId = @{}
        $byVersion = @{}
        $target = @{ Service = $service.ToLowerInvariant() }
        $run = @{ Files = $files; Folder = Join-Path $TestDrive ([guid]::NewGuid()) }
        Read-VersionId -Cmdlet $Cmdlet -Files $files -Name Before -Connection $connection
        foreach ($file in $files) {
            $file.VersionId = $file.Before[-1]
            $byId[$file.Id] = $byVersion[$file.VersionId] = $file
        }
        $versions = @($files | ForEach-Object { [pscustomobject]@{ FileId = $_.Id; VersionId = $_.VersionId } })
        $parameters = @{ Connection = $connection }
        $inputs = $versions
        switch ($stage) {
            'List' { $inputs = $files.Id }
            'Address' { $target.pathContains = '/content' }
            'Download' { $target.Service = 'download' }
            'Upload' {
                $target.method = 'POST'
                $inputs = foreach ($file in $files) {
                    $path = Join-Path $TestDrive "$($file.Id).txt"
                    Set-Content -LiteralPath $path -Value "The new content of $($file.Id)."
                    [pscustomobject]@{ FileId = $file.Id; Path = $path }
                }
            }
            'Promote' { $target.method = 'POST' }
            'Restore' { $target.method = 'PUT' }
            'FromTrash' {
                $target.method = 'PUT'
                $versions | Remove-BoxFileVersion -Connection $connection -Confirm:$false
                $parameters.FromTrash = $true
            }
            'Remove' { $parameters.Confirm = $false }
        }
        if ($stage -notin $changing) {
            $parameters.ThrottleLimit = $ThrottleLimit
        }
        if ($stage -in $saving) {
            $parameters.Destination = $run.Folder
            $parameters.PassThru = $true
        }

        Clear-EmulatorStat
        $null = Invoke-Emulator -Method POST -Name faults -Body @($files | Where-Object { $_.Fault } | ForEach-Object { $_.Fault.Rule + $target + @{ fileId = $_.Id } })
        $run.Order = @(
            $inputs | & $Cmdlet.Name @parameters -ErrorAction Continue 2>&1 | ForEach-Object {
                if ($_ -is [Management.Automation.ErrorRecord]) {
                    $byId[$_.TargetObject].Errors += $_
                    $_.TargetObject
                }
                else {
                    $file = if ($_ -is [IO.FileInfo]) { $byVersion[[regex]::Match($_.Name, '\(version (.+)\)').Groups[1].Value] } else { $byId[$_.FileId] }
                    $file.Objects += $_
                    $file.Id
                }
            }
        )

        Clear-EmulatorFault
        $run.IsIdle = Wait-EmulatorIdle
        foreach ($request in Get-EmulatorRequest -Last 10000) {
            if ($request.method -ne 'GET' -and $request.target -match '/files/([^/?]+)') {
                $byId[$Matches[1]].Tries++
            }
        }
        $run.CredentialLeaks = (Get-EmulatorStat).total.credentialLeaks
        Read-VersionId -Cmdlet $Cmdlet -Files $files -Name After -Connection $connection
        $run
    }
}

AfterAll {
    Disconnect-BoxAccount
    Disconnect-IKAccount
    Reset-Emulator
}

Describe 'With injected faults,' {
    Context '<Name> (<What>)' -ForEach $cmdlets {
        BeforeAll {
            $cmdlet = $_
            $light = @($_.Faults | Where-Object { -not $_.Heavy })
            $heavy = @($_.Faults | Where-Object { $_.Heavy })
            # Changes are sent one at a time, so responses are fast and the timeout can be short.
            $timeout = if ($Stage -in $changing) { 1 } else { 2 }
            $runs = @(
                Invoke-FaultRun -Cmdlet $cmdlet -Faults $light -TimeoutSec $timeout
                if ($heavy) {
                    Invoke-FaultRun -Cmdlet $cmdlet -Faults $heavy -TimeoutSec 60 -ThrottleLimit 2
                }
            )
            $files = @($runs.Files)
            $byFault = @{}
            foreach ($file in $files | Where-Object { $_.Fault }) {
                $byFault[$file.Fault.Name] = $file
            }
        }

        It 'has the documented outcome for <Name>' -ForEach $_.Faults {
            $file = $byFault[$Name]
            if ($Promised -eq 'none') {
                $file.Errors | Should -BeNullOrEmpty
                if ($Stage -ne 'Remove') {
                    $file.Objects.Count | Should -BeGreaterThan 0
                }
            }
            else {
                $file.Objects | Should -BeNullOrEmpty
                $file.Errors.Count | Should -Be 1
                $record = $file.Errors[0]
                $record.FullyQualifiedErrorId | Should -BeLike "$Promised,FileVersions.PS.Commands.*"
                $record.CategoryInfo.Category | Should -Be $categories[$Promised]
                $record.Exception | Should -BeOfType FileVersions.FileVersionException
                $record.Exception.FileId | Should -Be $file.Id
                if ($Stage -notin 'List', 'Upload') {
                    $record.Exception.VersionId | Should -Be $file.VersionId
                }
                $record.Exception.Message | Should -BeLike "*'$($file.Id)'*"
                $record.Exception.Message | Should -MatchExactly '^\p{Lu}[^\r\n]*[.\u2026](\n[^\r\n]+)?$'
                if ($Stage -in 'Promote', 'Restore', 'Upload') {
                    $record.Exception.Message -like '*is not known*' | Should -Be ($Promised -eq 'InvalidResponse' -or ($Promised -in $passing -and $Promised -ne 'RateLimited'))
                }
            }
        }

        It 'continues with the other files in input order' {
            $each = if ($Stage -eq 'Remove') { 0 } elseif ($Stage -ne 'List') { 1 } elseif ($Service -eq 'Box') { 25 } else { 10 }
            $sound = @($files | Where-Object { -not $_.Fault })
            $sound.Count | Should -Be $cmdlet.Faults.Count
            foreach ($file in $sound) {
                $file.Errors | Should -BeNullOrEmpty
                $file.Objects.Count | Should -Be $each
            }

            foreach ($run in $runs) {
                $expected = @($run.Files | Where-Object { $Stage -ne 'Remove' -or $_.Promised -ne 'none' } | ForEach-Object { $_.Id })
                ($run.Order | Get-Unique) -join ' ' | Should -Be ($expected -join ' ')
            }
        }

        It 'sends the credential to no other host and leaves no request in flight' {
            $runs.CredentialLeaks | Should -Be @($runs | ForEach-Object { 0 })
            $runs.IsIdle | Should -Not -Contain $false
        }

        if ($Stage -in 'Address', 'Details', 'Download') {
            It 'saves exactly the expected files with complete content' {
                foreach ($run in $runs) {
                    $saved = @($run.Files | Where-Object { $_.Promised -eq 'none' })
                    $names = $saved | ForEach-Object { $_.Objects[0].Name } | Sort-Object
                    [IO.Directory]::GetFileSystemEntries($run.Folder) | Split-Path -Leaf | Sort-Object | Should -Be $names
                    foreach ($file in $saved) {
                        (Get-FileHash -LiteralPath $file.Objects[0].FullName -Algorithm SHA1).Hash | Should -Be $file.Sha1
                    }
                }
            }
        }

        It 'makes exactly the expected changes, each of them once' {
            foreach ($file in $files) {
                $others = @($file.Before | Where-Object { $_ -ne $file.VersionId })
                $expected = switch ($Stage) {
                    'Remove' { if ($file.IsDone) { $others } else { $file.Before } }
                    'FromTrash' { if ($file.IsDone) { $file.Before } else { $others } }
                    'Restore' { if ($file.IsDone) { $file.BeforeNames[-1]; $file.BeforeNames[0..($file.BeforeNames.Count - 2)] } else { $file.BeforeNames } }
                    { $_ -in 'Promote', 'Upload' } {
                        if ($file.IsDone) {
                            $file.After[0] | Should -Not -BeIn $file.Before
                            $file.After[0]
                        }
                        $file.Before
                    }
                    default { $file.Before }
                }
                $actual = if ($Stage -eq 'Restore') { $file.AfterNames } else { $file.After }
                $actual -join ' ' | Should -Be ($expected -join ' ') -Because "of '$($file.Fault.Name)'"
            }
        }

        if ($Stage -in 'Upload', 'Promote', 'FromTrash', 'Restore', 'Remove') {
            It 'sends the expected number of requests' {
                foreach ($file in $files) {
                    $fault = $file.Fault
                    $isRefused = $fault.Name -like '429*'
                    $isTransient = $file.Promised -in $passing -or $fault.Rule.times
                    $tries = if (-not $fault) { 1 }
                    elseif ($Stage -in 'Upload', 'Promote', 'Restore' -and -not $isRefused) {
                        # A change is retried if the outcome is unknown and it did not take effect, but not after a timeout.
                        if ($fault.Rule.action -ne 'hang' -and -not $fault.IsDone -and ($isTransient -or $file.Promised -eq 'InvalidResponse') -or
                            ($fault.Rule.times -and $file.Promised -eq 'none' -and -not $fault.Rule.handled)) { 2 } else { 1 }
                    }
                    elseif ($isTransient -and -not $fault.AtOnce) { 2 }
                    else { 1 }
                    if ($isRefused) {
                        # While the throttle delays requests, a request may be sent more often.
                        $file.Tries | Should -BeGreaterOrEqual $tries -Because "of '$($fault.Name)'"
                    }
                    else {
                        $file.Tries | Should -Be $tries -Because "of '$($fault.Name)'"
                    }
                }
            }
        }
    }
}

Describe 'Add-IKFileVersion with each fault' {
    # Upload requests do not identify a file, so the faults are tested one at a time. Without retries, this takes only seconds.
    BeforeAll {
        Reset-Emulator
        $connection = Connect-IKAccount -PrivateKey private_test -BaseUri $api -TimeoutSec 1 -MaximumRetryCount 0 -PassThru
        $path = Join-Path $TestDrive 'Press kit.pdf'
        Set-Content -LiteralPath $path -Value 'The new press kit.'
        $sha1 = (Get-FileHash -LiteralPath $path -Algorithm SHA1).Hash
    }

    AfterEach {
        Clear-EmulatorFault
    }

    It 'has the documented outcome for <Name>' -ForEach @(& "$PSScriptRoot/faults.ps1" | Where-Object { $_.IK -and -not $_.Heavy -and -not $_.Rule.times }) {
        # With these faults, the emulator carries out the request, and the cmdlet finds the new version when it checks the file.
        $isDone = $Rule.action -in 'delay', 'cutBodyAfter', 'cutReplyAfter', 'stallBodyAfter', 'wrongContentType'
        $promised = if ($isDone) { 'none' } elseif ($_.Change) { $_.Change } else { $IK }
        $id = "asset-$([guid]::NewGuid())"
        $null = Invoke-Emulator POST files @{ service = 'ik'; id = $id; name = "$id.pdf"; folder = '/press/'; size = 500 }
        Add-EmulatorFault ($Rule + @{ method = 'POST'; pathContains = '/files/upload' })

        $added = @(Add-IKFileVersion $id $path -Connection $connection -ErrorAction SilentlyContinue -ErrorVariable failures)

        $versions = @((Invoke-Emulator GET "files/ik/$id").versions)
        if ($promised -eq 'none') {
            $failures | Should -BeNullOrEmpty
            $added.FileId | Should -Be $id
            $versions | Should -HaveCount 2
            $versions[0].sha1 | Should -Be $sha1
        }
        else {
            $added | Should -BeNullOrEmpty
            @($failures) | Should -HaveCount 1
            $failures[0].FullyQualifiedErrorId | Should -BeLike "$promised,*"
            $failures[0].CategoryInfo.Category | Should -Be $categories[$promised]
            $failures[0].TargetObject | Should -Be $id
            $versions | Should -HaveCount 1
        }
    }
}

Describe 'Uploads of <What> with <Name> that fail at random positions' -ForEach @(
    @{ Name = 'Add-BoxFileVersion'; Service = 'box'; What = 'small files'; Count = 20; Size = 60000; Paths = '/content'; Seed = 1 }
    @{ Name = 'Add-BoxFileVersion'; Service = 'box'; What = 'large files in parts'; Count = 3; Size = 21000000; Paths = 'upload_sessions', 'commit'; Seed = 2 }
    @{ Name = 'Add-IKFileVersion'; Service = 'ik'; What = 'files'; Count = 20; Size = 60000; Paths = '/files/upload', '/details'; Seed = 3 }
) {
    BeforeAll {
        function New-RandomFault {
            # Each fault affects one request, at a random byte. In an upload session, faults affect only the parts and the commit, because a session
            # stays open until it expires if the response to its creation or abort request is lost.
            $random = New-Object -TypeName Random -ArgumentList $Seed
            foreach ($i in 1..($Count + 10)) {
                $fault = @{ pathContains = $Paths[$random.Next($Paths.Count)]; afterRequests = $random.Next(2 * $Count); times = 1; reset = $random.Next(2) -eq 0 }
                if ($fault.pathContains -ne '/details') {
                    $fault.method = if ($fault.pathContains -eq 'upload_sessions') { 'PUT' } else { 'POST' }
                }
                $isHandled = $random.Next(2) -eq 0
                $fault + $(switch ($random.Next(5)) {
                        0 { @{ action = 'cutRequestAfter'; bytes = $random.Next($Size) } }
                        1 { @{ action = 'cutReplyAfter'; bytes = $random.Next(400) } }
                        2 { @{ action = 'closeBeforeReply'; handled = $isHandled } }
                        3 { @{ action = 'status'; status = 500 + 3 * $random.Next(2); handled = $isHandled } }
                        4 { @{ action = 'retryAfter'; retryAfter = '0' } }
                    })
            }
        }

        function Get-UploadState {
            # Returns the SHA-1 of each version of a file, the current one first.
            param([string] $Id)

            $file = Invoke-Emulator GET "files/$Service/$Id"
            @(if ($Service -eq 'box') { $file.current.sha1 }) + @($file.versions | ForEach-Object sha1)
        }

        Reset-Emulator
        $connection = Connect-Service -Service @{ box = 'Box'; ik = 'IK' }[$Service] -TimeoutSec 5
        $random = New-Object -TypeName Random -ArgumentList $Seed
        $files = foreach ($i in 1..$Count) {
            $id = "9000000$($i + 10)"
            $null = Invoke-Emulator POST files @{ service = $Service; id = $id; name = "report-$i.bin"; folder = '/finance/'; size = 500 }
            $content = New-Object -TypeName byte[] -ArgumentList $Size
            $random.NextBytes($content)
            $path = Join-Path $TestDrive "random-$Service-$i.bin"
            [IO.File]::WriteAllBytes($path, $content)
            [pscustomobject]@{ FileId = $id; Path = $path; Sha1 = (Get-FileHash -LiteralPath $path -Algorithm SHA1).Hash; Before = @(Get-UploadState $id) }
        }
        $null = Invoke-Emulator POST faults @(New-RandomFault)

        $added = @($files | & $Name -Connection $connection -ErrorAction SilentlyContinue -ErrorVariable failures)
        $failures = @($failures)
        $faulted = (Get-EmulatorStat).total.faulted
        $sessionsOpen = (Get-EmulatorStat).uploads.sessionsOpen
    }

    It 'return a version or report one error for each file' {
        $faulted | Should -BeGreaterThan 5
        @($added.FileId) + @($failures.TargetObject) | Sort-Object | Should -Be $files.FileId
    }

    It 'leave a complete version or none, and no open upload session' {
        foreach ($file in $files) {
            $after = @(Get-UploadState $file.FileId)
            $isAdded = $after.Count -gt $file.Before.Count
            if ($file.FileId -in $added.FileId) {
                $isAdded | Should -BeTrue -Because "a version of $($file.FileId) was returned"
            }
            $after -join ' ' | Should -Be ($(if ($isAdded) { @($file.Sha1) + $file.Before } else { $file.Before }) -join ' ')
        }
        $sessionsOpen | Should -Be 0
    }

    It 'are completed by a second run that adds nothing twice' {
        Clear-EmulatorFault
        $again = @($files | & $Name -Connection $connection)
        $again.FileId | Should -Be $files.FileId
        foreach ($file in $files) {
            @(Get-UploadState $file.FileId) -join ' ' | Should -Be ((@($file.Sha1) + $file.Before) -join ' ')
        }
        (Get-EmulatorStat).uploads."${Service}Versions" | Should -Be $Count
    }
}

Describe 'docs/reliability.md' {
    It 'lists <Name>' -ForEach (& "$PSScriptRoot/faults.ps1") {
        $page = [IO.File]::ReadAllText((Get-RepositoryPath 'docs/reliability.md'))
        $row = @($page -split '\r?\n' | Where-Object { $_.StartsWith("| $Name |") })
        $row.Count | Should -Be 1
        foreach ($promised in $_['Box', 'IK', 'Address', 'Download', 'Remove', 'Change'] | Where-Object { $_ -and $_ -ne 'none' }) {
            $row[0].Contains("``$promised``") | Should -BeTrue
        }
    }
}
