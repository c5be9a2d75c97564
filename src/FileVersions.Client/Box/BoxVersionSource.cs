using System;
using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Http;
using FileVersions.Saving;

namespace FileVersions.Box;

/// <summary>
/// Where Box has the contents of versions: its interface answers with a link to another host, which lives 15 minutes, or, while
/// the content is not ready, with 202 and how long to wait.
/// </summary>
internal sealed class BoxVersionSource(BoxConnection connection, string? asUser) : IVersionSource
{
    private static readonly string[] s_fields = ["name", "size", "sha1", "created_at", "modified_at"];

    private readonly BoxClient _client = new(connection);
    private readonly ServiceTransport _transport = new(connection);

    public bool IsComplete(VersionToSave version) => version is { Name: not null, Sha1: not null };

    public async Task<VersionToSave> DescribeAsync(VersionToSave version, Action<string> log, CancellationToken cancellationToken)
    {
        var options = new BoxRequestOptions { Fields = s_fields, AsUser = asUser };
        BoxFileVersion found = await _client
            .GetOneAsync(BoxFileId.Parse(version.FileId), version.VersionId, options, log, cancellationToken).ConfigureAwait(false);
        return new VersionToSave(version.FileId, version.VersionId)
        {
            Name = found.Name,
            Size = found.Size,
            Sha1 = found.Sha1,
            Date = found.ModifiedAt ?? found.CreatedAt,
        };
    }

    public async Task<Uri> LocateAsync(VersionToSave version, bool renew, Action<string> log, CancellationToken cancellationToken)
    {
        // To be told to wait is no failure: how often is not counted, only how long.
        var patience = new RetryPlan(int.MaxValue);
        while (true)
        {
            HttpStatusCode status = default;
            TimeSpan? serverWait = null;
            Uri? location = null;
            string path = $"{BoxClient.FilePath(BoxFileId.Parse(version.FileId))}/content?version={ServiceAddress.Segment(version.VersionId)}";
            var request = new ServiceRequest(HttpMethod.Get, path, version.FileId, version.VersionId)
            {
                AsUser = connection.UserFor(asUser),
                Log = log,
                TakesHead = response =>
                {
                    status = response.StatusCode;
                    location = response.Headers.Location;
                    serverWait = connection.ReadServerWait(response.Headers);
                    return status == HttpStatusCode.Found;
                },
            };
            await _transport.SendAsync(
                request,
                _ => location is not null || status == HttpStatusCode.Accepted ? status : throw new JsonException(Texts.ContentAddressMissing),
                cancellationToken).ConfigureAwait(false);
            if (location is not null)
            {
                return new Uri(connection.BaseUri, location);
            }

            string subject = ErrorTexts.Subject(version.FileId, version.VersionId);
            TimeSpan wait = patience.WaitFor(serverWait);
            if (!patience.TryAgain(wait))
            {
                throw new FileVersionException(
                    FileVersionErrorKind.ServiceUnavailable,
                    string.Format(CultureInfo.CurrentCulture, Texts.ContentNotReady, subject, connection.Service));
            }

            log(string.Format(CultureInfo.CurrentCulture, Texts.ContentWaiting, subject, connection.Service, wait.TotalSeconds));
            await Task.Delay(wait, cancellationToken).ConfigureAwait(false);
        }
    }
}
