namespace FileVersions.UnitTests.Support;

/// <summary>A test that is skipped on some platforms.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PlatformFactAttribute : FactAttribute
{
    /// <summary>The reason for skipping the test on Windows; null to run it.</summary>
    public string? NotOnWindows { get; init; }

    /// <summary>The reason for skipping the test on Mono; null to run it.</summary>
    public string? NotOnMono { get; init; }

    /// <inheritdoc/>
    public override string? Skip => OperatingSystem.IsWindows() ? NotOnWindows : Type.GetType("Mono.Runtime") is null ? null : NotOnMono;
}
