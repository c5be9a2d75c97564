using FileVersions.Http.Errors;

namespace FileVersions.Http.Pipeline;

/// <summary>Sends one request and receives its response, within the timeout of the connection.</summary>
internal sealed class TransportPolicy(ServiceConnection connection, Func<HttpClient> getClient) : PipelinePolicy
{
    internal override async Task<AttemptOutcome> SendAsync(PipelineMessage message, NextPolicy next, CancellationToken cancellationToken)
    {
        Uri address = message.HttpRequest.RequestUri!;
        if (!ServiceAddress.IsSafe(address, connection.BaseUri))
        {
            string reason = Texts.HttpAddressUnsafe.FormatWith(address.GetLeftPart(UriPartial.Authority));
            return TransportFailure.ToOutcome(new InvalidDataException(reason), isTimeout: false)!;
        }

        HttpClients.LimitConnectionAge(address);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        message.StartTimeout(timeout);
        HttpResponseMessage? response = null;
        try
        {
            response = await getClient()
                .SendAsync(message.HttpRequest, HttpCompletionOption.ResponseHeadersRead, timeout.Token).ConfigureAwait(false);

            // .NET Framework does not cancel reading a body.
            using CancellationTokenRegistration abort = HttpClients.IsModernRuntime ? default : timeout.Token.Register(response.Dispose);
            return await ReceiveAsync(message, response, timeout.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            response?.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            if (TransportFailure.ToOutcome(e, timeout.IsCancellationRequested) is { } failure)
            {
                return failure;
            }

            throw;
        }
    }

    private async Task<AttemptOutcome> ReceiveAsync(PipelineMessage message, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        bool isSuccess = message.Classifier.IsSuccess((int)response.StatusCode);
        if (isSuccess && message.Request.Receive is { } receive)
        {
            await receive(message, response, cancellationToken).ConfigureAwait(false);
            return new AttemptOutcome { Response = new ServiceResponse(response, body: null) };
        }

        PooledBody body = await PooledBody.ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
        var complete = new ServiceResponse(response, body);
        return isSuccess ? new AttemptOutcome { Response = complete } : message.Classifier.Classify(message, complete, connection.Clock.UtcNow);
    }
}
