using FileVersions.Http;
using FileVersions.PS.Output;
using FileVersions.PS.Parameters;
using FileVersions.Services;

namespace FileVersions.PS.BaseCommands;

/// <summary>Finds files.</summary>
public abstract class FindCommand<TFile, TConnection> : FetchCommand<TFile, TConnection, IFileFinder<TFile>>
    where TFile : class, IFromService
    where TConnection : ServiceConnection
{
    /// <summary>The parameter set that lists a folder.</summary>
    protected const string FolderSet = "Folder";

    /// <summary>The parameter set that reads files by their ids.</summary>
    protected const string IdSet = "Id";

    /// <summary>The ids of files.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [AllowEmptyString]
    [IdTransformation]
    public string[] FileId { get; set; } = [];

    /// <summary>Finds files in all subfolders too.</summary>
    [Parameter(ParameterSetName = FolderSet)]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Wildcards: only files whose name matches one of them are returned.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Include { get; set; }

    /// <summary>Wildcards: files whose name matches one of them are not returned.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Exclude { get; set; }

    /// <summary>The piped object, for its account.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Selects files by name; null for all files.</summary>
    private protected Func<TFile, bool>? Filter =>
        NameFilter.Create(Include, Exclude) is { } matches ? file => matches(NameOf(file)) : null;

    private protected override void ShowProgress(ProgressMeter progress, int filesDone) =>
        progress.Show(filesDone, Texts.ProgressFound.FormatWith(FoundSoFar(), progress.RateOf(ItemsWritten)));

    /// <summary>The number of files found so far, in words, such as <c>3 files</c>.</summary>
    private protected virtual string FoundSoFar() => Texts.ProgressFiles.FormatWith(ItemsWritten);

    private protected abstract string? NameOf(TFile file);

    /// <summary>Reads the files named by <see cref="FileId"/>.</summary>
    private protected void AddFiles()
    {
        IFileFinder<TFile> finder = ServiceFor(InputObject);
        Func<TFile, bool>? filter = Filter;
        foreach (string fileId in FileId)
        {
            Add(fileId, async (context, stop) =>
            {
                TFile file = await context.RequestAsync(inner => finder.GetFileAsync(fileId, context.Log, inner), stop).ConfigureAwait(false);
                context.Emit(filter?.Invoke(file) != false ? [file] : []);
            });
        }
    }
}
