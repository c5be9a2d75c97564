using System;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Http;
using FileVersions.Saving;

namespace FileVersions.ImageKit;

/// <summary>Where ImageKit has the contents of versions: at the version's own address, which for a private file is signed.</summary>
internal sealed class IKVersionSource(IKConnection connection) : IVersionSource
{
    private readonly IKClient _client = new(connection);
    private readonly ServiceTransport _transport = new(connection);

    public bool IsComplete(VersionToSave version) => version is { Name: not null, Url: not null };

    public async Task<VersionToSave> DescribeAsync(VersionToSave version, Action<string> log, CancellationToken cancellationToken)
    {
        IKFileVersion found = await _client
            .GetOneAsync(version.FileId, version.VersionId, log, cancellationToken).ConfigureAwait(false);
        return new VersionToSave(version.FileId, version.VersionId)
        {
            Name = found.Name,
            Size = found.Size,
            Url = found.Url,
            Date = found.UpdatedAt ?? found.CreatedAt,
        };
    }

    public async Task<Uri> LocateAsync(VersionToSave version, bool renew, Action<string> log, CancellationToken cancellationToken)
    {
        VersionToSave known = renew ? await DescribeAsync(version, log, cancellationToken).ConfigureAwait(false) : version;
        var request = new ServiceRequest(HttpMethod.Get, string.Empty, version.FileId, version.VersionId);
        return _transport.Read(
            request,
            body: default,
            _ => Uri.TryCreate(known.Url, UriKind.Absolute, out Uri? address) ? address : throw new JsonException(Texts.ContentAddressMissing));
    }
}
