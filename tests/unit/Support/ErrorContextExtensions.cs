using FileVersions.Http;
using FileVersions.Http.Errors;

namespace FileVersions.UnitTests.Support;

internal static class ErrorContextExtensions
{
    /// <summary>Reads a body as that of a response with status 200.</summary>
    internal static T Read<T>(this ErrorContext context, ReadOnlyMemory<byte> body, Func<ReadOnlyMemory<byte>, T> read)
    {
        using var content = new ByteArrayContent(body.ToArray());
        using var response = new ServiceResponse(new HttpResponseMessage(), PooledBody.ReadAsync(content, default).GetAwaiter().GetResult());
        return context.Read(response, new Redaction(), complete => read(complete.Body));
    }
}
