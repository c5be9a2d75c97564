# Helpers for the tests of Export-BoxFileVersion and Export-IKFileVersion.

function Get-SortedLine {
    # Returns the lines of a file in ordinal order, which is the same for all exports of the same versions.
    param([Parameter(Mandatory)] [string] $Path)

    $lines = [IO.File]::ReadAllLines($Path)
    [array]::Sort($lines, [StringComparer]::Ordinal)
    , $lines
}

function Assert-SameExport {
    # Checks that nothing is lost or duplicated.
    param([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [string] $Reference)

    $actual, $expected = (Get-SortedLine $Path), (Get-SortedLine $Reference)
    $actual.Count | Should -Be $expected.Count
    [Linq.Enumerable]::SequenceEqual([string[]]$actual, [string[]]$expected) | Should -BeTrue
}

function New-ProcessSession {
    # Creates a remoting session to a new process on this computer, with the module and an account.
    param([string] $Token = 'box-token')

    $runspace = [runspacefactory]::CreateOutOfProcessRunspace($null)
    $runspace.Open()
    $session = [Management.Automation.Runspaces.PSSession]::Create($runspace, 'Process', $null)
    Invoke-Command -Session $session -ArgumentList (Get-RepositoryPath 'out/FileVersions/FileVersions.psd1'), $Token, (Get-Emulator).Api -ScriptBlock {
        param($module, $token, $api)

        Import-Module -Name $module
        Connect-BoxAccount -AccessToken $token -BaseUri $api
    }
    $session | Add-Member -NotePropertyName WorkerId -NotePropertyValue (Invoke-Command -Session $session -ScriptBlock { $PID }) -PassThru
}

function Start-Export {
    # Starts an export in a separate process.
    param([Parameter(Mandatory)] [string] $Code)

    $script = "Import-Module '$(Get-RepositoryPath 'out/FileVersions/FileVersions.psd1')'; $Code"
    $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($script))
    $program, $arguments = @(Get-PowerShellCommand) + '-NoProfile', '-NonInteractive', '-EncodedCommand', $encoded
    $start = [Diagnostics.ProcessStartInfo]::new($program, [string[]]$arguments)
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $start.Environment['BOX_ACCESS_TOKEN'] = 'box-token'
    $start.Environment['BOX_BASE_URL'] = (Get-Emulator).Api
    [Diagnostics.Process]::Start($start)
}

function Get-JournalLength {
    # Returns the length of the journal of a running export, which no other process can read. The settings take about 400 bytes.
    param([Parameter(Mandatory)] [string] $Path)

    $journal = [IO.FileInfo]::new("$Path.journal")
    if ($journal.Exists) { $journal.Length } else { 0 }
}
