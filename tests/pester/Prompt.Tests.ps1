# Tests version ids by position, the account of a piped object, confirmation prompts, -WhatIf and -Verbose.

BeforeAll {
    . "$PSScriptRoot/common.ps1"

    if (-not ('PromptHost' -as [type])) {
        # A host that records prompts and messages, and answers prompts. Windows PowerShell compiles only C# 5.
        Add-Type -TypeDefinition @'
using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

public class PromptHost : PSHost
{
    public readonly PromptUI Recorder = new PromptUI();
    private readonly Guid id = Guid.NewGuid();
    public override CultureInfo CurrentCulture { get { return CultureInfo.CurrentCulture; } }
    public override CultureInfo CurrentUICulture { get { return CultureInfo.CurrentUICulture; } }
    public override Guid InstanceId { get { return id; } }
    public override string Name { get { return "PromptHost"; } }
    public override PSHostUserInterface UI { get { return Recorder; } }
    public override Version Version { get { return new Version(1, 0); } }
    public override void EnterNestedPrompt() { }
    public override void ExitNestedPrompt() { }
    public override void NotifyBeginApplication() { }
    public override void NotifyEndApplication() { }
    public override void SetShouldExit(int exitCode) { }
}

public class PromptUI : PSHostUserInterface
{
    public readonly List<string> Prompts = new List<string>();
    public readonly List<string> Lines = new List<string>();
    public readonly Queue<int> Answers = new Queue<int>();
    public override PSHostRawUserInterface RawUI { get { return null; } }
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Prompts.Add(message);
        return Answers.Dequeue();
    }
    public override string ReadLine() { return ""; }
    public override SecureString ReadLineAsSecureString() { return new SecureString(); }
    public override void Write(string value) { Lines.Add(value); }
    public override void Write(ConsoleColor foreground, ConsoleColor background, string value) { Lines.Add(value); }
    public override void WriteLine(string value) { Lines.Add(value); }
    public override void WriteErrorLine(string value) { Lines.Add(value); }
    public override void WriteDebugLine(string message) { Lines.Add(message); }
    public override void WriteVerboseLine(string message) { Lines.Add(message); }
    public override void WriteWarningLine(string message) { Lines.Add(message); }
    public override void WriteProgress(long sourceId, ProgressRecord record) { }
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) { return null; }
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) { return null; }
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes types, PSCredentialUIOptions options) { return null; }
}
'@
    }

    function Invoke-AtPrompt {
        # Runs a script in a runspace, answers its prompts (0 Yes, 1 Yes to All, 2 No), and returns what the host recorded.
        param([Parameter(Mandatory)] [string] $Script, [int[]] $Answer = @())

        $promptHost = New-Object PromptHost
        $Answer | ForEach-Object { $promptHost.Recorder.Answers.Enqueue($_) }
        $runspace = [runspacefactory]::CreateRunspace($promptHost)
        $runspace.Open()
        $shell = [powershell]::Create()
        try {
            $shell.Runspace = $runspace
            $null = $shell.AddScript("Import-Module '$(Get-RepositoryPath 'out/FileVersions/FileVersions.psd1')'
                Connect-BoxAccount box-token -BaseUri '$api'
                Connect-IKAccount private_test -BaseUri '$api'
                $Script").Invoke()
            $shell.Streams.Error | Should -BeNullOrEmpty
            $promptHost.Recorder
        }
        finally {
            $shell.Dispose()
            $runspace.Dispose()
        }
    }

    function Get-TrashedId {
        @((Invoke-Emulator GET files/box/12345).trashed.id)
    }

    $api = (Get-Emulator).Api
}

Describe 'Versions given by id' {
    BeforeEach {
        Reset-Emulator
        Connect-BoxAccount box-token -BaseUri $api
        Connect-IKAccount private_test -BaseUri $api
        $truth = (Invoke-Emulator GET files/box/12345).versions
        $ids = $truth[1, 4].id
    }

    It 'are returned by Get-BoxFileVersion and Get-IKFileVersion' {
        (Get-BoxFileVersion 12345 -VersionId $ids).VersionId | Should -Be $ids
        $ikIds = (Get-IKFileVersion n004-x).VersionId[1, 2]
        (Get-IKFileVersion n004-x -VersionId $ikIds).VersionId | Should -Be $ikIds
    }

    It 'are removed by Remove-BoxFileVersion and Remove-IKFileVersion' {
        Remove-BoxFileVersion 12345 $ids[0], " $($ids[1]) " -Force
        Get-TrashedId | Sort-Object | Should -Be ($ids | Sort-Object)

        $ikIds = (Get-IKFileVersion n004-x).VersionId[1, 2]
        Remove-IKFileVersion n004-x $ikIds[0], $ikIds[1] -Force
        (Invoke-Emulator GET files/ik/n004-x).versions.id | Should -Not -BeIn $ikIds
    }

    It 'are restored in the given order' {
        $restored = Restore-BoxFileVersion 12345 $ids[0], $ids[1]
        $restored.Sha1 | Should -Be $truth[1, 4].sha1
        (Invoke-Emulator GET files/box/12345).current.id | Should -Be $restored[1].VersionId
    }

    It 'are saved to the current folder by default' {
        $folder = (New-Item -ItemType Directory -Path "$TestDrive/$([guid]::NewGuid())").FullName
        Push-Location -LiteralPath $folder
        try {
            Save-BoxFileVersion 12345 $ids[0], $ids[1]
        }
        finally {
            Pop-Location
        }
        @(Get-ChildItem -LiteralPath $folder -File | Get-FileHash -Algorithm SHA1).Hash | Sort-Object | Should -Be ($truth[1, 4].sha1.ToUpperInvariant() | Sort-Object)
    }

    It 'are saved to a destination that is given by position' {
        $folder = "$TestDrive/$([guid]::NewGuid())/bk.2026.11.21"
        Get-BoxFileVersion 12345 -VersionId $ids | Save-BoxFileVersion $folder
        @(Get-ChildItem -LiteralPath $folder -File) | Should -HaveCount 2
    }

    It 'are not changed again by a second run' {
        Remove-BoxFileVersion 12345 $ids -Force
        Remove-BoxFileVersion 12345 $ids -Force -ErrorVariable failure
        $failure | Should -BeNullOrEmpty
        Get-TrashedId | Should -HaveCount 2

        $id = $truth[2].id
        $first = Restore-BoxFileVersion 12345 $id
        (Restore-BoxFileVersion 12345 $id).VersionId | Should -Be $first.VersionId
        (Get-EmulatorStat).box.byKind.promote | Should -Be 1
    }
}

Describe 'The account of a piped object' {
    BeforeEach {
        Reset-Emulator
        $first = Connect-BoxAccount box-token -BaseUri $api -PassThru
        Connect-BoxAccount box-token-2 -BaseUri $api
    }

    It 'is used by <_> even if another account is connected' -ForEach @(
        'Remove-BoxFileVersion -Force'
        'Restore-BoxFileVersion'
        "Save-BoxFileVersion -Destination '$([IO.Path]::GetTempPath())/fileversions-account' -Force"
        'Get-BoxFileVersion -Limit 1'
    ) {
        $null = Get-BoxFileVersion 12345 -Offset 1 -Limit 2 -Connection $first | & ([scriptblock]::Create("`$input | $_"))

        $requests = @(Get-EmulatorRequest | Where-Object account)
        $requests.Count | Should -BeGreaterThan 1
        $requests.account | Select-Object -Unique | Should -Be 101
        Remove-Item -LiteralPath "$([IO.Path]::GetTempPath())/fileversions-account" -Recurse -ErrorAction Ignore
    }

    It 'includes the user of -AsUser' {
        Get-BoxFileVersion 12345 -Limit 2 -AsUser 777 -Connection $first | Remove-BoxFileVersion -Force

        $requests = Get-EmulatorRequest
        $requests.kind | Should -Be 'list', 'delete', 'delete'
        $requests.asUser | Select-Object -Unique | Should -Be 777
    }

    It 'is passed from files to versions' {
        $null = Get-BoxFile -FileId 12345 -Connection $first | Get-BoxFileVersion -Limit 1

        (Get-EmulatorRequest).account | Should -Be 101, 101
    }

    It 'can differ between objects' {
        $versions = @(Get-BoxFileVersion 12345 -Limit 1 -Connection $first; Get-BoxFileVersion 23456 -Limit 1)
        Clear-EmulatorStat
        $versions | Remove-BoxFileVersion -Force

        (Get-EmulatorRequest | Where-Object kind -EQ delete | Sort-Object target).account | Should -Be 101, 202
    }

    It 'is overridden by -Connection' {
        $second = Connect-BoxAccount box-token-2 -BaseUri $api -PassThru
        Get-BoxFileVersion 12345 -Limit 1 -Connection $first | Remove-BoxFileVersion -Connection $second -Force

        (Get-EmulatorRequest | Where-Object kind -EQ delete).account | Should -Be 202
    }

    It 'is neither shown nor serialised, so deserialised objects use the connected account' {
        $version = Get-BoxFileVersion 12345 -Limit 1 -Connection $first
        $version.PSObject.Properties.Name | Should -Not -Contain 'Connection'
        $version | Export-Clixml -Path "$TestDrive/version.xml"
        [IO.File]::ReadAllText("$TestDrive/version.xml") | Should -Not -Match 'box-token|127\.0\.0\.1'
        Import-Clixml -Path "$TestDrive/version.xml" | Remove-BoxFileVersion -Force

        (Get-EmulatorRequest | Where-Object kind -EQ delete).account | Should -Be 202
    }
}

Describe 'A confirmation prompt' {
    BeforeEach {
        Reset-Emulator
    }

    It 'of Remove-BoxFileVersion is shown once per file and contains the number of versions, the file name and the size' {
        $run = Invoke-AtPrompt 'Get-BoxFileVersion 12345, 23456 -Limit 3 | Remove-BoxFileVersion' -Answer 0, 2

        $run.Prompts | Should -HaveCount 2
        $run.Prompts[0] | Should -Match "^Move 3 versions of '.+\.\w+' \([\d.,]+ K?B\) to the trash\?$"
        (Get-EmulatorRequest | Where-Object kind -EQ delete).target -replace '.*/files/(\d+)/.*', '$1' | Should -Be '12345', '12345', '12345'
    }

    It 'applies Yes to All to the remaining files' {
        $run = Invoke-AtPrompt 'Get-BoxFileVersion 12345, 23456 -Limit 3 | Remove-BoxFileVersion' -Answer 1

        $run.Prompts | Should -HaveCount 1
        (Get-EmulatorStat).box.byKind.delete | Should -Be 6
    }

    It 'for one version contains its details even if only ids are given' {
        $id = (Invoke-Emulator GET files/box/12345).versions[0].id
        $run = Invoke-AtPrompt "Remove-BoxFileVersion 12345 $id" -Answer 2

        $run.Prompts | Should -HaveCount 1
        $run.Prompts[0] | Should -Match "^Move version 25 of '.+' \(id $id, [\d.,]+ K?B, .*\d.*\d.*, Nightly Service\) to the trash\?$"
        (Get-EmulatorStat).total.changes | Should -Be 0
    }

    It 'of Remove-IKFileVersion says that the removal is permanent' {
        $run = Invoke-AtPrompt 'Get-IKFileVersion n004-x | Select-Object -Skip 1 -First 1 | Remove-IKFileVersion' -Answer 2

        $run.Prompts[0] | Should -Match "^Permanently delete Version 3 of '.+' \(id \w+, .+\)\? This cannot be undone\.$"
        (Get-EmulatorStat).total.changes | Should -Be 0
    }

    It 'of Restore-BoxFileVersion says that the file name is restored too' {
        $run = Invoke-AtPrompt 'Get-BoxFileVersion 12345 -Limit 1 | Restore-BoxFileVersion -Confirm' -Answer 2

        $run.Prompts[0] | Should -Match "^Make version 25 of '.+' \(.+, Nightly Service\) the current version\? This also restores its file name\.$"
        (Get-EmulatorStat).total.changes | Should -Be 0
    }

    It 'of Add-BoxFileVersion names the local file and the file in Box' {
        $path = Join-Path $TestDrive 'Budget 2026.xlsx'
        Set-Content -LiteralPath $path -Value 'The budget.'

        $run = Invoke-AtPrompt "Add-BoxFileVersion 12345 '$path' -Confirm" -Answer 2
        $run.Prompts | Should -HaveCount 1
        $run.Prompts[0] | Should -BeLike "*Budget 2026.xlsx*'12345'*"
        (Get-EmulatorStat).total.changes | Should -Be 0

        $null = Invoke-AtPrompt "Add-BoxFileVersion 12345 '$path' -Confirm" -Answer 0
        (Get-EmulatorStat).total.changes | Should -Be 1
    }

    It 'is not shown with -Force' {
        $run = Invoke-AtPrompt 'Get-BoxFileVersion 12345 -Limit 2 | Remove-BoxFileVersion -Force'

        $run.Prompts | Should -BeNullOrEmpty
        (Get-EmulatorStat).box.byKind.delete | Should -Be 2
    }

    It 'is shown with -Force if -Confirm is specified' {
        $run = Invoke-AtPrompt 'Get-BoxFileVersion 12345 -Limit 2 | Remove-BoxFileVersion -Force -Confirm' -Answer 2

        $run.Prompts | Should -HaveCount 1
        (Get-EmulatorStat).total.changes | Should -Be 0
    }
}

Describe '-WhatIf' {
    BeforeEach {
        Reset-Emulator
    }

    It 'shows the restore of a current version only if it is a copy, which may be outdated' {
        $run = Invoke-AtPrompt 'Get-BoxFileVersion 12345 -IncludeCurrent -Limit 1 | Restore-BoxFileVersion -WhatIf'
        $run.Lines -like 'What if:*' | Should -BeNullOrEmpty

        $run = Invoke-AtPrompt '[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Get-BoxFileVersion 12345 -IncludeCurrent -Limit 1))) | Restore-BoxFileVersion -WhatIf'
        $run.Lines -like 'What if: Make version 26 *' | Should -HaveCount 1
        (Get-EmulatorStat).total.changes | Should -Be 0
    }

    It 'describes the change and takes precedence over -Force: <Command>' -ForEach @(
        @{ Command = 'Get-BoxFileVersion 12345 -Limit 1 | Remove-BoxFileVersion -WhatIf -Force'; Says = "Move version 25 of '.+' \(id \d+, .+, Nightly Service\) to the trash" }
        @{ Command = 'Get-IKFileVersion n004-x -Offset 1 -Limit 1 | Remove-IKFileVersion -WhatIf -Force'; Says = "Permanently delete Version 3 of '.+' \(id \w+, .+\)" }
        @{ Command = 'Get-BoxFileVersion 12345 -Limit 1 | Restore-BoxFileVersion -WhatIf -Force'; Says = "Make version 25 of '.+' \(id \d+, .+\) the current version and restore its file name" }
        @{ Command = 'Get-IKFileVersion n004-x -Offset 1 -Limit 1 | Restore-IKFileVersion -WhatIf -Force'; Says = "Make Version 3 of '.+' \(id \w+, .+\) the current version" }
        @{ Command = 'Get-BoxFileVersion 12345 -Limit 1 | Save-BoxFileVersion x -WhatIf -Force'; Says = "Save version 25 of '.+' \(id \d+, .+\) to 'x'" }
    ) {
        $run = Invoke-AtPrompt $Command

        $run.Prompts | Should -BeNullOrEmpty
        $run.Lines -join "`n" | Should -Match "^What if: $Says"
        (Get-EmulatorStat).total.changes | Should -Be 0
        (Get-EmulatorStat).download.requests | Should -Be 0
    }
}

Describe '-Verbose' {
    It 'shows method, path, duration, status and request id of each request, and no secret' {
        Reset-Emulator
        Connect-BoxAccount box-token -BaseUri $api
        $records = Get-BoxFileVersion 12345 -Limit 1 | Save-BoxFileVersion -Destination "$TestDrive/verbose" -Verbose 4>&1
        $lines = @($records | Where-Object { $_ -is [Management.Automation.VerboseRecord] -and "$_" -like 'GET *' } | ForEach-Object { "$_" })

        $lines[0] | Should -Match '^GET /2\.0/files/12345/content \(\d+ ms\)\. Status: 302 \(Found\), request id: \w+$'
        $lines[1] | Should -Match '^GET http://127\.0\.0\.1:\d+ \(\d+ ms\)\. Status: 200 \(OK\)$'
        $lines | Should -HaveCount 2
        $records | Out-String | Should -Not -Match 'box-token|Bearer'
    }

    It 'is off by default' {
        Reset-Emulator
        Connect-BoxAccount box-token -BaseUri $api
        @(Get-BoxFileVersion 12345 -Limit 1 4>&1) | Should -HaveCount 1
    }
}

AfterAll {
    Disconnect-BoxAccount
    Disconnect-IKAccount
    Reset-Emulator
}
