using System.Net.Http.Headers;
using FileVersions.Http.Errors;

namespace FileVersions.Http.Pipeline;

/// <summary>A request on its way through the policies, with the state of its attempts.</summary>
internal sealed class PipelineMessage : IDisposable
{
    private static readonly Version s_http2 = new(2, 0);
    private static readonly MediaTypeWithQualityHeaderValue s_json = new("application/json");

    private readonly ServiceConnection _connection;
    private CancellationTokenSource? _timeout;
    private bool _hasProgressed;

    internal PipelineMessage(ServiceConnection connection, ServiceRequest request)
    {
        _connection = connection;
        Request = request;
        Classifier = request.Classifier ?? connection.Classifier;
        Context = new ErrorContext(connection, request.FileId, request.VersionId, request.Subject);
    }

    internal ServiceRequest Request { get; }

    internal ResponseClassifier Classifier { get; }

    internal ErrorContext Context { get; }

    /// <summary>Removes the secrets of this request from everything that is said about it.</summary>
    internal Redaction Redaction { get; } = new();

    /// <summary>The request of the current attempt.</summary>
    internal HttpRequestMessage HttpRequest { get; private set; } = null!;

    /// <summary>The number of the current attempt, from 1. An attempt that is repeated at once keeps its number.</summary>
    internal int Attempt { get; private set; }

    /// <summary>How often the credential was renewed for this request.</summary>
    internal int RenewalCount { get; set; }

    /// <summary>Creates the request of an attempt.</summary>
    internal void BeginAttempt(int number)
    {
        Attempt = number;
        CreateRequest(Request.Address.StartsWith("/", StringComparison.Ordinal) ? new Uri(_connection.Root + Request.Address) : new Uri(Request.Address));
    }

    /// <summary>Cancels a source when the response does not progress for the timeout of the connection.</summary>
    internal void StartTimeout(CancellationTokenSource timeout)
    {
        _timeout = timeout;
        _connection.Clock.CancelAfter(timeout, _connection.Timeout);
    }

    /// <summary>Gives the next portion of a streamed body the full timeout.</summary>
    internal void ExtendTimeout() => _connection.Clock.CancelAfter(_timeout!, _connection.Timeout);

    /// <summary>Reports that a download got further than ever before, which renews the retry budget.</summary>
    internal void ReportProgress() => _hasProgressed = true;

    /// <summary>Returns whether progress was reported since the last call.</summary>
    internal bool TakeProgress()
    {
        bool hasProgressed = _hasProgressed;
        _hasProgressed = false;
        return hasProgressed;
    }

    public void Dispose() => HttpRequest?.Dispose();

    /// <summary>Creates the request of the current attempt for an address. An <see cref="HttpRequestMessage"/> can be sent only once.</summary>
    internal void CreateRequest(Uri address)
    {
        HttpRequest?.Dispose();
        HttpRequest = new HttpRequestMessage(Request.Method, address);
        if (Request.Receive is null)
        {
            HttpRequest.Headers.Accept.Add(s_json);
            HttpRequest.Version = HttpClients.IsModernRuntime && address.Scheme == Uri.UriSchemeHttps ? s_http2 : HttpRequest.Version;
        }

        // HttpClient may resend a request that has no content. An empty one prevents a change from being applied twice.
        HttpRequest.Content = Request.CreateContent?.Invoke(this) ?? (Request.Method == HttpMethod.Get ? null : new ByteArrayContent([]));
        Request.PrepareRequest?.Invoke(HttpRequest);
    }
}
