using System.Net.Http.Headers;
using FileVersions.Http;

namespace FileVersions.Box.SignIn;

/// <summary>Supplies the bearer tokens of an account.</summary>
internal interface ITokenSource
{
    /// <summary>The expiry of the current token; null if unknown.</summary>
    DateTimeOffset? ExpiresAt { get; }

    /// <summary>Returns the token for the next request.</summary>
    Task<AuthenticationHeaderValue> GetAsync(Action<string>? log, CancellationToken cancellationToken);

    /// <inheritdoc cref="ServiceConnection.TryRenewAsync"/>
    Task<bool> TryRenewAsync(AuthenticationHeaderValue rejected, int renewalCount, Action<string>? log, CancellationToken cancellationToken);
}
