using System.Net.Http.Headers;
using FileVersions.Http;

namespace FileVersions.Box.SignIn;

/// <summary>A token that the user supplied. It cannot be renewed.</summary>
internal sealed class GivenToken(Secret token) : ITokenSource
{
    public DateTimeOffset? ExpiresAt => null;

    public Task<AuthenticationHeaderValue> GetAsync(Action<string>? log, CancellationToken cancellationToken) =>
        Task.FromResult(new AuthenticationHeaderValue("Bearer", token.Reveal()));

    public Task<bool> TryRenewAsync(AuthenticationHeaderValue rejected, int renewalCount, Action<string>? log, CancellationToken cancellationToken) =>
        Task.FromResult(false);
}
