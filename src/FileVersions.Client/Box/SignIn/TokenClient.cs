using System.Globalization;
using System.Text.Json;
using FileVersions.Http;
using FileVersions.Http.Pipeline;
using FileVersions.Json;

namespace FileVersions.Box.SignIn;

/// <summary>Requests tokens from Box (OAuth 2).</summary>
internal sealed class TokenClient(ServiceConnection connection, TokenGrant grant)
{
    internal const string Path = "/oauth2/token";

    // Box's tokens are valid for 60 minutes.
    private static readonly TimeSpan s_defaultLifetime = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan s_maxLifetime = TimeSpan.FromDays(1);

    private static readonly HashSet<string> s_secretFields = new(StringComparer.Ordinal) { "client_secret", "assertion" };

    private readonly ServicePipeline _pipeline = ServicePipeline.ForTokens(connection);

    /// <summary>Requests a token. If Box rejects the time in the request, the request is repeated once with Box's time.</summary>
    /// <exception cref="FileVersionException">Box did not issue a token.</exception>
    internal async Task<AccessToken> FetchAsync(Action<string>? log, CancellationToken cancellationToken)
    {
        try
        {
            return await RequestAsync(log, cancellationToken).ConfigureAwait(false);
        }
        catch (FileVersionException e) when (e is { ServiceCode: "invalid_grant", ServiceTime: { } time } && grant.TrySetClock(time))
        {
            log?.Invoke(Texts.BoxClockCorrected.FormatWith(time));
        }

        return await RequestAsync(log, cancellationToken).ConfigureAwait(false);
    }

    private Task<AccessToken> RequestAsync(Action<string>? log, CancellationToken cancellationToken)
    {
        long requested = 0;
        var request = new ServiceRequest(HttpMethod.Post, Path)
        {
            Classifier = new TokenResponseClassifier(connection.SignIn, grant),
            CreateContent = message =>
            {
                requested = connection.Clock.GetTimestamp();
                List<KeyValuePair<string, string>> fields = [.. grant.CreateForm()];
                foreach (KeyValuePair<string, string> field in fields)
                {
                    if (s_secretFields.Contains(field.Key))
                    {
                        message.Redaction.Hide(field.Value);
                    }
                }

                return new FormUrlEncodedContent(fields);
            },
            Log = log,
        };
        return _pipeline.SendAsync(request, body => ReadToken(body, requested), cancellationToken);
    }

    private AccessToken ReadToken(ReadOnlyMemory<byte> body, long requested)
    {
        using JsonDocument document = JsonDocument.Parse(JsonBytes.WithoutMark(body));
        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("access_token", out JsonElement token)
            || token.ValueKind != JsonValueKind.String || new Secret(token.GetString()!) is not { IsHeaderText: true } text)
        {
            throw new JsonException(Texts.BoxTokenMissing);
        }

        return new AccessToken(text, requested, ReadLifetime(root), connection.Clock);
    }

    private static TimeSpan ReadLifetime(JsonElement root)
    {
        if (!root.TryGetProperty("expires_in", out JsonElement value) || !TryReadNumber(value, out double seconds) || !(seconds >= 0))
        {
            return s_defaultLifetime;
        }

        return seconds < s_maxLifetime.TotalSeconds ? TimeSpan.FromSeconds(seconds) : s_maxLifetime;
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
