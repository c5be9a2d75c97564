# Each fault of faults.ps1 against each cmdlet that reads, for all versions and for one. One pipeline a cmdlet takes all of them
# at once, each fault on a file of its own between files on which all is well: those must come out whole, in their place.

BeforeDiscovery {
    $faults = & "$PSScriptRoot/faults.ps1"
    $cmdlets = @(
        @{ Name = 'Get-BoxFileVersion'; Service = 'Box'; Single = $false }
        @{ Name = 'Get-BoxFileVersion'; Service = 'Box'; Single = $true }
        @{ Name = 'Get-IKFileVersion'; Service = 'IK'; Single = $false }
        @{ Name = 'Get-IKFileVersion'; Service = 'IK'; Single = $true }
    )
    foreach ($cmdlet in $cmdlets) {
        $cmdlet.Faults = @($faults | Where-Object { $_.ContainsKey($cmdlet.Service) })
        $cmdlet.What = if ($cmdlet.Single) { 'one version' } else { 'all versions' }
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
        AccessDenied = 'PermissionDenied'
        FileVersionNotFound = 'ObjectNotFound'
        InvalidResponse = 'InvalidData'
    }

    function Connect-Service([string] $Service, [int] $TimeoutSec = 2, [int] $MaximumRetryCount = 1) {
        $settings = @{ BaseUri = $api; TimeoutSec = $TimeoutSec; MaximumRetryCount = $MaximumRetryCount; PassThru = $true }
        if ($Service -eq 'Box') {
            Connect-BoxAccount -AccessToken box-token @settings
        }
        else {
            Connect-IKAccount -PrivateKey private_test @settings
        }
    }

    function Get-FaultFileId([string] $Service, [int] $Number) {
        if ($Service -eq 'Box') { "$(7000000 + $Number)" } else { "fault-$Number" }
    }

    function Get-SoundFileId([string] $Service, [int] $Number) {
        if ($Service -eq 'Box') { "$(8000000 + $Number)" } else { "sound-$Number" }
    }

    function Invoke-FaultRun([hashtable] $Cmdlet, [hashtable[]] $Faults, [int] $TimeoutSec = 2, [int] $ThrottleLimit = 64) {
        # Puts out what came, in order: objects and errors.
        Reset-Emulator
        $service = $Cmdlet.Service
        $connection = Connect-Service -Service $service -TimeoutSec $TimeoutSec
        $inputs = @(
            for ($i = 0; $i -lt $Faults.Count; $i++) {
                Get-FaultFileId $service $i
                Get-SoundFileId $service $i
            }
        )
        if ($Cmdlet.Single) {
            # The version of each file that is last in its list.
            $last = @{}
            $inputs | & "Get-${service}FileVersion" -Connection $connection -ThrottleLimit 64 | ForEach-Object { $last[$_.FileId] = $_.VersionId }
            $inputs = @($inputs | ForEach-Object { [pscustomobject]@{ FileId = $_; VersionId = $last[$_] } })
        }

        $rules = @(
            for ($i = 0; $i -lt $Faults.Count; $i++) {
                $Faults[$i].Rule + @{ service = $service.ToLowerInvariant(); fileId = Get-FaultFileId $service $i }
            }
        )
        $null = Invoke-Emulator -Method POST -Name faults -Body $rules
        $inputs | & $Cmdlet.Name -Connection $connection -ThrottleLimit $ThrottleLimit -ErrorAction Continue 2>&1
    }
}

AfterAll {
    Disconnect-BoxAccount
    Disconnect-IKAccount
    Reset-Emulator
}

Describe 'The fault run' {
    Context '<Name>, <What>' -ForEach $cmdlets {
        BeforeAll {
            $cmdlet = $_
            $light = @($_.Faults | Where-Object { -not $_.Heavy })
            $heavy = @($_.Faults | Where-Object { $_.Heavy })
            $results = @(Invoke-FaultRun -Cmdlet $cmdlet -Faults $light)
            $outcomes = @{}
            for ($i = 0; $i -lt $light.Count; $i++) {
                $outcomes[$light[$i].Name] = Get-FaultFileId $Service $i
            }

            $heavyResults = @(Invoke-FaultRun -Cmdlet $cmdlet -Faults $heavy -TimeoutSec 60 -ThrottleLimit 2)
            $heavyOutcomes = @{}
            for ($i = 0; $i -lt $heavy.Count; $i++) {
                $heavyOutcomes[$heavy[$i].Name] = Get-FaultFileId $Service $i
            }
            $leaks = (Get-EmulatorStat).total.credentialLeaks
        }

        It 'ends <Name> as promised' -ForEach $_.Faults {
            $promised = $_[$Service]
            $id, $all = if ($_.Heavy) { $heavyOutcomes[$_.Name], $heavyResults } else { $outcomes[$_.Name], $results }
            $records = @($all | Where-Object { $_ -is [Management.Automation.ErrorRecord] -and $_.TargetObject -eq $id })
            $objects = @($all | Where-Object { $_ -isnot [Management.Automation.ErrorRecord] -and $_.FileId -eq $id })
            if ($promised -eq 'none') {
                $records | Should -BeNullOrEmpty
                $objects.Count | Should -BeGreaterThan 0
            }
            else {
                $objects | Should -BeNullOrEmpty
                $records.Count | Should -Be 1
                $records[0].FullyQualifiedErrorId | Should -BeLike "$promised,FileVersions.PS.Commands.*"
                $records[0].CategoryInfo.Category | Should -Be $categories[$promised]
                $records[0].Exception | Should -BeOfType FileVersions.FileVersionException
                $records[0].Exception.FileId | Should -Be $id
                $records[0].Exception.Message | Should -BeLike "*'$id'*"
                $records[0].Exception.Message | Should -MatchExactly '^\p{Lu}[^\r\n]*[.\u2026]$'
            }
        }

        It 'goes on with the files between, in the order of the input' {
            $sound = @($results + $heavyResults | Where-Object { $_ -isnot [Management.Automation.ErrorRecord] -and $_.FileId -match '^(8\d{6}|sound-\d+)$' } | Group-Object -Property FileId -NoElement)
            ($sound | Measure-Object -Property Count -Sum).Sum | Should -Be (($light.Count + $heavy.Count) * $(if ($Single) { 1 } elseif ($Service -eq 'Box') { 25 } else { 10 }))

            $order = foreach ($result in $results) {
                if ($result -is [Management.Automation.ErrorRecord]) { $result.TargetObject } else { $result.FileId }
            }
            $expected = for ($i = 0; $i -lt $light.Count; $i++) {
                Get-FaultFileId $Service $i
                Get-SoundFileId $Service $i
            }
            ($order | Get-Unique) -join ' ' | Should -Be ($expected -join ' ')
        }

        It 'sends the credential nowhere else' {
            $leaks | Should -Be 0
        }
    }
}

Describe 'docs/reliability.md' {
    It 'tells of <Name>' -ForEach (& "$PSScriptRoot/faults.ps1") {
        $page = [IO.File]::ReadAllText((Get-RepositoryPath 'docs/reliability.md'))
        $row = @($page -split '\r?\n' | Where-Object { $_.StartsWith("| $($_) |") -or $_.StartsWith("| $Name |") })
        $row.Count | Should -Be 1
        foreach ($promised in @($_.Box, $_.IK) | Where-Object { $_ -and $_ -ne 'none' }) {
            $row[0].Contains("``$promised``") | Should -BeTrue
        }
    }
}
