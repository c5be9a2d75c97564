using System.Globalization;
using System.Text;
using FileVersions.Saving;
using FileVersions.Services;
using FileVersions.UnitTests.Http;

namespace FileVersions.UnitTests.Saving;

/// <summary>A server that returns the given responses in order, and a folder for saved versions.</summary>
internal sealed class ContentServer : IAsyncDisposable
{
    private readonly RawServer _server;

    internal ContentServer(params string[] responses)
    {
        var next = new Queue<string>(responses);
        _server = new RawServer(_ =>
        {
            lock (next)
            {
                return Encoding.ASCII.GetBytes(next.Count > 0 ? next.Dequeue() : "HTTP/1.1 400 No more responses\r\nContent-Length: 0\r\n\r\n");
            }
        });
    }

    internal Uri Address => _server.Address;

    internal string Folder { get; } = Directory.CreateTempSubdirectory("fileversions-").FullName;

    /// <summary>The Range header of each request; empty for none.</summary>
    internal string[] Ranges => [.. _server.Requests.Select(head => Header(head, "Range"))];

    internal string[] IfRanges => [.. _server.Requests.Select(head => Header(head, "If-Range"))];

    /// <summary>A response with status 200. Its connection ends early if the length is larger than the body.</summary>
    internal static string Whole(string body, int? length = null, params string[] headers) =>
        Response("200 OK", body, [$"Content-Length: {length ?? body.Length}", .. headers]);

    /// <summary>A response with status 206.</summary>
    internal static string Part(string body, int start, string total, params string[] headers) =>
        Response("206 Partial Content", body, [$"Content-Length: {body.Length}", $"Content-Range: bytes {start}-{start + body.Length - 1}/{total}", .. headers]);

    internal static string Response(string status, string body, params string[] headers) =>
        string.Join("\r\n", [$"HTTP/1.1 {status}", "Connection: close", .. headers]) + "\r\n\r\n" + body;

    /// <summary>Saves a version and returns the content of its file.</summary>
    internal async Task<string> SaveAsync(VersionToSave version, IContentService? service = null)
    {
        var saver = new VersionSaver(SaveDestination.ToFolder(Folder), replace: false);
        FileInfo file = await saver.Prepare(service ?? new StubContentService(Address), version)(null, CancellationToken.None);
        return await File.ReadAllTextAsync(file.FullName);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static string Header(string head, string name) =>
        head.Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ": ", true, CultureInfo.InvariantCulture))?.Substring(name.Length + 2) ?? string.Empty;
}
