using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Json;

namespace FileVersions.Http;

/// <summary>Sends requests of one account: signs them, waits where the service asks to, repeats what may be repeated, reads errors.</summary>
internal sealed class ServiceTransport
{
    private const HttpStatusCode TooManyRequests = (HttpStatusCode)429;

    private static readonly Version s_http2 = new(2, 0);
    private static readonly MediaTypeWithQualityHeaderValue s_json = new("application/json");

    // Of a request for a token.
    private static readonly HashSet<string> s_secretFields = new(StringComparer.Ordinal) { "client_secret", "assertion", "refresh_token" };

    private readonly ServiceConnection _connection;

    internal ServiceTransport(ServiceConnection connection) => _connection = connection;

    /// <summary>Sends a request and reads its reply.</summary>
    /// <param name="request">The request.</param>
    /// <param name="read">
    /// Makes the result of a successful reply's body. Whatever it throws means that the reply is not what the service promises.
    /// </param>
    /// <param name="cancellationToken">Ends the request in flight and any wait.</param>
    /// <exception cref="FileVersionException">The request failed for good.</exception>
    internal async Task<T> SendAsync<T>(ServiceRequest request, Func<ReadOnlyMemory<byte>, T> read, CancellationToken cancellationToken)
    {
        CheckAsUser(request);
        AccountGate gate = _connection.GateFor(request.AsUser);
        var retries = new RetryPlan(_connection.MaximumRetryCount);
        int renewals = 0;
        bool mayBeDone = false;
        while (true)
        {
            // A request for a token has no token yet, and is waited for by requests that passed the gate.
            AuthenticationHeaderValue? authorization = null;
            AccountGate.Ticket? ticket = null;
            if (request.Form is null)
            {
                ticket = await gate.EnterAsync(request.Log is null ? null : wait => LogPause(request, wait), cancellationToken).ConfigureAwait(false);
                authorization = await SignAsync(request, cancellationToken).ConfigureAwait(false);
            }

            FileVersionException failure;
            try
            {
                T result = await SendOnceAsync(request, authorization, read, retries.Count + 1, cancellationToken).ConfigureAwait(false);
                if (ticket is not null)
                {
                    gate.Accepted(ticket);
                }

                return result;
            }
            catch (FileVersionException e)
            {
                failure = e;
            }

            if (ticket is not null && failure.StatusCode is not null and not TooManyRequests)
            {
                gate.Accepted(ticket);
            }

            if (mayBeDone && request.GoneIsDone && failure.Kind == FileVersionErrorKind.FileVersionNotFound)
            {
                return read(ReadOnlyMemory<byte>.Empty);
            }

            if (failure.StatusCode == HttpStatusCode.Unauthorized && authorization is not null
                && await _connection.TryRenewAsync(authorization, renewals, request.Log, cancellationToken).ConfigureAwait(false))
            {
                renewals++;
                continue;
            }

            await WaitOrThrowAsync(request, gate, ticket, retries, failure, cancellationToken).ConfigureAwait(false);
            mayBeDone |= failure.StatusCode != TooManyRequests;
        }
    }

    /// <summary>
    /// Removes something. Both services answer 204; any other success, such as the page of a proxy, is no word that it is gone.
    /// </summary>
    /// <param name="path">Path behind the base address, escaped.</param>
    /// <param name="fileId">The file it is about.</param>
    /// <param name="versionId">The version it is about.</param>
    /// <param name="asUser">The Box user to act for, or null.</param>
    /// <param name="log">Told of each wait.</param>
    /// <param name="cancellationToken">Ends the request in flight and any wait.</param>
    /// <exception cref="FileVersionException">The request failed for good.</exception>
    internal Task<bool> RemoveAsync(string path, string fileId, string versionId, string? asUser, Action<string>? log, CancellationToken cancellationToken)
    {
        HttpStatusCode status = default;
        var request = new ServiceRequest(HttpMethod.Delete, path, fileId, versionId)
        {
            AsUser = asUser,
            GoneIsDone = true,
            Log = log,
            TakesHead = response =>
            {
                status = response.StatusCode;
                return false;
            },
        };
        return SendAsync(
            request,
            _ => status is HttpStatusCode.NoContent or HttpStatusCode.NotFound ? true : throw new JsonException(Texts.RemovalUnconfirmed),
            cancellationToken);
    }

    /// <summary>Waits before the next try of a request; throws its failure when there is to be none.</summary>
    private static async Task WaitOrThrowAsync(
        ServiceRequest request,
        AccountGate gate,
        AccountGate.Ticket? ticket,
        RetryPlan retries,
        FileVersionException failure,
        CancellationToken cancellationToken)
    {
        bool passesGate = ticket is not null && failure.StatusCode == TooManyRequests;
        TimeSpan wait = retries.WaitFor(failure.RetryAfter);

        // A pause that nobody would sit out is not imposed on the others either: each learns from the service itself.
        bool isToBlame = !passesGate || !RetryPlan.IsBearable(wait) || gate.Refused(ticket!, wait);
        if (!MayRepeat(request, failure) || !retries.TryAgain(wait, isFree: !isToBlame))
        {
            ExceptionDispatchInfo.Capture(failure).Throw();
        }

        request.Log?.Invoke(retries.Describe(wait, failure));
        if (!passesGate)
        {
            await Task.Delay(wait, cancellationToken).ConfigureAwait(false);
        }
    }

    // What the service did not take on at all may be sent again, whatever it is.
    private static bool MayRepeat(ServiceRequest request, FileVersionException failure) =>
        IsPassing(failure) && (request.IsRepeatable || failure.Kind == FileVersionErrorKind.RateLimited);

    // A proxy that wants a sign-in wants it the next time too, and a service that does not know how will not learn it.
    internal static bool IsPassing(FileVersionException failure) => failure.Kind switch
    {
        FileVersionErrorKind.RateLimited or FileVersionErrorKind.RequestTimedOut => true,
        FileVersionErrorKind.ServiceUnavailable => (int?)failure.StatusCode is 500 or 502 or 503 or 504,
        FileVersionErrorKind.ConnectionFailed => failure.StatusCode != HttpStatusCode.ProxyAuthenticationRequired,
        _ => false,
    };

    private static void LogPause(ServiceRequest request, TimeSpan wait) =>
        request.Log!(string.Format(CultureInfo.CurrentCulture, Texts.Paused, wait.TotalSeconds, Subject(request)));

    /// <exception cref="FileVersionException">The user's id would not be one header, but more, or none.</exception>
    private static void CheckAsUser(ServiceRequest request)
    {
        if (request.AsUser is not null && !IsHeaderText(request.AsUser, mayHoldBlanks: true))
        {
            throw new FileVersionException(
                FileVersionErrorKind.InvalidRequest,
                string.Format(CultureInfo.CurrentCulture, Texts.AsUserImpossible, ShownText.OfId(request.AsUser), Subject(request)))
            {
                FileId = request.FileId,
                VersionId = request.VersionId,
            };
        }
    }

    // Every message of the framework about a credential that cannot be sent would show it.
    private async Task<AuthenticationHeaderValue> SignAsync(ServiceRequest request, CancellationToken cancellationToken)
    {
        AuthenticationHeaderValue authorization;
        try
        {
            authorization = await _connection.GetAuthorizationAsync(request.Log, cancellationToken).ConfigureAwait(false);
        }
        catch (FormatException)
        {
            throw CredentialImpossible();
        }

        return authorization.Parameter is { } parameter && IsHeaderText(parameter, mayHoldBlanks: false) ? authorization : throw CredentialImpossible();
    }

    private FileVersionException CredentialImpossible() => new(
        FileVersionErrorKind.AuthenticationFailed,
        string.Format(CultureInfo.CurrentCulture, Texts.CredentialImpossible, _connection.Service));

    private static bool IsHeaderText(string text, bool mayHoldBlanks)
    {
        foreach (char c in text)
        {
            if (!HeaderText.MayHold(c) && !(c == ' ' && mayHoldBlanks))
            {
                return false;
            }
        }

        return text.Length > 0;
    }

    private async Task<T> SendOnceAsync<T>(
        ServiceRequest request,
        AuthenticationHeaderValue? authorization,
        Func<ReadOnlyMemory<byte>, T> read,
        int attempt,
        CancellationToken cancellationToken)
    {
        var exchange = new Exchange(request, attempt, new Redaction().Hide(authorization));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_connection.Timeout);
        try
        {
            using HttpRequestMessage message = CreateMessage(exchange, authorization);
            using HttpResponseMessage response = await _connection.Http
                .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
            exchange.Status = response.StatusCode;
            using CancellationTokenRegistration hangUp = HttpClients.IsModernRuntime ? default : patience.Token.Register(response.Dispose);
            using PooledBody body = await PooledBody
                .ReadAsync(response.Content, response.IsSuccessStatusCode ? request.TakesBeginning : null, patience.Token).ConfigureAwait(false);
            bool isAnswer = request.TakesHead?.Invoke(response) ?? false;
            return isAnswer || response.IsSuccessStatusCode ? Read(exchange, body.Bytes, read) : throw CreateError(exchange, response, body.Bytes);
        }
        catch (FileVersionException)
        {
            throw;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception e) when (Explain(exchange, e, patience.IsCancellationRequested) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>Reads a successful reply that is here already. Whatever it holds, it ends as <see cref="Read{T}(Exchange, ReadOnlyMemory{byte}, Func{ReadOnlyMemory{byte}, T})"/> says.</summary>
    internal T Read<T>(ServiceRequest request, ReadOnlyMemory<byte> body, Func<ReadOnlyMemory<byte>, T> read) =>
        Read(new Exchange(request, 1, new Redaction()), body, read);

    /// <summary>What an exception on the way of a request means; null when it has nothing to do with that way.</summary>
    internal FileVersionException? Explain(Exchange exchange, Exception e, bool timeIsUp) => e switch
    {
        OperationCanceledException or IOException or ObjectDisposedException when timeIsUp =>
            CreateError(exchange, FileVersionErrorKind.RequestTimedOut, Texts.TimedOut, _connection.Timeout.TotalSeconds, e),
        _ when e is InvalidDataException || HttpClients.IsNoHttp(e) =>
            CreateError(exchange, FileVersionErrorKind.InvalidResponse, Texts.ReplyInvalid, Sentence(exchange, e), e),
        HttpRequestException refused when HttpClients.StatusOf(refused) == HttpStatusCode.ProxyAuthenticationRequired =>
            ProxyRefused(exchange.Request, exchange.Redaction.Apply(e)),
        HttpRequestException or IOException =>
            CreateError(exchange, FileVersionErrorKind.ConnectionFailed, Texts.ConnectionFailed, Sentence(exchange, e.GetBaseException()), e),
        _ => null,
    };

    /// <summary>Whatever a reply holds, it ends in a result or in <see cref="FileVersionErrorKind.InvalidResponse"/>.</summary>
    private T Read<T>(Exchange exchange, ReadOnlyMemory<byte> body, Func<ReadOnlyMemory<byte>, T> read)
    {
        try
        {
            return read(body);
        }
#pragma warning disable CA1031 // Hostile replies find their way to exceptions that no document lists.
        catch (Exception e) when (e is not FileVersionException)
#pragma warning restore CA1031
        {
            string detail = ErrorReply.PageTitle(body, exchange.Redaction) switch
            {
                null => Sentence(exchange, e),
                "" => Texts.ReplyIsUntitledPage,
                { } title => string.Format(CultureInfo.CurrentCulture, Texts.ReplyIsPage, title),
            };
            throw CreateError(exchange, FileVersionErrorKind.InvalidResponse, Texts.ReplyInvalid, detail, e);
        }
    }

    private static string Sentence(Exchange exchange, Exception e) => ErrorTexts.Sentence(exchange.Redaction.Apply(e.Message));

    private HttpRequestMessage CreateMessage(Exchange exchange, AuthenticationHeaderValue? authorization)
    {
        ServiceRequest request = exchange.Request;
        var message = new HttpRequestMessage(request.Method, _connection.Root + request.Path);
        if (HttpClients.IsModernRuntime && message.RequestUri!.Scheme == Uri.UriSchemeHttps)
        {
            message.Version = s_http2;
        }

        message.Headers.Authorization = authorization;
        message.Headers.Accept.Add(s_json);
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
            List<KeyValuePair<string, string>> fields = [.. request.Form()];
            foreach (KeyValuePair<string, string> field in fields)
            {
                if (s_secretFields.Contains(field.Key))
                {
                    exchange.Redaction.Hide(field.Value);
                }
            }

            message.Content = new FormUrlEncodedContent(fields);
        }
        else if (request.Method != HttpMethod.Get)
        {
            // The HTTP client repeats by itself what has no content, and nobody would know of the first time.
            message.Content = new ByteArrayContent([]);
        }

        return message;
    }

    /// <summary>The error that a reply tells of.</summary>
    internal FileVersionException CreateError(Exchange exchange, HttpResponseMessage response, ReadOnlyMemory<byte> body)
    {
        ServiceRequest request = exchange.Request;
        Redaction redaction = exchange.Redaction;
        if (response.StatusCode == HttpStatusCode.ProxyAuthenticationRequired)
        {
            return ProxyRefused(request, null);
        }

        int status = (int)response.StatusCode;
        FileVersionErrorKind kind = status is < 400 or > 599 ? FileVersionErrorKind.InvalidResponse : (request.KindOf ?? _connection.KindOf)(status);
        ErrorReply reply = ErrorReply.Parse(body, redaction);
        (string? error, string? description) = HeaderText.Challenge(response.Headers);
        string? code = reply.Code ?? Shown(redaction, error);
        string? said = reply.Message ?? Shown(redaction, description);
        string? requestId = Shown(redaction, _connection.ReadRequestId(response.Headers, reply));
        TimeSpan? serverWait = _connection.ReadServerWait(response.Headers);
        string message = string.Format(
            CultureInfo.CurrentCulture,
            ErrorTexts.For(kind),
            Subject(request),
            _connection.Service,
            ErrorTexts.Reference(status, Shown(redaction, response.ReasonPhrase), code, requestId, Attempt(exchange, kind)),
            ErrorTexts.Says(_connection.Service, said),
            kind == FileVersionErrorKind.AuthenticationFailed ? _connection.AdviseRefused(status, said ?? string.Empty) : ErrorTexts.Advice(kind, code, serverWait));
        return new FileVersionException(kind, message)
        {
            FileId = request.FileId,
            VersionId = request.VersionId,
            StatusCode = response.StatusCode,
            ServiceCode = code,
            ServiceMessage = said,
            RequestId = requestId,
            RetryAfter = serverWait,
            ServiceTime = response.Headers.Date,
        };
    }

    private static string? Shown(Redaction redaction, string? text) => text is null ? null : ShownText.Of(redaction.Apply(text), 250);

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

    private FileVersionException CreateError(Exchange exchange, FileVersionErrorKind kind, string text, object detail, Exception cause)
    {
        string? attempt = Attempt(exchange, kind);
        string aside = attempt is null ? string.Empty : string.Format(CultureInfo.CurrentCulture, Texts.AttemptAside, attempt);
        string message = string.Format(CultureInfo.CurrentCulture, text, Subject(exchange.Request), _connection.Peer, detail, aside);
        return new FileVersionException(kind, message, exchange.Redaction.Apply(cause))
        {
            FileId = exchange.Request.FileId,
            VersionId = exchange.Request.VersionId,
            StatusCode = kind == FileVersionErrorKind.InvalidResponse ? exchange.Status : null,
        };
    }

    /// <summary>"try 2 of 6", for what is tried more than once.</summary>
    private string? Attempt(Exchange exchange, FileVersionErrorKind kind) =>
        _connection.MaximumRetryCount > 0 && exchange.Request.IsRepeatable
        && kind is FileVersionErrorKind.RateLimited or FileVersionErrorKind.ServiceUnavailable or FileVersionErrorKind.RequestTimedOut or FileVersionErrorKind.ConnectionFailed
            ? string.Format(CultureInfo.CurrentCulture, Texts.Attempt, exchange.Attempt, _connection.MaximumRetryCount + 1)
            : null;

    private static string Subject(ServiceRequest request) => ErrorTexts.Subject(request.FileId, request.VersionId);

    /// <summary>One try of a request.</summary>
    internal sealed class Exchange(ServiceRequest request, int attempt, Redaction redaction)
    {
        internal ServiceRequest Request { get; } = request;

        internal int Attempt { get; } = attempt;

        internal Redaction Redaction { get; } = redaction;

        internal HttpStatusCode? Status { get; set; }
    }
}
