using System;
using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Http;
using FileVersions.Services;

namespace FileVersions.Box;

/// <summary>
/// Locates contents in Box, which redirects to an address that is valid for 15 minutes. While it prepares the content, Box answers with
/// 202 and the time to wait.
/// </summary>
/// <param name="connection">The account.</param>
public sealed class BoxContentService(BoxConnection connection) : IContentService
{
    private static readonly string[] s_fields = ["name", "size", "sha1", "created_at", "modified_at"];

    private readonly BoxClient _client = new(connection);
    private readonly ServiceTransport _transport = new(connection);

    /// <inheritdoc/>
    public ServiceConnection Connection => connection;

    /// <inheritdoc/>
    public async Task<VersionToSave> CompleteAsync(VersionToSave version, Action<string>? log, CancellationToken cancellationToken)
    {
        if (version is { Name: not null, Sha1: not null })
        {
            return version;
        }

        var options = new VersionReadOptions { Fields = s_fields };
        BoxFileVersion found = await _client
            .GetVersionAsync(version.FileId, version.VersionId, options, log, cancellationToken).ConfigureAwait(false);
        return new VersionToSave(version.FileId, version.VersionId)
        {
            Name = found.Name,
            FilePath = version.FilePath,
            Size = found.Size,
            Sha1 = found.Sha1,
            Date = found.ModifiedAt ?? found.CreatedAt,
        };
    }

    /// <inheritdoc/>
    public async Task<ContentLocation> LocateAsync(VersionToSave version, bool renew, Action<string>? log, CancellationToken cancellationToken)
    {
        // A 202 is not a failure, so only the total delay is limited, not the number of attempts.
        var delays = new RetryPlan(int.MaxValue);
        while (true)
        {
            HttpStatusCode status = default;
            TimeSpan? retryAfter = null;
            Uri? location = null;
            string path = $"{BoxClient.FilePath(BoxWebAddress.ParseFileId(version.FileId))}/content?version={ServiceAddress.Segment(version.VersionId)}";
            var request = new ServiceRequest(HttpMethod.Get, path, version.FileId, version.VersionId)
            {
                AsUser = connection.AsUser,
                Log = log,
                TakesHead = response =>
                {
                    status = response.StatusCode;
                    location = response.Headers.Location;
                    retryAfter = connection.ReadServerWait(response.Headers);
                    return status == HttpStatusCode.Found;
                },
            };
            await _transport.SendAsync(
                request,
                _ => location is not null || status == HttpStatusCode.Accepted ? status : throw new JsonException(Texts.SavingAddressMissing),
                cancellationToken).ConfigureAwait(false);
            if (location is not null)
            {
                return new ContentLocation(new Uri(connection.BaseUri, location));
            }

            string subject = ErrorTexts.Subject(version.FileId, version.VersionId);
            TimeSpan delay = delays.WaitFor(retryAfter);
            if (!delays.TryAgain(delay))
            {
                throw new FileVersionException(
                    FileVersionErrorKind.ServiceUnavailable,
                    string.Format(CultureInfo.CurrentCulture, Texts.SavingNotReady, subject, connection.Service));
            }

            log?.Invoke(string.Format(CultureInfo.CurrentCulture, Texts.SavingWaiting, subject, connection.Service, delay.TotalSeconds));
            await Task.Delay(delay, cancellationToken).ConfigureAwait(false);
        }
    }
}
