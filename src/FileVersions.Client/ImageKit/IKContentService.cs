using FileVersions.Http;
using FileVersions.Http.Errors;
using FileVersions.Services;

namespace FileVersions.ImageKit;

/// <summary>Locates contents in ImageKit: each version has an address, which is signed if the file is private.</summary>
/// <param name="connection">The account.</param>
public sealed class IKContentService(IKConnection connection) : IContentService
{
    // Without this parameter ImageKit delivers an optimised copy.
    private const string Original = "tr=orig-true";

    private readonly IKClient _client = new(connection);

    /// <inheritdoc/>
    public ServiceConnection Connection => connection;

    /// <inheritdoc/>
    public Task<VersionToSave> CompleteAsync(VersionToSave version, Action<string>? log, CancellationToken cancellationToken) =>
        version is { Name: not null, Size: not null, Url: not null } ? Task.FromResult(version) : DescribeAsync(version, log, cancellationToken);

    /// <inheritdoc/>
    public async Task<ContentLocation> LocateAsync(VersionToSave version, bool renew, Action<string>? log, CancellationToken cancellationToken)
    {
        VersionToSave known = renew ? await DescribeAsync(version, log, cancellationToken).ConfigureAwait(false) : version;
        return Uri.TryCreate(known.Url, UriKind.Absolute, out Uri? address)
            ? Locate(address)
            : throw new ErrorContext(connection, version.FileId, version.VersionId).InvalidResponse(Texts.SavingAddressMissing);
    }

    /// <summary>Requests the original, unless the address is signed: the signature covers the query.</summary>
    internal static ContentLocation Locate(Uri address)
    {
        if (HasParameter(address, "ik-s="))
        {
            return new ContentLocation(address, Texts.ImageKitSignedAddress);
        }

        if (HasParameter(address, Original))
        {
            return new ContentLocation(address);
        }

        var original = new UriBuilder(address);
        original.Query = original.Query.Length > 1 ? $"{original.Query.Substring(1)}&{Original}" : Original;
        return new ContentLocation(original.Uri);
    }

    private static bool HasParameter(Uri address, string start) =>
        Array.Exists(address.Query.TrimStart('?').Split('&'), parameter => parameter.StartsWith(start, StringComparison.Ordinal));

    private async Task<VersionToSave> DescribeAsync(VersionToSave version, Action<string>? log, CancellationToken cancellationToken)
    {
        IKFileVersion found = await _client
            .GetVersionAsync(version.FileId, version.VersionId, null, log, cancellationToken).ConfigureAwait(false);
        return version with
        {
            Name = found.Name,
            FilePath = version.FilePath ?? found.FilePath,
            Size = found.Size,
            Url = found.Url,
            Date = found.UpdatedAt ?? found.CreatedAt,
        };
    }
}
