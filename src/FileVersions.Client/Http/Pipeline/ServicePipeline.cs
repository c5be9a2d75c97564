using System.Net;
using System.Text.Json;
using FileVersions.Http.Errors;
using FileVersions.Http.Throttling;

namespace FileVersions.Http.Pipeline;

/// <summary>Sends requests for one connection through a fixed order of policies, and converts the final outcome to a result or an exception.</summary>
internal sealed class ServicePipeline
{
    private readonly ServiceConnection _connection;
    private readonly PipelinePolicy[] _policies;

    private ServicePipeline(ServiceConnection connection, params PipelinePolicy[] policies)
    {
        _connection = connection;
        _policies = policies;
    }

    /// <summary>For the service's API. The credential is added last, so that a signature can cover the whole request.</summary>
    internal static ServicePipeline ForRequests(ServiceConnection connection, Throttle throttle) => new(
        connection,
        [
            Retry(connection),
            new ThrottlePolicy(throttle),
            .. connection.ServicePolicies,
            new AuthenticationPolicy(connection),
            new LogPolicy(connection.Clock),
            new TransportPolicy(connection, connection.GetClient),
        ]);

    /// <summary>For content on other hosts: without a credential, and following redirects.</summary>
    internal static ServicePipeline ForContent(ServiceConnection connection) => new(
        connection,
        Retry(connection),
        new RedirectPolicy(),
        new LogPolicy(connection.Clock),
        new TransportPolicy(connection, connection.GetContentClient));

    /// <summary>For tokens: these requests contain their own credential, and bypass the throttle because throttled requests wait for them.</summary>
    internal static ServicePipeline ForTokens(ServiceConnection connection) => new(
        connection, Retry(connection), new LogPolicy(connection.Clock), new TransportPolicy(connection, connection.GetClient));

    /// <summary>Sends a request and reads the body of its response. Any exception of the reader means that the response is invalid.</summary>
    /// <exception cref="FileVersionException">The request failed.</exception>
    internal Task<T> SendAsync<T>(ServiceRequest request, Func<ReadOnlyMemory<byte>, T> read, CancellationToken cancellationToken) =>
        SendAsync(request, (ServiceResponse response) => read(response.Body), cancellationToken);

    /// <summary>Sends a request and reads its response. Any exception of the reader means that the response is invalid.</summary>
    /// <exception cref="FileVersionException">The request failed.</exception>
    internal async Task<T> SendAsync<T>(ServiceRequest request, Func<ServiceResponse, T> read, CancellationToken cancellationToken)
    {
        using var message = new PipelineMessage(_connection, request);
        using AttemptOutcome outcome = await new NextPolicy(_policies, 0).SendAsync(message, cancellationToken).ConfigureAwait(false);
        if (outcome.ErrorKind is not null)
        {
            throw ErrorFactory.Create(message, outcome);
        }

        return message.Context.Read(outcome.Response!, message.Redaction, read);
    }

    /// <summary>Sends a request that removes a version. Any success other than 204, such as the page of a proxy, does not confirm the removal.</summary>
    /// <exception cref="FileVersionException">The request failed.</exception>
    internal Task RemoveAsync(string address, string fileId, string versionId, Action<string>? log, CancellationToken cancellationToken)
    {
        var request = new ServiceRequest(HttpMethod.Delete, address, fileId, versionId) { TreatNotFoundAsSuccess = true, Log = log };
        return SendAsync(
            request,
            (ServiceResponse response) => response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.NotFound
                ? true
                : throw new JsonException(Texts.HttpRemovalUnconfirmed),
            cancellationToken);
    }

    private static RetryPolicy Retry(ServiceConnection connection) => new(connection.MaximumRetryCount, connection.Clock, connection.Jitter);
}
