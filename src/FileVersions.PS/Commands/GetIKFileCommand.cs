using FileVersions.ImageKit;
using FileVersions.ImageKit.Finding;
using FileVersions.PS.BaseCommands;
using FileVersions.Services;

namespace FileVersions.PS.Commands;

/// <summary>Finds files in ImageKit: in a folder, by a search, or by their ids.</summary>
[Cmdlet(VerbsCommon.Get, "IKFile", DefaultParameterSetName = FolderSet)]
[OutputType(typeof(IKFile))]
public sealed class GetIKFileCommand : FindCommand<IKFile, IKConnection>
{
    private const string QuerySet = "Query";

    /// <summary>The paths of folders. By default the root folder.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = FolderSet)]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = ["/"];

    /// <summary>A query in ImageKit's search syntax.</summary>
    [Parameter(Mandatory = true, ParameterSetName = QuerySet)]
    [ValidateNotNullOrEmpty]
    public string? Query { get; set; }

    /// <summary>The maximum number of files. By default all.</summary>
    [Parameter(ParameterSetName = FolderSet)]
    [Parameter(ParameterSetName = QuerySet)]
    [Alias("First", "Top")]
    [ValidateRange(0, long.MaxValue)]
    public long? Limit { get; set; }

    /// <summary>The number of files to skip.</summary>
    [Parameter(ParameterSetName = FolderSet)]
    [Parameter(ParameterSetName = QuerySet)]
    [Alias("Skip")]
    [ValidateRange(0, long.MaxValue)]
    public long Offset { get; set; }

    /// <inheritdoc/>
    protected override IFileFinder<IKFile> CreateService(IKConnection connection) => new IKFileFinder(connection);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == IdSet)
        {
            AddFiles();
            return;
        }

        var finder = (IKFileFinder)ServiceFor(InputObject);
        var options = new IKFindOptions { MaxDepth = Recurse ? null : 0, Filter = Filter, Offset = Offset, Limit = Limit };
        if (Query is not null)
        {
            Add(Query, (context, stop) => finder.SearchAsync(Query, options, context, stop));
            return;
        }

        foreach (string path in Path)
        {
            Add(path, (context, stop) => finder.FindFilesAsync(path, options, context, stop));
        }
    }

    private protected override string? NameOf(IKFile file) => file.Name;
}
