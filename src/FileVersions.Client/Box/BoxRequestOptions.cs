using System;
using System.Collections.Generic;

namespace FileVersions.Box;

/// <summary>What a request to Box asks for beyond the ids.</summary>
public sealed class BoxRequestOptions
{
    /// <summary>The fields to ask for; null for <see cref="BoxFields.Documented"/>.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>The user to act for; null for the one of the account.</summary>
    public string? AsUser { get; init; }
}
