using System.Net;
using System.Net.Http.Headers;

namespace FileVersions.Http;

/// <summary>A complete response. Its body is a rented buffer and must not be used after <see cref="Dispose"/>.</summary>
internal sealed class ServiceResponse(HttpResponseMessage message, PooledBody? body) : IDisposable
{
    internal HttpStatusCode StatusCode => message.StatusCode;

    internal string? ReasonPhrase => message.ReasonPhrase;

    internal HttpResponseHeaders Headers => message.Headers;

    /// <summary>The body; empty if the request received it as a stream.</summary>
    internal ReadOnlyMemory<byte> Body => body?.Bytes ?? default;

    public void Dispose()
    {
        body?.Dispose();
        message.Dispose();
    }
}
