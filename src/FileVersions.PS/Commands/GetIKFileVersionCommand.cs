using System.Management.Automation;
using FileVersions.Fetching;
using FileVersions.ImageKit;
using FileVersions.PS.BaseCommands;
using FileVersions.PS.Completion;
using FileVersions.PS.Parameters;
using FileVersions.Services;

namespace FileVersions.PS.Commands;

/// <summary>Lists the versions of files in ImageKit, or fetches single ones.</summary>
[Cmdlet(VerbsCommon.Get, "IKFileVersion", DefaultParameterSetName = ListSet)]
[OutputType(typeof(IKFileVersion))]
public sealed class GetIKFileVersionCommand : ThrottledCommand<IKFileVersion, IKConnection>
{
    private const string ListSet = "List";
    private const string SingleSet = "Single";

    private IKClient? _client;
    private VersionListOptions _options = new();

    /// <summary>The ids of the files.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [AllowEmptyString]
    [IdTransformation]
    public string[] FileId { get; set; } = [];

    /// <summary>The id of the version to fetch.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SingleSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(IKVersionIdCompleter))]
    public string? VersionId { get; set; }

    /// <summary>The most versions for each file; by default all.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("First", "Top")]
    [ValidateRange(0, long.MaxValue)]
    public long? Limit { get; set; }

    /// <summary>Leaves out so many versions of each file.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("Skip")]
    [ValidateRange(0, long.MaxValue)]
    public long Offset { get; set; }

    /// <inheritdoc/>
    protected override void Open(IKConnection connection)
    {
        _client = new IKClient(connection);
        _options = new VersionListOptions { Limit = Limit, Offset = Offset };
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // The property changes with the next input while the work still goes on.
        string? versionId = VersionId;
        foreach (string fileId in FileId)
        {
            Add(
                fileId,
                versionId is null
                    ? (context, stop) => _client!.FetchVersionsAsync(fileId, _options, context, stop)
                    : (context, stop) => context.EmitAsync(token => _client!.GetVersionAsync(fileId, versionId, _options, context.Log, token), stop));
        }
    }
}
