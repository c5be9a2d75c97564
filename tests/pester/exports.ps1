# Helpers for the tests of Export-BoxFileVersion and Export-IKFileVersion.

function Get-SortedLine {
    # The lines of a file in ordinal order: exports that ran differently have the same ones.
    param([Parameter(Mandatory)] [string] $Path)

    $lines = [IO.File]::ReadAllLines($Path)
    [array]::Sort($lines, [StringComparer]::Ordinal)
    , $lines
}

function Assert-SameExport {
    # Nothing is lost and nothing is duplicated.
    param([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [string] $Reference)

    $actual, $expected = (Get-SortedLine $Path), (Get-SortedLine $Reference)
    $actual.Count | Should -Be $expected.Count
    [Linq.Enumerable]::SequenceEqual([string[]]$actual, [string[]]$expected) | Should -BeTrue
}

function New-ProcessSession {
    # A remoting session to a new process on this computer, with the module and an account.
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
    # Starts an export in a process of its own.
    param([Parameter(Mandatory)] [string] $Code)

    $engine = (Get-Process -Id $PID).Path
    $script = "Import-Module '$(Get-RepositoryPath 'out/FileVersions/FileVersions.psd1')'; $Code"
    $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($script))
    $start = [Diagnostics.ProcessStartInfo]::new($engine, "-NoProfile -NonInteractive -EncodedCommand $encoded")
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $start.Environment['BOX_ACCESS_TOKEN'] = 'box-token'
    $start.Environment['BOX_BASE_URL'] = (Get-Emulator).Api
    [Diagnostics.Process]::Start($start)
}

function Get-JournalLength {
    # The length of the journal of an export that runs; its settings take about 400 bytes. No other process can read it meanwhile.
    param([Parameter(Mandatory)] [string] $Path)

    $journal = [IO.FileInfo]::new("$Path.journal")
    if ($journal.Exists) { $journal.Length } else { 0 }
}
