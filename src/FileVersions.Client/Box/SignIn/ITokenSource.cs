using System;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;

namespace FileVersions.Box.SignIn;

/// <summary>Where an account's bearer tokens come from.</summary>
internal interface ITokenSource
{
    /// <summary>When the token in use runs out; null when that is not known.</summary>
    DateTimeOffset? ExpiresAt { get; }

    /// <summary>The token to send with the next request.</summary>
    Task<AuthenticationHeaderValue> GetAsync(Action<string>? log, CancellationToken cancellationToken);

    /// <summary>Called after a 401: true when another try is worth while.</summary>
    /// <param name="refused">The token that the service refused.</param>
    /// <param name="renewals">How often the request has been told true before.</param>
    /// <param name="log">Told of waits.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<bool> TryRenewAsync(AuthenticationHeaderValue refused, int renewals, Action<string>? log, CancellationToken cancellationToken);
}
