using System;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Http;
using FileVersions.Json;

namespace FileVersions.Box.SignIn;

/// <summary>Asks a service for tokens (OAuth 2), over the same way as all its requests.</summary>
internal sealed class TokenClient
{
    internal const string Path = "/oauth2/token";

    // Box's tokens live 60 minutes; a reply that names no life gets that.
    private static readonly TimeSpan s_usualLife = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan s_longestLife = TimeSpan.FromDays(1);

    private readonly ServiceConnection _connection;
    private readonly ServiceTransport _transport;
    private readonly TokenGrant _grant;

    internal TokenClient(ServiceConnection connection, TokenGrant grant)
    {
        _connection = connection;
        _transport = new ServiceTransport(connection);
        _grant = grant;
    }

    /// <summary>Asks for a token.</summary>
    /// <exception cref="FileVersionException">There is none to be had.</exception>
    internal async Task<AccessToken> FetchAsync(Action<string>? log, CancellationToken cancellationToken)
    {
        long asked = 0;
        var request = new ServiceRequest(HttpMethod.Post, Path)
        {
            Form = () =>
            {
                asked = Stopwatch.GetTimestamp();
                return _grant.CreateForm();
            },
            Log = log,
        };
        for (bool corrected = false; ; corrected = true)
        {
            try
            {
                return await _transport.SendAsync(request, body => ReadToken(body, asked), cancellationToken).ConfigureAwait(false);
            }
            catch (FileVersionException e) when (IsRefusal(e))
            {
                if (corrected || e.ServiceCode != "invalid_grant" || e.ServiceTime is not { } time || !_grant.TrySetClock(time))
                {
                    throw Explain(e);
                }

                log?.Invoke(string.Format(CultureInfo.CurrentCulture, Texts.ClockCorrected, _connection.Service, time));
            }
        }
    }

    private static bool IsRefusal(FileVersionException failure) =>
        failure.Kind is FileVersionErrorKind.AuthenticationFailed
            or FileVersionErrorKind.AccessDenied
            or FileVersionErrorKind.InvalidRequest
            or FileVersionErrorKind.FileVersionNotFound;

    private FileVersionException Explain(FileVersionException refusal)
    {
        return refusal.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed
            ? Copy(refusal, FileVersionErrorKind.InvalidRequest, string.Format(
                CultureInfo.CurrentCulture, Texts.TokenAddressWrong, _connection.Service, _connection.Root + Path, (int)refusal.StatusCode))
            : Copy(refusal, FileVersionErrorKind.AuthenticationFailed, string.Format(
                CultureInfo.CurrentCulture,
                Texts.AuthenticationFailed,
                ErrorTexts.Subject(null, null),
                _connection.Service,
                ErrorTexts.Reference((int)refusal.StatusCode!, null, refusal.ServiceCode, refusal.RequestId, null),
                ErrorTexts.Says(_connection.Service, refusal.ServiceMessage),
                _grant.Advise(refusal.ServiceCode)));
    }

    private static FileVersionException Copy(FileVersionException refusal, FileVersionErrorKind kind, string message) => new(kind, message)
    {
        StatusCode = refusal.StatusCode,
        ServiceCode = refusal.ServiceCode,
        ServiceMessage = refusal.ServiceMessage,
        RequestId = refusal.RequestId,
        ServiceTime = refusal.ServiceTime,
    };

    private static AccessToken ReadToken(ReadOnlyMemory<byte> body, long asked)
    {
        int mark = body.Length - JsonBytes.WithoutMark(body.Span).Length;
        using JsonDocument document = JsonDocument.Parse(body.Slice(mark));
        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("access_token", out JsonElement token)
            || token.ValueKind != JsonValueKind.String || new Secret(token.GetString()!) is not { IsHeaderText: true } text)
        {
            throw new JsonException(Texts.TokenMissing);
        }

        return new AccessToken(text, asked, ReadLife(root));
    }

    private static TimeSpan ReadLife(JsonElement root)
    {
        if (!root.TryGetProperty("expires_in", out JsonElement life) || !TryReadNumber(life, out double seconds) || !(seconds >= 0))
        {
            return s_usualLife;
        }

        return seconds < s_longestLife.TotalSeconds ? TimeSpan.FromSeconds(seconds) : s_longestLife;
    }

    private static bool TryReadNumber(JsonElement value, out double number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number
            ? value.TryGetDouble(out number)
            : value.ValueKind == JsonValueKind.String
                && double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }
}
