using System.Net.Http.Headers;
using FileVersions.Http;

namespace FileVersions.Box.SignIn;

/// <summary>A bearer token with its lifetime, measured independently of the computer's date.</summary>
internal sealed class AccessToken
{
    private static readonly TimeSpan s_maxMargin = TimeSpan.FromSeconds(60);

    private readonly Secret _text;
    private readonly long _requested;
    private readonly TimeSpan _lifetime;
    private readonly IClock _clock;
    private TimeSpan _renewAfter;

    /// <summary>
    /// Creates a token. Its age is measured from the timestamp of the request, which is earlier than the issue, so that the token never seems too young.
    /// </summary>
    internal AccessToken(Secret text, long requested, TimeSpan lifetime, IClock clock)
    {
        _text = text;
        _requested = requested;
        _lifetime = lifetime;
        _clock = clock;
        TimeSpan margin = TimeSpan.FromTicks(lifetime.Ticks / 10);
        _renewAfter = lifetime - (margin < s_maxMargin ? margin : s_maxMargin);
        ExpiresAt = (clock.UtcNow + lifetime - Age).ToLocalTime();
    }

    /// <summary>The expiry, according to the computer's clock.</summary>
    internal DateTimeOffset ExpiresAt { get; }

    /// <summary>Whether the token should be renewed: in the last tenth of its lifetime, at most one minute, and afterwards.</summary>
    internal bool IsDue => Age >= _renewAfter;

    internal bool IsExpired => Age >= _lifetime;

    private TimeSpan Age => _clock.GetElapsedTime(_requested);

    /// <summary>Defers the renewal to half of the remaining lifetime.</summary>
    internal void DeferRenewal()
    {
        TimeSpan age = Age;
        _renewAfter = age + TimeSpan.FromTicks((_lifetime - age).Ticks / 2);
    }

    internal AuthenticationHeaderValue ToHeader() => new("Bearer", _text.Reveal());

    internal bool Matches(AuthenticationHeaderValue header) => header.Parameter == _text.Reveal();
}
