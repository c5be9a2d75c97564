using System;
using Xunit;

namespace FileVersions.UnitTests.Support;

/// <summary>A test that is skipped on some platforms, for a reason that it states.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PlatformFactAttribute : FactAttribute
{
    /// <summary>Why Windows cannot run the test; null if it can.</summary>
    public string? NotOnWindows { get; init; }

    /// <summary>Why Mono cannot run the test; null if it can.</summary>
    public string? NotOnMono { get; init; }

    /// <inheritdoc/>
    public override string? Skip => OperatingSystem.IsWindows() ? NotOnWindows : Type.GetType("Mono.Runtime") is null ? null : NotOnMono;
}
