<#
.SYNOPSIS
Writes the versions of any number of files in Box or ImageKit to a JSON Lines or CSV file.

.DESCRIPTION
The file ids come from the pipeline or from a CSV file. They are all read before the work begins, and a file that is named twice counts
once. The files are worked on in batches. When a batch is done, its versions are added to the output and the batch is written into a
journal beside it (<OutputPath>.journal), both down to the disk. A run that was ended at any moment, even by kill -9 or a power cut, is
continued by the same command line: what is in the journal is left out, and what had not got into it is cut off the output and fetched
again. Nothing is lost and nothing comes twice.

A file that fails (deleted, access denied, service down after all retries) is recorded with its error and tried again by the next run.
So is what has no id, such as a row with an empty column.

The work can be shared by machines that PowerShell remoting reaches (-ComputerName, -HostName, -Session) or by processes on this one
(-LocalWorker). This process deals out the batches and alone writes the output. When a machine dies, or says nothing for
-SilenceTimeoutSec, its share goes to the others.

The order of the output is that in which batches end. With Sort-Object, versions sort by file and then as they were made.

Exit codes: 0 every file is done. 1 some files failed; run it again to try those. 2 it ended early (no account, no machine left, a full disk); what is
done is kept, run it again. 3 it could not begin (the output is in use, was changed by others, or belongs to other settings).

.PARAMETER FileId
The ids of the files, or their addresses on Box's web pages. From the pipeline also as a property FileId or Id.

.PARAMETER CsvPath
A CSV file with a column FileId or Id.

.PARAMETER OutputPath
The file to write. With the extension .csv it is a CSV file, else JSON Lines: one version a line, with everything the service told.
Dates are written in ISO 8601 with their offset, numbers with a point, whatever the culture.

.PARAMETER Service
Box or ImageKit.

.PARAMETER IncludeCurrent
Box: puts the current version in, too. ImageKit lists it in any case.

.PARAMETER BatchSize
How many files make a batch, which is what a crash can cost.

.PARAMETER ThrottleLimit
How many requests run at once, for each worker.

.PARAMETER ComputerName
Machines to share the work with, by WinRM.

.PARAMETER HostName
Machines to share the work with, by SSH: name, or user@name.

.PARAMETER SshParameter
More parameters of New-PSSession for -HostName, such as @{ KeyFilePath = '~/.ssh/inventory'; Port = 2222 }.

.PARAMETER Session
Sessions that are there already.

.PARAMETER LocalWorker
Shares the work with so many processes on this machine.

.PARAMETER SetupScript
Runs once on every worker and connects the account there. Without it, workers take the account from their environment variables. Without
workers, the account that this session has connected is used.

.PARAMETER ArgumentList
What SetupScript is called with.

.PARAMETER Module
The module on the workers: its name, or the path of its manifest.

.PARAMETER SilenceTimeoutSec
After so many seconds without a sign a worker counts as dead.

.EXAMPLE
Import-Csv ids.csv | ./Export-VersionInventory.ps1 -OutputPath versions.jsonl

.EXAMPLE
./Export-VersionInventory.ps1 -CsvPath ids.csv -OutputPath versions.csv -Service ImageKit

.EXAMPLE
./Export-VersionInventory.ps1 -CsvPath ids.csv -OutputPath versions.jsonl -HostName admin@node1, admin@node2 -SetupScript { Connect-BoxAccount -ConfigPath /etc/box.json }

.OUTPUTS
One object that sums the run up: Files, AlreadyDone, Done, Failed, Versions, Errors, WorkersLost, Completed and more.
#>
[CmdletBinding(DefaultParameterSetName = 'Pipeline')]
[OutputType('FileVersions.Inventory')]
param(
    [Parameter(Mandatory, ValueFromPipeline, ParameterSetName = 'Pipeline')]
    [Alias('Id')]
    [AllowNull()]
    [AllowEmptyString()]
    [AllowEmptyCollection()]
    [object[]] $FileId,

    [Parameter(Mandatory, ParameterSetName = 'Csv')]
    [string] $CsvPath,

    [Parameter(Mandatory)]
    [string] $OutputPath,

    [ValidateSet('Box', 'ImageKit')]
    [string] $Service = 'Box',

    [switch] $IncludeCurrent,

    [ValidateRange(1, 10000)]
    [int] $BatchSize = 100,

    [ValidateRange(1, 64)]
    [int] $ThrottleLimit = 8,

    [string[]] $ComputerName = @(),

    [string[]] $HostName = @(),

    [hashtable] $SshParameter = @{},

    [Management.Automation.Runspaces.PSSession[]] $Session = @(),

    [ValidateRange(0, 64)]
    [int] $LocalWorker = 0,

    [scriptblock] $SetupScript,

    [object[]] $ArgumentList = @(),

    [string] $Module = 'FileVersions',

    [ValidateRange(1, 86400)]
    [int] $SilenceTimeoutSec = 900
)

begin {
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    $utf8 = New-Object -TypeName Text.UTF8Encoding -ArgumentList $false

    # What a worker does: puts out lines for the output, in chunks, and at the end one hashtable that tells how it went.
    $work = {
        param($Service, [string[]] $Ids, [bool] $IncludeCurrent, [int] $ThrottleLimit, [string[]] $Columns)

        $ErrorActionPreference = 'Continue'
        $invariant = [cultureinfo]::InvariantCulture
        $lines = New-Object -TypeName 'Collections.Generic.List[string]'
        $failures = New-Object -TypeName 'Collections.Generic.List[object]'
        $state = @{ Versions = 0; File = $null }
        $parameters = @{ FileId = $Ids; ThrottleLimit = $ThrottleLimit }
        $command = 'Get-IKFileVersion'
        if ($Service -eq 'Box') {
            $command = 'Get-BoxFileVersion'
            $parameters.IncludeCurrent = $IncludeCurrent
        }

        try {
            & $command @parameters 2>&1 | ForEach-Object -Process {
                if ($_ -is [Management.Automation.ErrorRecord]) {
                    $kind = ($_.FullyQualifiedErrorId -split ',')[0]
                    $target = [string]$_.TargetObject
                    # A list that broke off is fetched again as a whole; one that Box cannot give in full never will be longer.
                    if ($kind -ne 'ResultTruncated' -and $target -ceq $state.File) {
                        $state.Versions -= $lines.Count
                        $lines.Clear()
                    }
                    $failures.Add(@{ FileId = $target; ErrorId = $kind; Message = $_.Exception.Message })
                    return
                }

                if ($_.FileId -cne $state.File) {
                    if ($lines.Count) {
                        $lines -join "`n"
                        $lines.Clear()
                    }
                    $state.File = $_.FileId
                }

                $plain = [ordered]@{}
                $names = if ($Columns) { $Columns } else { $_.PSObject.Properties.Name }
                foreach ($name in $names) {
                    $value = $_.$name
                    if ($value -is [datetimeoffset]) {
                        $plain[$name] = $value.ToString('yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz', $invariant)
                    }
                    elseif ($Columns -and $value -is [IFormattable]) {
                        $plain[$name] = $value.ToString($null, $invariant)
                    }
                    elseif ($Columns -and $null -ne $value) {
                        $plain[$name] = $value.ToString()
                    }
                    else {
                        $plain[$name] = $value
                    }
                }
                $line = if ($Columns) {
                    @(ConvertTo-Csv -InputObject ([pscustomobject]$plain) -NoTypeInformation)[1]
                }
                else {
                    ConvertTo-Json -InputObject $plain -Depth 20 -Compress
                }
                $lines.Add($line)
                $state.Versions++
            }
            if ($lines.Count) {
                $lines -join "`n"
            }
            @{ Fatal = $null; Versions = $state.Versions; Failures = $failures.ToArray() }
        }
        catch {
            # About the account, not about a file: the others of the batch would fail alike.
            @{ Fatal = $_.Exception.Message; Versions = 0; Failures = @() }
        }
    }.ToString()

    $prepare = {
        param($Module, $Setup, [object[]] $Arguments)

        $ErrorActionPreference = 'Stop'
        $ProgressPreference = 'SilentlyContinue'
        Import-Module -Name $Module
        if ($Setup) {
            $null = & ([scriptblock]::Create($Setup)) @Arguments
        }
        $PID
    }.ToString()

    #region The output and its journal

    function Open-Inventory {
        # Brings output and journal to the state of the last batch that was written in full, and keeps both open.
        $settings = ConvertTo-Json -Compress -InputObject ([ordered]@{ inventory = 1; service = $Service; columns = ($columns -join ','); includeCurrent = [bool]$IncludeCurrent })
        $script:journal = [IO.File]::Open("$output.journal", 'OpenOrCreate', 'ReadWrite', 'None')
        $script:result = [IO.File]::Open($output, 'OpenOrCreate', 'ReadWrite', 'Read')

        $reader = New-Object -TypeName IO.StreamReader -ArgumentList $journal, $utf8, $false, 65536, $true
        $text = $reader.ReadToEnd()
        $reader.Dispose()
        $good = $text.LastIndexOf("`n") + 1
        $length = 0
        $isFirst = $true
        foreach ($line in $text.Substring(0, $good).Split([char[]]"`n", [StringSplitOptions]::RemoveEmptyEntries)) {
            if ($isFirst) {
                if ($line -cne $settings) {
                    throw "$output was begun with other settings ($line). Give the same ones, or another -OutputPath."
                }
                $isFirst = $false
                continue
            }
            $entry = ConvertFrom-Json -InputObject $line
            $length = $entry.length
            foreach ($id in $entry.done) {
                $null = $done.Add($id)
            }
        }

        if ($isFirst) {
            if ($result.Length -gt 0 -and $good -eq 0 -and $text.Length -eq 0) {
                throw "$output is there and was not made by this script. Give another -OutputPath."
            }
            $journal.SetLength(0)
            Add-Line -Stream $journal -Text $settings
            $result.SetLength(0)
        }
        else {
            if ($result.Length -lt $length) {
                throw "$output is shorter than its journal tells: others changed it. Remove both to begin anew."
            }
            $journal.SetLength($utf8.GetByteCount($text.Substring(0, $good)))
            $result.SetLength($length)
        }

        $null = $journal.Seek(0, 'End')
        $null = $result.Seek(0, 'End')
        if ($result.Length -eq 0 -and $columns) {
            # Belongs to no batch: where it is lost, it is written again.
            Add-Line -Stream $result -Text (($columns | ForEach-Object -Process { "`"$_`"" }) -join ',')
        }
    }

    function Add-Line([IO.FileStream] $Stream, [string] $Text) {
        $bytes = $utf8.GetBytes($Text + "`n")
        $Stream.Write($bytes, 0, $bytes.Length)
        $Stream.Flush($true)
    }

    function Write-Entry([string[]] $Finished, [int] $Failed, [object[]] $Records) {
        Add-Line -Stream $journal -Text (ConvertTo-Json -Compress -Depth 4 -InputObject ([ordered]@{ length = $result.Length; done = $Finished; errors = $Records }))
        $sum.Done += $Finished.Count
        $sum.Failed += $Failed
        $sum.Errors.AddRange($Records)
    }

    function Write-Batch($Worker, $Outcome) {
        # First the versions, then the journal: a batch counts once its line in the journal is whole.
        $failed = New-Object -TypeName 'Collections.Generic.HashSet[string]' -ArgumentList ([StringComparer]::Ordinal)
        $records = @(
            foreach ($failure in $Outcome.Failures) {
                if ($failure.ErrorId -ne 'ResultTruncated') {
                    $null = $failed.Add($failure.FileId)
                }
                [pscustomobject]@{ FileId = $failure.FileId; ErrorId = $failure.ErrorId; Message = $failure.Message }
            }
        )
        $finished = @($Worker.Batch.Where({ -not $failed.Contains($_) }))

        $Worker.Spool.Flush()
        $null = $Worker.Spool.BaseStream.Seek(0, 'Begin')
        $Worker.Spool.BaseStream.CopyTo($result)
        $result.Flush($true)
        Write-Entry -Finished $finished -Failed $failed.Count -Records $records
        $sum.Versions += $Outcome.Versions
        Write-Verbose -Message "$($Worker.Name): $($finished.Count) of $($Worker.Batch.Count) files, $($Outcome.Versions) versions"
    }

    #endregion

    #region The workers

    function Add-Worker([string] $Name, [Management.Automation.Runspaces.Runspace] $Runspace, $Owned) {
        $worker = @{
            Name = $Name; Runspace = $Runspace; Owned = $Owned; Batch = $null; Outcome = $null
            Shell = $null; Handle = $null; Output = $null; LastSign = $null
            Spool = New-Object -TypeName IO.StreamWriter -ArgumentList (New-SpoolStream), $utf8
        }
        $workers.Add($worker)
        if ($Runspace) {
            $shell = [powershell]::Create()
            try {
                $shell.Runspace = $Runspace
                $setup = if ($SetupScript) { $SetupScript.ToString() } else { $null }
                $id = $shell.AddScript($prepare).AddArgument($Module).AddArgument($setup).AddArgument($ArgumentList).Invoke()
                Write-Verbose -Message "${Name}: ready, process $($id[-1])"
            }
            catch {
                Write-Warning -Message "${Name} cannot take part: $($_.Exception.Message)"
                $sum.WorkersLost++
                Remove-Worker $worker
            }
            finally {
                $shell.Dispose()
            }
        }
    }

    function Open-Worker {
        for ($i = 1; $i -le $LocalWorker; $i++) {
            $process = New-Object -TypeName Management.Automation.Runspaces.PowerShellProcessInstance
            $runspace = [runspacefactory]::CreateOutOfProcessRunspace($null, $process)
            $runspace.Open()
            Add-Worker -Name "local worker $i" -Runspace $runspace -Owned $process
        }
        foreach ($name in $ComputerName) {
            try {
                $owned = New-PSSession -ComputerName $name
                Add-Worker -Name $name -Runspace $owned.Runspace -Owned $owned
            }
            catch {
                Write-Warning -Message "$name cannot be reached: $($_.Exception.Message)"
                $sum.WorkersLost++
            }
        }
        foreach ($name in $HostName) {
            try {
                $owned = New-PSSession -HostName $name @SshParameter
                Add-Worker -Name $name -Runspace $owned.Runspace -Owned $owned
            }
            catch {
                Write-Warning -Message "$name cannot be reached: $($_.Exception.Message)"
                $sum.WorkersLost++
            }
        }
        foreach ($existing in $Session) {
            Add-Worker -Name $existing.Name -Runspace $existing.Runspace
        }
        if (-not ($LocalWorker + $ComputerName.Count + $HostName.Count + $Session.Count)) {
            Import-Module -Name $Module -Verbose:$false
            if ($SetupScript) {
                $null = & $SetupScript @ArgumentList
            }
            Add-Worker -Name 'this process'
        }
    }

    function New-SpoolStream {
        # What a batch has given so far. The system removes it with this process.
        New-Object -TypeName IO.FileStream -ArgumentList (Join-Path -Path ([IO.Path]::GetTempPath()) -ChildPath ([IO.Path]::GetRandomFileName())),
            'CreateNew', 'ReadWrite', 'None', 65536, 'DeleteOnClose'
    }

    function Remove-Worker($Worker) {
        $null = $workers.Remove($Worker)
        $Worker.Spool.Dispose()
        if ($Worker.Owned -is [Management.Automation.Runspaces.PowerShellProcessInstance]) {
            # Ends it. It keeps nothing, and one that is asked to close in the middle of its work may stay.
            $Worker.Owned.Dispose()
        }
        elseif ($Worker.Owned) {
            # It may be gone; closing must not wait for it.
            $Worker.Runspace.CloseAsync()
        }
        elseif ($Worker.Shell) {
            # A session of the user is to be free for what comes next.
            $null = $Worker.Shell.BeginStop($null, $null).AsyncWaitHandle.WaitOne(5000)
        }
    }

    function Get-WorkArgument($Worker) {
        , @($Service, $Worker.Batch, [bool]$IncludeCurrent, $ThrottleLimit, $columns)
    }

    function Start-Batch($Worker, $Batch) {
        $Worker.Batch = $Batch
        $Worker.Outcome = $null
        $Worker.Spool.BaseStream.SetLength(0)
        if (-not $Worker.Runspace) {
            # No others: the work is done here and now.
            $arguments = Get-WorkArgument $Worker
            & ([scriptblock]::Create($work)) @arguments | ForEach-Object -Process { Receive-Sign $Worker $_ }
            Complete-Batch $Worker
            return
        }

        $Worker.LastSign = [Diagnostics.Stopwatch]::StartNew()
        $Worker.Output = New-Object -TypeName 'Management.Automation.PSDataCollection[psobject]'
        $Worker.Shell = [powershell]::Create()
        $Worker.Shell.Runspace = $Worker.Runspace
        $null = $Worker.Shell.AddScript($work)
        $arguments = Get-WorkArgument $Worker
        foreach ($argument in $arguments) {
            $null = $Worker.Shell.AddArgument($argument)
        }
        $nothing = New-Object -TypeName 'Management.Automation.PSDataCollection[psobject]'
        $nothing.Complete()
        $Worker.Handle = $Worker.Shell.BeginInvoke($nothing, $Worker.Output)
    }

    function Receive-Sign($Worker, $Sign) {
        if ($Sign -is [string]) {
            $Worker.Spool.Write($Sign + "`n")
        }
        elseif ($Sign -is [Collections.IDictionary]) {
            $Worker.Outcome = $Sign
        }
    }

    function Complete-Batch($Worker) {
        # Writes what a worker has done, or hands its share to the others.
        $batch = $Worker.Batch
        if ($Worker.Shell) {
            $why = $Worker.Shell.InvocationStateInfo.Reason
            if ($Worker.Handle.IsCompleted) {
                $Worker.Shell.Dispose()
            }
            $Worker.Shell = $null
        }

        if ($Worker.Outcome -and -not $Worker.Outcome.Fatal) {
            Write-Batch $Worker $Worker.Outcome
            $Worker.Batch = $null
            return
        }

        $message = if ($Worker.Outcome) { $Worker.Outcome.Fatal } elseif ($why) { $why.Message } else { 'no sign of life' }
        Write-Warning -Message "$($Worker.Name) is given up: $message"
        $sum.WorkersLost++
        $sum.LastProblem = $message
        Remove-Worker $Worker
        $waiting.Enqueue($batch)
    }

    function Step-Worker {
        # Takes in what workers have to say, and gives those that are free a batch. Says whether anything happened.
        $happened = $false
        foreach ($worker in $workers.ToArray()) {
            if ($worker.Shell) {
                $isOver = $worker.Handle.IsCompleted -or $worker.Runspace.RunspaceStateInfo.State -ne 'Opened'
                foreach ($sign in $worker.Output.ReadAll()) {
                    Receive-Sign $worker $sign
                    $worker.LastSign.Restart()
                    $happened = $true
                }
                if ($isOver -or $worker.LastSign.Elapsed.TotalSeconds -gt $SilenceTimeoutSec) {
                    Complete-Batch $worker
                    $happened = $true
                }
            }
            if ($workers.Contains($worker) -and -not $worker.Batch -and $waiting.Count) {
                Start-Batch $worker $waiting.Dequeue()
                $happened = $true
            }
        }
        $happened
    }

    function Add-Batch {
        # Deals all files that are not done yet into batches.
        $batch = New-Object -TypeName 'Collections.Generic.List[string]'
        foreach ($id in $ids) {
            if ($done.Contains($id)) {
                $sum.AlreadyDone++
                continue
            }
            $batch.Add($id)
            if ($batch.Count -eq $BatchSize) {
                $waiting.Enqueue($batch.ToArray())
                $batch.Clear()
            }
        }
        if ($batch.Count) {
            $waiting.Enqueue($batch.ToArray())
        }
    }

    #endregion

    function Add-File($Item) {
        # Keeps the id of what the input holds: an id, an object with a property for it, or several of them.
        $id = $Item
        if ($null -ne $Item -and $Item -isnot [string] -and $Item -isnot [ValueType]) {
            $property = $Item.PSObject.Properties['FileId']
            if (-not $property) {
                $property = $Item.PSObject.Properties['Id']
            }
            if ($property) {
                $id = $property.Value
            }
        }
        if ($id -is [Collections.IList] -and $id.Count) {
            foreach ($one in $id) {
                Add-File $one
            }
            return
        }

        $sum.Items++
        $text = ([string]$id).Trim()
        $why = if (-not $text) {
            'is empty or has no id'
        }
        elseif ($id -isnot [string] -and $id -isnot [ValueType] -and $id -isnot [uri]) {
            'has no property FileId or Id'
        }
        if ($why) {
            $refused.Add([pscustomobject]@{ FileId = ''; ErrorId = 'InvalidRequest'; Message = "Item $($sum.Items) of the input $why." })
            return
        }

        if ($Service -eq 'Box') {
            # A file's address and its id are one file.
            $text = $text -replace '^https?://[^?#]*?/files?/([^/?#]+).*$', '$1'
        }
        if ($seen.Add($text)) {
            $ids.Add($text)
        }
    }

    $output = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($OutputPath)
    $columns = $null
    if ([IO.Path]::GetExtension($output) -eq '.csv') {
        $columns = if ($Service -eq 'Box') {
            'FileId', 'VersionId', 'VersionNumber', 'Name', 'Size', 'Sha1', 'CreatedAt', 'ModifiedAt', 'ModifiedBy', 'UploaderDisplayName',
            'TrashedAt', 'TrashedBy', 'RestoredAt', 'RestoredBy', 'PurgedAt', 'IsCurrent'
        }
        else {
            'FileId', 'VersionId', 'VersionName', 'Type', 'IsCurrent', 'Name', 'FilePath', 'FileType', 'Mime', 'Size', 'Width', 'Height',
            'HasAlpha', 'Tags', 'AITags', 'CustomCoordinates', 'CustomMetadata', 'EmbeddedMetadata', 'Description', 'Url', 'Thumbnail',
            'IsPrivateFile', 'IsPublished', 'Duration', 'BitRate', 'VideoCodec', 'AudioCodec', 'CreatedAt', 'UpdatedAt'
        }
    }

    $clock = [Diagnostics.Stopwatch]::StartNew()
    $done = New-Object -TypeName 'Collections.Generic.HashSet[string]' -ArgumentList ([StringComparer]::Ordinal)
    $seen = New-Object -TypeName 'Collections.Generic.HashSet[string]' -ArgumentList ([StringComparer]::Ordinal)
    $ids = New-Object -TypeName 'Collections.Generic.List[string]'
    $refused = New-Object -TypeName 'Collections.Generic.List[object]'
    $waiting = New-Object -TypeName 'Collections.Generic.Queue[string[]]'
    $workers = New-Object -TypeName 'Collections.Generic.List[hashtable]'
    $sum = @{ Items = 0; AlreadyDone = 0; Done = 0; Failed = 0; Versions = 0; WorkersLost = 0; LastProblem = $null; Errors = New-Object -TypeName 'Collections.Generic.List[object]' }
    $journal = $null
    $result = $null
    $problem = $null
}

process {
    # Nothing is opened before all input is here: after Ctrl+C, or an error in what comes before in the pipeline, no code of
    # a script runs that could close it again (the clean block would, which Windows PowerShell does not know).
    if (-not $CsvPath) {
        foreach ($item in @($FileId)) {
            Add-File $item
        }
    }
}

end {
    try {
        try {
            if ($CsvPath) {
                Import-Csv -LiteralPath $CsvPath | ForEach-Object -Process {
                    if (-not ($_.PSObject.Properties['FileId'] -or $_.PSObject.Properties['Id'])) {
                        throw "$CsvPath has no column FileId or Id."
                    }
                    Add-File $_
                }
            }
            Open-Inventory
            Open-Worker
        }
        catch {
            $problem = $_.Exception.Message
        }
        $hasBegun = $workers.Count -gt 0
        if (-not $problem -and $hasBegun) {
            try {
                if ($refused.Count) {
                    Write-Entry -Finished @() -Failed $refused.Count -Records $refused.ToArray()
                }
                Add-Batch
                # Where a worker dies, its share waits again for those that are left.
                while ($workers.Count -and ($waiting.Count -or $workers.Where({ $_.Batch }))) {
                    if (-not (Step-Worker)) {
                        Start-Sleep -Milliseconds 20
                    }
                }
            }
            catch {
                # Such as a full disk. What the journal tells stays; the next run cuts off what was half written.
                $sum.LastProblem = $_.Exception.GetBaseException().Message
            }
        }
    }
    finally {
        foreach ($stream in $journal, $result) {
            if ($stream) {
                try {
                    $stream.Dispose()
                }
                catch {
                    $sum.LastProblem = $_.Exception.GetBaseException().Message
                }
            }
        }
        foreach ($worker in $workers.ToArray()) {
            Remove-Worker $worker
        }
    }

    if ($problem) {
        Write-Error -Message $problem -ErrorAction Continue
        exit 3
    }

    $files = $ids.Count + $refused.Count
    $isCompleted = $hasBegun -and -not $waiting.Count -and $files -eq $sum.AlreadyDone + $sum.Done + $sum.Failed
    [pscustomobject]@{
        PSTypeName = 'FileVersions.Inventory'
        OutputPath = $output
        Service = $Service
        Completed = $isCompleted
        Files = $files
        AlreadyDone = $sum.AlreadyDone
        Done = $sum.Done
        Failed = $sum.Failed
        Versions = $sum.Versions
        WorkersLost = $sum.WorkersLost
        Duration = $clock.Elapsed
        Errors = $sum.Errors.ToArray()
    }
    if (-not $isCompleted) {
        Write-Error -Message "The inventory ended early; run it again to go on. $($sum.LastProblem)" -ErrorAction Continue
        exit 2
    }
    exit [int]($sum.Failed -gt 0)
}
