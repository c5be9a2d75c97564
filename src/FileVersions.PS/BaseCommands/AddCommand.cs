using FileVersions.Adding;
using FileVersions.Http;
using FileVersions.PS.Output;
using FileVersions.PS.Parameters;
using FileVersions.Services;

namespace FileVersions.PS.BaseCommands;

/// <summary>Adds local files as new versions of files.</summary>
public abstract class AddCommand<TVersion, TConnection> : FetchCommand<TVersion, TConnection, IVersionUploader<TVersion>>
    where TVersion : class, IFileVersion
    where TConnection : ServiceConnection
{
    // Long enough to abort the sessions of uploads that were stopped.
    private static readonly TimeSpan s_maxCleanup = TimeSpan.FromSeconds(15);

    private readonly VersionAdder _adder = new();

    /// <summary>The id of the file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [AllowEmptyString]
    [IdTransformation]
    public string FileId { get; set; } = string.Empty;

    /// <summary>The path of the local file, which is not interpreted as a pattern.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Adds the version even if the current one has the same content, and without asking.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The piped object, for its account and path.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            Add(Describe(this.ResolvePath(Path, FileVersionErrorKind.FileNotReadable, Texts.PathInvalid, Texts.PathNotFileSystem, FileId)));
        }
        catch (FileVersionException e)
        {
            WriteError(e.ToRecord(FileId));
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _adder.WaitUntilIdle(s_maxCleanup);
        }
    }

    /// <summary>Describes the version to add.</summary>
    /// <param name="path">The full path of the local file.</param>
    private protected virtual VersionToAdd Describe(string path) => new(FileId, path)
    {
        Force = Force,
        FilePath = InputObject is null or { BaseObject: string } ? null : new PropertyReader(InputObject).Text("FilePath"),
    };

    private protected override void ShowProgress(ProgressMeter progress, int filesDone) => ShowTransfer(progress, filesDone, _adder.Progress);

    private void Add(VersionToAdd version)
    {
        IVersionUploader<TVersion> uploader = ServiceFor(InputObject);
        if (ShouldAdd(version))
        {
            Add(version.FileId, (context, stop) => _adder.AddAsync(uploader, version, context, stop), key: version.FileId);
        }
    }

    private bool ShouldAdd(VersionToAdd version)
    {
        var file = new FileInfo(version.Path);
        string name = file.Exists ? $"{version.Path} ({ByteCount.Describe(file.Length)})" : version.Path;
        return ShouldChange(Texts.ActionAdd.FormatWith(name, version.FileId), Texts.QuestionAdd.FormatWith(name, version.FileId), Force);
    }
}
