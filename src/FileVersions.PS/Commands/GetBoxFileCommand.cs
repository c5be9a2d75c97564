using FileVersions.Box;
using FileVersions.Box.Finding;
using FileVersions.PS.BaseCommands;
using FileVersions.PS.Completion;
using FileVersions.PS.Parameters;
using FileVersions.Services;

namespace FileVersions.PS.Commands;

/// <summary>Finds files in Box: in a folder, by their ids, or by their changes.</summary>
[Cmdlet(VerbsCommon.Get, "BoxFile", DefaultParameterSetName = FolderSet)]
[OutputType(typeof(BoxFile))]
public sealed class GetBoxFileCommand : FindCommand<BoxFile, BoxConnection>, ICompletes<BoxSubfolder>
{
    private const string ChangedSet = "Changed";

    private int _foldersListed;

    /// <summary>The ids or web addresses of folders. By default the root folder.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = FolderSet)]
    [AllowEmptyString]
    [IdTransformation]
    [ArgumentCompleter(typeof(BoxFolderIdCompleter))]
    public string[] FolderId { get; set; } = [BoxFileFinder.RootFolderId];

    /// <summary>The depth of subfolders to which files are found.</summary>
    [Parameter(ParameterSetName = FolderSet)]
    [ValidateRange(0, int.MaxValue)]
    public int? Depth { get; set; }

    /// <summary>Finds files that were changed after this time.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ChangedSet)]
    public DateTimeOffset ChangedAfter { get; set; }

    /// <summary>Finds files that were changed before this time.</summary>
    [Parameter(ParameterSetName = ChangedSet)]
    public DateTimeOffset? ChangedBefore { get; set; }

    /// <summary>Finds files that this user changed, by login or id.</summary>
    [Parameter(ParameterSetName = ChangedSet)]
    [ValidateNotNullOrEmpty]
    public string? ChangedBy { get; set; }

    /// <summary>The id of the user to act as.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AsUser { get; set; }

    object ICompletes<BoxSubfolder>.CompletionAccount => FindService(ofInput: null).Connection;

    async Task<IReadOnlyList<BoxSubfolder>> ICompletes<BoxSubfolder>.ListForCompletionAsync(string parentId, int limit, CancellationToken cancellationToken)
    {
        var finder = (BoxFileFinder)FindService(ofInput: null);
        IReadOnlyList<BoxSubfolder> folders = await finder.ListFoldersAsync(parentId, cancellationToken).ConfigureAwait(false);
        return [.. folders.Take(limit)];
    }

    /// <inheritdoc/>
    protected override IFileFinder<BoxFile> CreateService(BoxConnection connection) => new BoxFileFinder(connection.ForUser(AsUser));

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case IdSet:
                AddFiles();
                break;
            case ChangedSet:
                AddChanges();
                break;
            default:
                AddFolders();
                break;
        }
    }

    private protected override string? NameOf(BoxFile file) => file.Name;

    private protected override string FoundSoFar() => ParameterSetName == FolderSet
        ? Texts.ProgressFolders.FormatWith(Volatile.Read(ref _foldersListed), base.FoundSoFar())
        : base.FoundSoFar();

    private void AddFolders()
    {
        IFileFinder<BoxFile> finder = ServiceFor(InputObject);
        var options = new FindOptions<BoxFile>
        {
            MaxDepth = Depth ?? (Recurse ? null : 0),
            Filter = Filter,
            FolderListed = () => Interlocked.Increment(ref _foldersListed),
        };
        foreach (string folderId in FolderId)
        {
            Add(folderId, (context, stop) => finder.FindFilesAsync(folderId, options, context, stop));
        }
    }

    private void AddChanges()
    {
        var query = new BoxChangeQuery(ChangedAfter, ChangedBefore, ChangedBy);
        var finder = new BoxChangeFinder((BoxConnection)ServiceFor(InputObject).Connection);
        Func<BoxFile, bool>? filter = Filter;
        string period = Texts.ChangesAfter.FormatWith(ChangedAfter);
        Add(period, (context, stop) => finder.FindFilesAsync(query, filter, context, stop));
    }
}
