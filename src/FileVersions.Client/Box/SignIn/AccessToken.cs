using System;
using System.Diagnostics;
using System.Net.Http.Headers;
using FileVersions.Http;

namespace FileVersions.Box.SignIn;

/// <summary>A bearer token, and how long it may be used.</summary>
internal sealed class AccessToken
{
    private static readonly TimeSpan s_longestMargin = TimeSpan.FromSeconds(60);

    private readonly Secret _text;
    private readonly long _asked;
    private readonly TimeSpan _life;
    private TimeSpan _renewAfter;

    /// <summary>Takes over a token that a service issued.</summary>
    /// <param name="text">The token.</param>
    /// <param name="asked">
    /// When it was asked for (<see cref="Stopwatch.GetTimestamp"/>), which is before the service issued it: it never seems to live
    /// longer than it does. Independent of this computer's date.
    /// </param>
    /// <param name="life">How long it lives.</param>
    internal AccessToken(Secret text, long asked, TimeSpan life)
    {
        _text = text;
        _asked = asked;
        _life = life;
        TimeSpan margin = TimeSpan.FromTicks(life.Ticks / 10);
        _renewAfter = life - (margin < s_longestMargin ? margin : s_longestMargin);
        ExpiresAt = DateTimeOffset.Now + life - Age;
    }

    /// <summary>When it runs out, by this computer's clock.</summary>
    internal DateTimeOffset ExpiresAt { get; }

    /// <summary>True in the last tenth of its life, a minute at most, and after that.</summary>
    internal bool IsDue => Age >= _renewAfter;

    /// <summary>True when it lives no longer.</summary>
    internal bool HasRunOut => Age >= _life;

    private TimeSpan Age => TimeSpan.FromSeconds((Stopwatch.GetTimestamp() - _asked) / (double)Stopwatch.Frequency);

    /// <summary>Puts renewal off to half of what is left of its life.</summary>
    internal void PutOff()
    {
        TimeSpan age = Age;
        _renewAfter = age + TimeSpan.FromTicks((_life - age).Ticks / 2);
    }

    internal AuthenticationHeaderValue ToHeader() => new("Bearer", _text.Reveal());

    internal bool Is(AuthenticationHeaderValue header) => header.Parameter == _text.Reveal();
}
