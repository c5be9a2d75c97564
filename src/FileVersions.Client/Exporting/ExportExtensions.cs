using FileVersions.Fetching;
using FileVersions.Services;

namespace FileVersions.Exporting;

/// <summary>Reads the versions of files as lines of an exported file.</summary>
public static class ExportExtensions
{
    /// <summary>Lists the versions of a file as work of an <see cref="OrderedFetcher{TItem}"/>, and formats them where they arrive.</summary>
    /// <param name="service">The service.</param>
    /// <param name="fileId">The file's id.</param>
    /// <param name="filePath">The file's path; null if unknown.</param>
    /// <param name="settings">What to export.</param>
    /// <param name="context">Provides request slots and receives the parts of the export.</param>
    public static async Task FetchExportAsync<TVersion>(
        this IVersionService<TVersion> service,
        string fileId,
        string? filePath,
        ExportSettings settings,
        IFetchContext<ExportPart> context,
        CancellationToken cancellationToken)
        where TVersion : class, IFileVersion
    {
        var options = new VersionListOptions { IncludeCurrent = settings.IncludeCurrent, FilePath = filePath };
        await service.ReadPagesAsync(fileId, options, context, EmitPage, cancellationToken).ConfigureAwait(false);
        context.Emit([new ExportPart { FileId = fileId, IsLast = true }]);

        void EmitPage(IReadOnlyList<TVersion> versions) =>
            context.Emit([new ExportPart { FileId = fileId, Content = settings.Formatter.Format(versions), Versions = versions.Count }]);
    }
}
