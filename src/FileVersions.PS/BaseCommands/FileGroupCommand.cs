using FileVersions.Keeping;
using FileVersions.PS.Output;
using FileVersions.PS.Parameters;

namespace FileVersions.PS.BaseCommands;

/// <summary>A cmdlet that processes the versions from the pipeline file by file. It sends no requests.</summary>
public abstract class FileGroupCommand : PSCmdlet
{
    private readonly FileGrouper _files;

    private protected FileGroupCommand() => _files = new FileGrouper(ProcessFile, WriteFileError);

    /// <summary>A version of either service, or any object with the properties FileId, VersionId and CreatedAt.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        VersionEntry version;
        try
        {
            version = VersionEntries.From(InputObject);
        }
        catch (FileVersionException e)
        {
            WriteError(e.ToRecord(InputObject));
            return;
        }

        _files.Add(version);
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => _files.Complete();

    /// <summary>Processes all versions of one file.</summary>
    /// <param name="versions">The versions in input order, at least one. The list is valid only during the call.</param>
    private protected abstract void ProcessFile(IReadOnlyList<VersionEntry> versions);

    private void WriteFileError(FileVersionException failure) => WriteError(failure.ToRecord(failure.FileId));
}
