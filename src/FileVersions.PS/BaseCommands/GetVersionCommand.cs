using FileVersions.Fetching;
using FileVersions.Http;
using FileVersions.PS.Parameters;
using FileVersions.Services;

namespace FileVersions.PS.BaseCommands;

/// <summary>Lists the versions of files, reads single versions, or finds the versions that were in force at a time.</summary>
public abstract class GetVersionCommand<TVersion, TConnection> : VersionServiceCommand<TVersion, TVersion, TConnection>
    where TVersion : class, IFileVersion
    where TConnection : ServiceConnection
{
    /// <summary>The parameter set that lists versions.</summary>
    protected const string ListSet = "List";

    /// <summary>The parameter set that reads single versions.</summary>
    protected const string SingleSet = "Single";

    /// <summary>The parameter set that finds versions by time.</summary>
    protected const string AsOfSet = "AsOf";

    /// <summary>The ids of the files.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [AllowEmptyString]
    [IdTransformation]
    public string[] FileId { get; set; } = [];

    /// <summary>The ids of the versions to read.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SingleSet, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [IdTransformation]
    [ArgumentCompleter(typeof(Completion.VersionIdCompleter))]
    public string[] VersionId { get; set; } = [];

    /// <summary>The time: the version that was in force then is returned.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AsOfSet)]
    public DateTimeOffset AsOf { get; set; }

    /// <summary>The maximum number of versions of each file. By default all.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("First", "Top")]
    [ValidateRange(0, long.MaxValue)]
    public long? Limit { get; set; }

    /// <summary>The number of versions of each file to skip.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("Skip")]
    [ValidateRange(0, long.MaxValue)]
    public long Offset { get; set; }

    /// <summary>The piped object, for its account and path.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>What to list, without the path of the file.</summary>
    private protected virtual VersionListOptions ListOptions => new() { Limit = Limit, Offset = Offset };

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (ParameterSetName == AsOfSet)
        {
            WriteVerbose(Texts.AsOfInstant.FormatWith(AsOf, AsOf.UtcDateTime));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        IVersionService<TVersion> service = ServiceFor(InputObject);
        foreach (string fileId in FileId)
        {
            VersionListOptions options = ListOptions with { FilePath = VersionInput.FilePathOf(InputObject, fileId) };
            switch (ParameterSetName)
            {
                case SingleSet:
                    AddSingle(service, fileId, options);
                    break;
                case AsOfSet:
                    Add(fileId, (context, stop) => service.FetchVersionAsOfAsync(fileId, AsOf, options, context, stop));
                    break;
                default:
                    Add(fileId, (context, stop) => service.FetchVersionsAsync(fileId, options, context, stop));
                    break;
            }
        }
    }

    private void AddSingle(IVersionService<TVersion> service, string fileId, VersionReadOptions options)
    {
        foreach (string versionId in VersionId)
        {
            Add(fileId, (context, stop) => context.EmitAsync(inner => service.GetVersionAsync(fileId, versionId, options, context.Log, inner), stop));
        }
    }
}
