using System.IO.Compression;
using System.Text;

namespace FileVersions.Emulator.Http;

/// <summary>The reply to a request, before it is written.</summary>
internal sealed class Reply : IDisposable
{
    internal const string Json = "application/json";
    internal const string JsonUtf8 = "application/json; charset=utf-8";
    internal const string Html = "text/html; charset=utf-8";

    private const string ContentEncoding = "Content-Encoding";

    private PooledBuffer? _pooled;

    internal Reply(int status, string? contentType = null, Body body = default)
    {
        Status = status;
        ContentType = contentType;
        Body = body;
    }

    internal Reply(int status, string contentType, PooledBuffer body)
        : this(status, contentType, new Body(body.Written)) => _pooled = body;

    internal int Status { get; set; }

    internal string? ContentType { get; set; }

    internal Body Body { get; private set; }

    internal List<KeyValuePair<string, string>> Headers { get; } = new(4);

    internal static Reply Text(int status, string contentType, string body) => new(status, contentType, new Body(Encoding.UTF8.GetBytes(body)));

    internal Reply With(string header, string value)
    {
        Headers.Add(new(header, value));
        return this;
    }

    internal void ReplaceBody(byte[] body)
    {
        Dispose();
        Body = new Body(body);
        Headers.RemoveAll(h => h.Key == ContentEncoding);
    }

    /// <summary>Compresses the body unless it is small, streamed or already encoded. Returns whether it did.</summary>
    internal bool Compress()
    {
        if (Body.IsStreamed || Body.Length < 256 || Headers.Exists(h => h.Key == ContentEncoding))
        {
            return false;
        }

        var compressed = new PooledBuffer((int)Body.Length / 2);
        using (var gzip = new GZipStream(compressed.AsStream(), CompressionLevel.Fastest))
        {
            gzip.Write(Body.Bytes.Span);
        }

        Dispose();
        _pooled = compressed;
        Body = new Body(compressed.Written);
        With(ContentEncoding, "gzip");
        return true;
    }

    public void Dispose()
    {
        _pooled?.Dispose();
        _pooled = null;
    }
}
