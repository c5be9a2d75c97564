BeforeAll {
    . "$PSScriptRoot/common.ps1"
    Reset-Emulator
    Set-Emulator @{ extraFields = $true }
    Connect-BoxAccount -AccessToken box-token -BaseUri (Get-Emulator).Api
    Connect-IKAccount -PrivateKey private_test -BaseUri (Get-Emulator).Api
    $box = @(Get-BoxFileVersion 5 -IncludeCurrent)
    $ik = @(Get-IKFileVersion abc, n004-film)

    function Assert-Same {
        # Checks that both objects have the same type and the same property values at every depth.
        param([object] $Actual, [object] $Expected, [string] $At = 'object')

        if ($null -eq $Expected) {
            $Actual | Should -BeNullOrEmpty -Because "$At was null"
            return
        }

        $Actual.GetType().FullName -replace '^System\.Int32$', 'System.Int64' |
            Should -BeExactly ($Expected.GetType().FullName -replace '^System\.Int32$', 'System.Int64') -Because "that is the type of $At"
        if ($Expected -is [datetimeoffset]) {
            $Actual.EqualsExact($Expected) | Should -BeTrue -Because "$At keeps its offset"
        }
        elseif ($Expected -is [Collections.IDictionary]) {
            @($Actual.Keys) | Sort-Object -CaseSensitive | Should -BeExactly (@($Expected.Keys) | Sort-Object -CaseSensitive)
            foreach ($name in $Expected.Keys) {
                Assert-Same -Actual $Actual[$name] -Expected $Expected[$name] -At "$At.$name"
            }
        }
        elseif ($Expected -is [Collections.IList]) {
            $Actual.Count | Should -Be $Expected.Count
            for ($i = 0; $i -lt $Expected.Count; $i++) {
                Assert-Same -Actual $Actual[$i] -Expected $Expected[$i] -At "$At[$i]"
            }
        }
        elseif ($Expected -is [string] -or $Expected -is [ValueType]) {
            $Actual | Should -BeExactly $Expected -Because "that is the value of $At"
        }
        else {
            $Actual.PSObject.Properties.Name | Should -BeExactly $Expected.PSObject.Properties.Name
            foreach ($name in $Expected.PSObject.Properties.Name) {
                Assert-Same -Actual $Actual.$name -Expected $Expected.$name -At "$At.$name"
            }
        }
    }

    function Assert-AllSame([object[]] $Actual, [object[]] $Expected) {
        $Actual | Should -HaveCount $Expected.Count
        for ($i = 0; $i -lt $Expected.Count; $i++) {
            Assert-Same -Actual $Actual[$i] -Expected $Expected[$i] -At "item $i"
        }
    }

    function Receive-JobResult {
        # Returns the output of a job that imports the module. Waits for at most a minute.
        param([scriptblock] $ScriptBlock)

        $setup = [scriptblock]::Create("Import-Module '$(Get-RepositoryPath 'out/FileVersions/FileVersions.psd1')'")
        $job = Start-Job -InitializationScript $setup -ScriptBlock $ScriptBlock -ArgumentList (Get-Emulator).Api
        try {
            $null = Wait-Job -Job $job -Timeout 60
            Receive-Job -Job $job -ErrorAction Stop
        }
        finally {
            Remove-Job -Job $job -Force
        }
    }
}

AfterAll {
    Disconnect-BoxAccount
    Disconnect-IKAccount
    Reset-Emulator
}

Describe 'Export-Clixml and Import-Clixml' {
    It 'return the same versions of Box' {
        $file = Join-Path $TestDrive 'box.xml'
        $box | Export-Clixml -Path $file
        Assert-AllSame (Import-Clixml -Path $file) $box
    }

    It 'return the same versions of ImageKit' {
        $file = Join-Path $TestDrive 'ik.xml'
        $ik | Export-Clixml -Path $file
        Assert-AllSame (Import-Clixml -Path $file) $ik
    }

    It 'return dates that can be compared and sorted' {
        $file = Join-Path $TestDrive 'dates.xml'
        $box | Export-Clixml -Path $file
        $read = Import-Clixml -Path $file
        $read[0].ModifiedAt -gt $read[1].ModifiedAt | Should -BeTrue
        $read[0].ModifiedAt -lt [datetimeoffset]::Now | Should -BeTrue
        ($read | Sort-Object).VersionNumber | Should -Be (1..26)
        Compare-Object $read $box | Should -BeNullOrEmpty
    }

    It 'return the same users and tags' {
        $file = Join-Path $TestDrive 'parts.xml'
        $user, $tag = $box[1].ModifiedBy, $ik[0].AITags[0]
        $user, $tag | Export-Clixml -Path $file
        Assert-AllSame (Import-Clixml -Path $file) @($user, $tag)
    }

    It 'keep null for fields that were not requested' {
        $bare = Get-BoxFileVersion 5 -Limit 1 -Field name
        $file = Join-Path $TestDrive 'bare.xml'
        $bare | Export-Clixml -Path $file
        $read = Import-Clixml -Path $file
        Assert-Same $read $bare
        $null -eq $read.Size | Should -BeTrue
        $null -eq $read.ModifiedAt | Should -BeTrue
    }

    It 'keep deeply nested metadata and names that differ only in case' {
        $metadata = [Collections.Generic.Dictionary[string, object]]::new()
        $metadata['name'], $metadata['NAME'] = 'small', 'large'
        $metadata['deep'] = @{ deeper = @{ deepest = 1, 2.5, @{ x = $null } } }
        $null = Invoke-Emulator POST files @{ service = 'ik'; id = 'odd'; versions = @(@{ fields = @{ customMetadata = $metadata } }) }
        $odd = @(Get-IKFileVersion odd)
        $odd[0].CustomMetadata['NAME'] | Should -Be 'large'
        $odd[0].CustomMetadata.deep.deeper.deepest[2].Contains('x') | Should -BeTrue
        $file = Join-Path $TestDrive 'odd.xml'
        $odd | Export-Clixml -Path $file
        Assert-AllSame (Import-Clixml -Path $file) $odd
    }
}

Describe 'A cast to a version type' {
    It 'converts deserialised objects to the same versions' {
        # Like an SSH session, a runspace without the module has only the types of PowerShell.
        $clixml = [Management.Automation.PSSerializer]::Serialize(@($box + $ik))
        $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
        try {
            $left = $shell.AddScript('[Management.Automation.PSSerializer]::Deserialize($args[0])').AddArgument($clixml).Invoke()
        }
        finally {
            $shell.Dispose()
        }
        $left[0].PSTypeNames[0] | Should -Be 'Deserialized.FileVersions.Box.BoxFileVersion'
        Assert-AllSame ([FileVersions.Box.BoxFileVersion[]]$left[0..($box.Count - 1)]) $box
        Assert-AllSame ([FileVersions.ImageKit.IKFileVersion[]]$left[$box.Count..($left.Count - 1)]) $ik
    }

    It 'rejects objects that are not versions' {
        { [FileVersions.Box.BoxFileVersion][pscustomobject]@{ FileId = '5' } } | Should -Throw
        { [FileVersions.Box.BoxFileVersion]$ik[0] } | Should -Throw
    }
}

Describe 'Start-Job' {
    It 'returns the same versions of both services' {
        $received = Receive-JobResult {
            Get-BoxFileVersion 5 -IncludeCurrent -Connection (Connect-BoxAccount -AccessToken box-token -BaseUri $args[0] -PassThru)
            Get-IKFileVersion abc, n004-film -Connection (Connect-IKAccount -PrivateKey private_test -BaseUri $args[0] -PassThru)
        }
        # URLs of private files contain an expiry time, so they differ.
        $expected = $box + @($ik)
        foreach ($version in $received) {
            $version.PSObject.Properties.Remove('RunspaceId')
        }
        $received | Should -HaveCount $expected.Count
        for ($i = 0; $i -lt $expected.Count; $i++) {
            $received[$i] | Should -BeOfType $expected[$i].GetType()
            foreach ($name in $expected[$i].PSObject.Properties.Name -ne 'Url' -ne 'Thumbnail') {
                Assert-Same -Actual $received[$i].$name -Expected $expected[$i].$name -At "item $i.$name"
            }
        }
    }

    It 'accepts versions as input and in $using:, and the cmdlets accept them there' {
        $api = (Get-Emulator).Api
        $job = Start-Job -InitializationScript ([scriptblock]::Create("Import-Module '$(Get-RepositoryPath 'out/FileVersions/FileVersions.psd1')'")) -ScriptBlock {
            $null = Connect-BoxAccount -AccessToken box-token -BaseUri $using:api
            $input | ForEach-Object { $_.GetType().Name }
            $using:box | Get-BoxFileVersion | ForEach-Object VersionId
        } -InputObject $box[0]
        try {
            $null = Wait-Job -Job $job -Timeout 60
            $received = Receive-Job -Job $job -ErrorAction Stop
        }
        finally {
            Remove-Job -Job $job -Force
        }
        $received | Should -Be (@('BoxFileVersion') + $box.VersionId)
    }
}

Describe 'In a session without the module,' {
    BeforeAll {
        $file = Join-Path $TestDrive 'elsewhere.xml'
        $box + $ik | Export-Clixml -Path $file

        function Invoke-Elsewhere([string] $Command) {
            # Uses a new PowerShell process, which does not load the module.
            (Invoke-PowerShell "[cultureinfo]::CurrentCulture = [cultureinfo]::GetCultureInfo('$([cultureinfo]::CurrentCulture)'); `$versions = Import-Clixml -Path '$file'; $Command") -replace "`e\[[0-9;]*m"
        }
    }

    It 'every value is available and dates can be compared' {
        $shown = Invoke-Elsewhere '$versions.Count; $versions[1].VersionId; $versions[1].Size; $versions[1].ModifiedBy.Login; $versions[1].ModifiedAt.UtcDateTime.ToString("o"); $versions[26].Tags -join "+"; $versions[26].CustomMetadata.brand'
        $shown | Should -Be @(
            ($box.Count + $ik.Count), $box[1].VersionId, $box[1].Size, $box[1].ModifiedBy.Login,
            $box[1].ModifiedAt.UtcDateTime.ToString('o'), ($ik[0].Tags -join '+'), 'Nova')
    }

    It 'versions have the same views after the format file is loaded' {
        # Implicit remoting (Import-PSSession, Import-Module -PSSession) transfers the format data automatically.
        $format = Get-RepositoryPath 'out/FileVersions/FileVersions.Format.ps1xml'
        $there = Invoke-Elsewhere "Update-FormatData -PrependPath '$format'; `$versions[0..3] | Out-String -Width 100; `$versions[26..28] | Out-String -Width 100; `$versions[1] | Format-List | Out-String -Width 200"
        $here = @(
            $box[0..3] | Out-String -Width 100
            $ik[0..2] | Out-String -Width 100
            $box[1] | Format-List | Out-String -Width 200
        ) -replace "`e\[[0-9;]*m"
        # A deserialised date is shown in the invariant culture.
        $here = ($here -join "`n") -split '\r?\n' | Where-Object { $_ -and $_ -notmatch '^(permissions|CreatedAt|ModifiedAt) ' }
        $there = ($there -join "`n") -split '\r?\n' | Where-Object { $_ -and $_ -notmatch '^(permissions|CreatedAt|ModifiedAt) ' }
        $here | Should -HaveCount (1 + 2 + 4 + 1 + 2 + 3 + 16 + 5)
        $there | Should -Be $here
    }
}
