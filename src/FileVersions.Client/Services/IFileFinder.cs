using FileVersions.Fetching;
using FileVersions.Http;

namespace FileVersions.Services;

/// <summary>Finds files, for one account.</summary>
public interface IFileFinder<TFile>
    where TFile : class, IFromService
{
    /// <summary>The account.</summary>
    ServiceConnection Connection { get; }

    /// <summary>Finds the files in a folder, as work of an <see cref="OrderedFetcher{TItem}"/>. Each file is found once.</summary>
    /// <param name="folder">The folder, by the id, web address or path that the service uses.</param>
    /// <param name="options">Which files to find.</param>
    /// <param name="context">Provides request slots, and receives files and an error for each folder that cannot be listed.</param>
    Task FindFilesAsync(string folder, FindOptions<TFile> options, IFetchContext<TFile> context, CancellationToken cancellationToken);

    /// <summary>Reads one file.</summary>
    /// <param name="fileId">The file's id or web address.</param>
    /// <param name="log">Receives log lines; null for no log.</param>
    Task<TFile> GetFileAsync(string fileId, Action<string>? log, CancellationToken cancellationToken);
}
