using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using FileVersions.Box.Replies;
using FileVersions.Http;
using FileVersions.Services;

namespace FileVersions.Box.Uploads;

/// <summary>An upload session in Box.</summary>
/// <exception cref="FileVersionException">An address of the session does not belong to the service.</exception>
internal sealed class BoxPartUpload(
    BoxUploadTarget target, BoxConnection connection, string fileId, long size, BoxUploadSession session, Action<string>? log) : IUploadSession<BoxFileVersion>
{
    private const int PartsPerPage = 1000;

    private readonly string _partAddress = BoxUploadAddress.Check(session.PartAddress, connection, fileId);
    private readonly string _listAddress = BoxUploadAddress.Check(session.ListAddress, connection, fileId);
    private readonly string _commitAddress = BoxUploadAddress.Check(session.CommitAddress, connection, fileId);
    private readonly string _abortAddress = BoxUploadAddress.Check(session.AbortAddress, connection, fileId);

    public int PartSize => (int)session.PartSize;

    public async Task<UploadedPart> SendPartAsync(long offset, UploadContent content, CancellationToken cancellationToken)
    {
        string sha1 = await content.GetSha1Async(cancellationToken).ConfigureAwait(false);
        var request = new ServiceRequest(HttpMethod.Put, _partAddress, fileId)
        {
            CreateContent = message =>
            {
                HttpContent body = content.CreateBody(message);
                body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
                body.Headers.ContentRange = new ContentRangeHeaderValue(offset, offset + content.Size - 1, size);
                return body;
            },
            PrepareRequest = http => AddDigest(http, sha1),
            IsIdempotent = false,
            Log = log,
        };
        return await connection.Uploads.SendAsync(request, ReadPart, cancellationToken).ConfigureAwait(false);

        UploadedPart ReadPart(ReadOnlyMemory<byte> reply)
        {
            UploadedPart part = BoxUploadReplies.ReadPart(reply);
            return part.Offset == offset && part.Size == content.Size ? part : throw new JsonException(Texts.BoxPartDiffers);
        }
    }

    public async Task<IReadOnlyList<UploadedPart>> ListPartsAsync(CancellationToken cancellationToken)
    {
        var parts = new List<UploadedPart>();
        while (true)
        {
            string address = $"{_listAddress}{(_listAddress.IndexOf('?') < 0 ? '?' : '&')}limit={PartsPerPage}&offset={parts.Count}";
            var request = new ServiceRequest(HttpMethod.Get, address, fileId) { Log = log };
            (IReadOnlyList<UploadedPart> page, long? total) =
                await connection.Uploads.SendAsync(request, BoxUploadReplies.ReadPartPage, cancellationToken).ConfigureAwait(false);
            parts.AddRange(page);
            if (page.Count == 0 || parts.Count >= total)
            {
                return parts;
            }
        }
    }

    public Task<BoxFileVersion> CommitAsync(IReadOnlyList<UploadedPart> parts, string sha1, CancellationToken cancellationToken)
    {
        string body = BoxUploadTarget.WriteJson(json => WriteCommit(json, parts));
        var request = new ServiceRequest(HttpMethod.Post, _commitAddress, fileId)
        {
            CreateContent = _ => BoxClient.CreateJson(body),
            PrepareRequest = http =>
            {
                AddDigest(http, sha1);
                target.AddIfMatch(http);
            },
            IsIdempotent = false,
            Classifier = new BoxNotReadyClassifier(connection.SignIn, Texts.BoxAdviceCommitNotReady),
            Log = log,
        };
        return target.AddOnceAsync(request, sha1, cancellationToken);
    }

    public Task AbortAsync(CancellationToken cancellationToken)
    {
        var request = new ServiceRequest(HttpMethod.Delete, _abortAddress, fileId) { TreatNotFoundAsSuccess = true, Log = log };
        return connection.Uploads.SendAsync(request, static (ReadOnlyMemory<byte> _) => true, cancellationToken);
    }

    // "sha=" and the SHA-1 in Base64. The framework's own class for digests does not exist in .NET Standard.
    private static void AddDigest(HttpRequestMessage request, string sha1)
    {
        byte[] hash = new byte[sha1.Length / 2];
        for (int i = 0; i < hash.Length; i++)
        {
            hash[i] = byte.Parse(sha1.Substring(2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        request.Headers.TryAddWithoutValidation("Digest", "sha=" + Convert.ToBase64String(hash));
    }

    private void WriteCommit(Utf8JsonWriter json, IReadOnlyList<UploadedPart> parts)
    {
        json.WriteStartArray("parts");
        foreach (UploadedPart part in parts)
        {
            json.WriteStartObject();
            json.WriteString("part_id", part.Id);
            json.WriteNumber("offset", part.Offset);
            json.WriteNumber("size", part.Size);
            if (part.Sha1 is { } sha1)
            {
                json.WriteString("sha1", sha1);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (target.HasAttributes)
        {
            json.WriteStartObject("attributes");
            target.WriteAttributes(json, name: null);
            json.WriteEndObject();
        }
    }
}
