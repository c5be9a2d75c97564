using System;
using System.Collections.Generic;

namespace FileVersions.Box.SignIn;

/// <summary>By what right tokens are asked for (OAuth 2's grant).</summary>
internal abstract class TokenGrant
{
    /// <summary>The form to send, anew for each try.</summary>
    internal abstract IEnumerable<KeyValuePair<string, string>> CreateForm();

    /// <summary>What to do about a refusal.</summary>
    /// <param name="code">OAuth's error code, or null.</param>
    internal abstract string Advise(string? code);

    /// <summary>Takes over the service's clock after a refusal: true when that may change the answer.</summary>
    internal virtual bool TrySetClock(DateTimeOffset serviceTime) => false;
}
