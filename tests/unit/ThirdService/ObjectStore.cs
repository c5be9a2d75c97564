using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Web;
using System.Xml.Linq;

namespace FileVersions.UnitTests.ThirdService;

/// <summary>An in-memory object store. It verifies the signature of every request and serves content addresses without a credential.</summary>
internal sealed class ObjectStore(string keyId, string secret) : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private readonly List<StoredVersion> _versions = [];
    private int _nextId = 100;

    internal ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Returns a response that replaces the store's, or null. The argument is the number of the request, from 1.</summary>
    internal Func<int, HttpRequestMessage, HttpResponseMessage?> Fault { get; set; } = (_, _) => null;

    /// <summary>Whether a request takes effect even if a fault replaces its response.</summary>
    internal bool FaultsAreHandled { get; set; }

    internal string Put(string key, string content, DateTimeOffset modified)
    {
        lock (_lock)
        {
            string id = "v" + _nextId++.ToString(CultureInfo.InvariantCulture);
            _versions.Insert(0, new StoredVersion(key, id, modified, Encoding.UTF8.GetBytes(content)));
            return id;
        }
    }

    internal IEnumerable<string> VersionIds(string key) => _versions.Where(version => version.Key == key).Select(version => version.Id);

    internal static HttpResponseMessage Error(int status, string code) => new((HttpStatusCode)status)
    {
        Headers = { { "x-store-request-id", "req-1" } },
        Content = new StringContent($$"""{"code":"{{code}}","message":"The store refused the request."}"""),
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Enqueue($"{request.Method} {request.RequestUri!.PathAndQuery}");
        HttpResponseMessage? fault = Fault(Requests.Count, request);
        HttpResponseMessage response = fault is not null && !FaultsAreHandled ? fault : await RespondAsync(request);
        return fault ?? response;
    }

    private async Task<HttpResponseMessage> RespondAsync(HttpRequestMessage request)
    {
        string key = Uri.UnescapeDataString(request.RequestUri!.AbsolutePath[1..]);
        System.Collections.Specialized.NameValueCollection query = HttpUtility.ParseQueryString(request.RequestUri.Query);
        if (query["signature"] is not null)
        {
            return GetContent(request, key, query["versionId"]!, query["expires"]!);
        }

        if (request.Headers.Authorization is not { Scheme: StoreSignature.Scheme } authorization
            || request.Headers.GetValues(StoreSignature.HashHeader).Single() != Convert.ToHexStringLower(SHA256.HashData(await ContentOf(request)))
            || authorization.Parameter != await StoreSignature.OfAsync(request, keyId, secret))
        {
            return Error(403, "SignatureDoesNotMatch");
        }

        lock (_lock)
        {
            return request.Method.Method switch
            {
                "GET" => List(query["prefix"]!, int.Parse(query["max-keys"]!, CultureInfo.InvariantCulture), query["key-marker"], query["version-id-marker"]),
                "PUT" => Copy(key, request.Headers.GetValues("x-store-copy-source").Single()),
                "DELETE" => _versions.RemoveAll(version => version.Key == key && version.Id == query["versionId"]) == 0
                    ? Error(404, "NoSuchVersion") : new HttpResponseMessage(HttpStatusCode.NoContent),
                _ => Error(405, "MethodNotAllowed"),
            };
        }
    }

    private static Task<byte[]> ContentOf(HttpRequestMessage request) => request.Content?.ReadAsByteArrayAsync() ?? Task.FromResult<byte[]>([]);

    // Objects are sorted by key, and the versions of each object newest first.
    private HttpResponseMessage List(string prefix, int maxKeys, string? keyMarker, string? versionMarker)
    {
        List<StoredVersion> all = [.. _versions.Where(version => version.Key.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(version => version.Key, StringComparer.Ordinal)];
        if (all.Count == 0)
        {
            return Error(404, "NoSuchKey");
        }

        int start = keyMarker is null ? 0 : all.FindIndex(version => version.Key == keyMarker && version.Id == versionMarker) + 1;
        List<StoredVersion> page = [.. all.Skip(start).Take(maxKeys)];
        var list = new XElement("ListVersionsResult", page.Select(version => new XElement(
            "Version",
            new XElement("Key", version.Key),
            new XElement("VersionId", version.Id),
            new XElement("IsLatest", all.Find(other => other.Key == version.Key) == version),
            new XElement("LastModified", version.Modified),
            new XElement("Size", version.Content.Length))));
        if (start + page.Count < all.Count)
        {
            list.Add(new XElement("NextKeyMarker", page[^1].Key), new XElement("NextVersionIdMarker", page[^1].Id));
        }

        return new HttpResponseMessage { Content = new StringContent(list.ToString()) };
    }

    private HttpResponseMessage Copy(string key, string source)
    {
        if (_versions.Find(version => source == $"/{version.Key}?versionId={version.Id}") is not { } version)
        {
            return Error(404, "NoSuchVersion");
        }

        Put(key, Encoding.UTF8.GetString(version.Content), version.Modified.AddDays(100));
        return new HttpResponseMessage();
    }

    private HttpResponseMessage GetContent(HttpRequestMessage request, string key, string versionId, string expires)
    {
        string path = request.RequestUri!.AbsolutePath;
        DateTimeOffset end = DateTimeOffset.FromUnixTimeSeconds(long.Parse(expires, CultureInfo.InvariantCulture));
        if (request.Headers.Authorization is not null || request.RequestUri.Query[1..] != StoreSignature.QueryUntil(path, versionId, end, secret))
        {
            return Error(403, "AccessDenied");
        }

        return _versions.Find(version => version.Key == key && version.Id == versionId) is { } version
            ? new HttpResponseMessage { Content = new ByteArrayContent(version.Content) }
            : Error(404, "NoSuchVersion");
    }

    private sealed record StoredVersion(string Key, string Id, DateTimeOffset Modified, byte[] Content);
}
