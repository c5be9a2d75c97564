using System;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace FileVersions.Http;

/// <summary>Sends requests of one account: signs them, waits where the service asks to, repeats what may be repeated, reads errors.</summary>
internal sealed class ServiceTransport
{
    private static readonly Version s_http2 = new(2, 0);

    private readonly ServiceConnection _connection;

    internal ServiceTransport(ServiceConnection connection) => _connection = connection;

    /// <summary>Sends a request and reads its reply.</summary>
    /// <param name="request">The request.</param>
    /// <param name="read">Makes the result of a successful reply's body; may throw <see cref="JsonException"/>.</param>
    /// <param name="cancellationToken">Ends the request in flight and any wait.</param>
    /// <exception cref="FileVersionException">The request failed for good.</exception>
    internal async Task<T> SendAsync<T>(ServiceRequest request, Func<ReadOnlyMemory<byte>, T> read, CancellationToken cancellationToken)
    {
        var retries = new RetryPlan(_connection.MaximumRetryCount);
        int renewals = 0;
        while (true)
        {
            // A request for a token has no token yet, and is waited for by requests that passed the gate.
            AuthenticationHeaderValue? authorization = null;
            if (request.Form is null)
            {
                await _connection.Gate.EnterAsync(cancellationToken).ConfigureAwait(false);
                authorization = await _connection.GetAuthorizationAsync(request.Log, cancellationToken).ConfigureAwait(false);
            }

            FileVersionException failure;
            try
            {
                return await SendOnceAsync(request, authorization, read, cancellationToken).ConfigureAwait(false);
            }
            catch (FileVersionException e)
            {
                failure = e;
            }

            if (failure.StatusCode == HttpStatusCode.Unauthorized && authorization is not null
                && await _connection.TryRenewAsync(authorization, renewals, request.Log, cancellationToken).ConfigureAwait(false))
            {
                renewals++;
                continue;
            }

            if (!request.IsRepeatable || !IsPassing(failure) || retries.Next(failure.RetryAfter) is not { } wait)
            {
                throw failure;
            }

            request.Log?.Invoke(string.Format(
                CultureInfo.CurrentCulture,
                Texts.Waiting,
                wait.TotalSeconds,
                retries.Count,
                _connection.MaximumRetryCount,
                failure.Message));
            if (failure.Kind == FileVersionErrorKind.RateLimited && authorization is not null)
            {
                _connection.Gate.Close(wait);
            }
            else
            {
                await Task.Delay(wait, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // A proxy that wants a sign-in wants it the next time too.
    private static bool IsPassing(FileVersionException failure) => failure.StatusCode != HttpStatusCode.ProxyAuthenticationRequired && failure.Kind
        is FileVersionErrorKind.RateLimited
        or FileVersionErrorKind.ServiceUnavailable
        or FileVersionErrorKind.RequestTimedOut
        or FileVersionErrorKind.ConnectionFailed;

    private async Task<T> SendOnceAsync<T>(
        ServiceRequest request,
        AuthenticationHeaderValue? authorization,
        Func<ReadOnlyMemory<byte>, T> read,
        CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_connection.Timeout);
        try
        {
            using HttpRequestMessage message = CreateMessage(request, authorization);
            using HttpResponseMessage response = await _connection.Http
                .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
            using CancellationTokenRegistration hangUp = HttpClients.IsModernRuntime ? default : patience.Token.Register(response.Dispose);
            using PooledBody body = await PooledBody.ReadAsync(response.Content, patience.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? read(body.Bytes) : throw CreateError(request, response, body.Bytes);
        }
        catch (FileVersionException e) when (e.FileId is null)
        {
            e.FileId = request.FileId;
            e.VersionId = request.VersionId;
            throw;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception e) when (patience.IsCancellationRequested && e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            throw CreateError(request, FileVersionErrorKind.RequestTimedOut, Texts.TimedOut, _connection.Timeout.TotalSeconds, e);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            throw CreateError(request, FileVersionErrorKind.InvalidResponse, Texts.ReplyInvalid, Shortened(e.Message), e);
        }
        catch (HttpRequestException e) when (HttpClients.StatusOf(e) == HttpStatusCode.ProxyAuthenticationRequired)
        {
            throw ProxyRefused(request, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw CreateError(request, FileVersionErrorKind.ConnectionFailed, Texts.ConnectionFailed, Shortened(e.GetBaseException().Message), e);
        }
    }

    private static string Shortened(string text) => text.Length > 300 ? text.Substring(0, 300) + "…" : text;

    private HttpRequestMessage CreateMessage(ServiceRequest request, AuthenticationHeaderValue? authorization)
    {
        var message = new HttpRequestMessage(request.Method, _connection.Root + request.Path);
        if (HttpClients.IsModernRuntime && message.RequestUri!.Scheme == Uri.UriSchemeHttps)
        {
            message.Version = s_http2;
        }

        message.Headers.Authorization = authorization;
        message.Headers.Accept.ParseAdd("application/json");
        if (request.AsUser is not null)
        {
            message.Headers.Add("As-User", request.AsUser);
        }

        if (request.JsonBody is not null)
        {
            message.Content = new StringContent(request.JsonBody, Encoding.UTF8, "application/json");
        }
        else if (request.Form is not null)
        {
            message.Content = new FormUrlEncodedContent(request.Form());
        }

        return message;
    }

    private FileVersionException CreateError(ServiceRequest request, HttpResponseMessage response, ReadOnlyMemory<byte> body)
    {
        ErrorReply reply = ErrorReply.Parse(body);
        int status = (int)response.StatusCode;
        if (response.StatusCode == HttpStatusCode.ProxyAuthenticationRequired)
        {
            return ProxyRefused(request, null);
        }

        FileVersionErrorKind kind = status < 400 ? FileVersionErrorKind.InvalidResponse : _connection.KindOf(status);
        string? challenge = response.Headers.WwwAuthenticate.Count > 0 ? Shortened(response.Headers.WwwAuthenticate.ToString()) : null;
        string said = reply.Message ?? challenge ?? response.ReasonPhrase ?? string.Empty;
        string? requestId = _connection.ReadRequestId(response.Headers, reply);
        string message = string.Format(
            CultureInfo.CurrentCulture,
            ErrorTexts.For(kind),
            Subject(request),
            _connection.Service,
            status,
            said,
            ErrorTexts.Reference(reply.Code, requestId),
            kind == FileVersionErrorKind.AuthenticationFailed ? _connection.AdviseRefused(status, said) : string.Empty);
        return new FileVersionException(kind, message)
        {
            FileId = request.FileId,
            VersionId = request.VersionId,
            StatusCode = response.StatusCode,
            ServiceCode = reply.Code,
            ServiceMessage = reply.Message ?? challenge,
            RequestId = requestId,
            RetryAfter = _connection.ReadServerWait(response.Headers),
            ServiceTime = response.Headers.Date,
        };
    }

    private FileVersionException ProxyRefused(ServiceRequest request, Exception? cause) =>
        new(
            FileVersionErrorKind.ConnectionFailed,
            string.Format(CultureInfo.CurrentCulture, Texts.ProxyRefused, Subject(request), _connection.Peer),
            cause)
        {
            FileId = request.FileId,
            VersionId = request.VersionId,
            StatusCode = HttpStatusCode.ProxyAuthenticationRequired,
        };

    private FileVersionException CreateError(ServiceRequest request, FileVersionErrorKind kind, string text, object detail, Exception cause) =>
        new(kind, string.Format(CultureInfo.CurrentCulture, text, Subject(request), _connection.Peer, detail), cause)
        {
            FileId = request.FileId,
            VersionId = request.VersionId,
        };

    private static string Subject(ServiceRequest request) => ErrorTexts.Subject(request.FileId, request.VersionId);
}
