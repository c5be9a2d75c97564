using System.Collections.Concurrent;
using System.Net;

namespace FileVersions.UnitTests.Support;

/// <summary>Answers requests in memory.</summary>
internal sealed class StubTransport(Func<int, HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    private int _count;

    /// <summary>Creates a transport that answers every request alike.</summary>
    internal StubTransport(Func<HttpResponseMessage> answer)
        : this((_, _) => answer())
    {
    }

    /// <summary>Creates a transport that returns these statuses in order, and then repeats the last one.</summary>
    internal static StubTransport WithStatuses(params int[] statuses) =>
        new((number, _) => new HttpResponseMessage((HttpStatusCode)statuses[Math.Min(number, statuses.Length) - 1]));

    /// <summary>The methods and addresses of the requests, in order.</summary>
    internal ConcurrentQueue<string> Requests { get; } = [];

    internal int Count => _count;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Requests.Enqueue($"{request.Method} {request.RequestUri}");
        try
        {
            HttpResponseMessage response = answer(Interlocked.Increment(ref _count), request);

            // Real transports always set the content; on .NET Framework it would be null.
            response.Content ??= new ByteArrayContent([]);
            return Task.FromResult(response);
        }
        catch (Exception e)
        {
            return Task.FromException<HttpResponseMessage>(e);
        }
    }
}
