using System.Net.Http.Headers;
using FileVersions.Http;

namespace FileVersions.Box.SignIn;

/// <summary>A token that the user supplied. It cannot be renewed.</summary>
internal sealed class GivenToken : ITokenSource
{
    private readonly Secret _token;

    internal GivenToken(Secret token) => _token = token;

    public DateTimeOffset? ExpiresAt => null;

    public Task<AuthenticationHeaderValue> GetAsync(Action<string>? log, CancellationToken cancellationToken) =>
        Task.FromResult(new AuthenticationHeaderValue("Bearer", _token.Reveal()));

    public Task<bool> TryRenewAsync(AuthenticationHeaderValue rejected, int renewalCount, Action<string>? log, CancellationToken cancellationToken) =>
        Task.FromResult(false);
}
