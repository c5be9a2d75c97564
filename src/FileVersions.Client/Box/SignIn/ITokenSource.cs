using System.Net.Http.Headers;

namespace FileVersions.Box.SignIn;

/// <summary>Supplies the bearer tokens of an account.</summary>
internal interface ITokenSource
{
    /// <summary>The expiry of the current token; null if unknown.</summary>
    DateTimeOffset? ExpiresAt { get; }

    /// <summary>Returns the token for the next request.</summary>
    Task<AuthenticationHeaderValue> GetAsync(Action<string>? log, CancellationToken cancellationToken);

    /// <summary>Tries to replace a token that the service rejected with 401.</summary>
    /// <param name="rejected">The token.</param>
    /// <param name="renewalCount">How often a token was renewed for this request before.</param>
    /// <param name="log">Receives a line about each delay; null for no log.</param>
    /// <param name="cancellationToken">Cancels the renewal.</param>
    /// <returns>Whether the request is worth another attempt.</returns>
    Task<bool> TryRenewAsync(AuthenticationHeaderValue rejected, int renewalCount, Action<string>? log, CancellationToken cancellationToken);
}
