using FileVersions.Fetching;

namespace FileVersions.Services;

/// <summary>Finds files, with any service.</summary>
public static class FileFinderExtensions
{
    /// <summary>Lists the files of a folder, to be read with <c>await foreach</c>.</summary>
    /// <param name="finder">The service.</param>
    /// <param name="folder">The folder, by the id, web address or path that the service uses.</param>
    /// <param name="options">Which files; null for those of the folder itself.</param>
    /// <param name="fetch">How to send the requests; null for the defaults.</param>
    public static ItemSequence<TFile> ListFilesAsync<TFile>(
        this IFileFinder<TFile> finder,
        string folder,
        FindOptions<TFile>? options = null,
        FetchOptions? fetch = null,
        CancellationToken cancellationToken = default)
        where TFile : class, IFromService
    {
        options ??= new FindOptions<TFile>();
        return new ItemSequence<TFile>(
            [folder], (id, context, stop) => finder.FindFilesAsync(id, options, context, stop), fetch, cancellationToken);
    }
}
