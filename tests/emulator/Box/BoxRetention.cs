namespace FileVersions.Emulator.Box;

/// <summary>A retention policy as it applies to one version.</summary>
/// <param name="AppliedAt">When the policy took effect for the version.</param>
/// <param name="DispositionAt">When it ends; null for a policy without an end.</param>
internal sealed record BoxRetention(DateTimeOffset AppliedAt, DateTimeOffset? DispositionAt)
{
    internal const string Id = "3011";
    internal const string PolicyId = "3012";
    internal const string PolicyName = "Keep records";

    /// <summary>The length of the retention in days; null when it never ends.</summary>
    internal int? Days => DispositionAt is { } end ? (int)Math.Ceiling((end - AppliedAt).TotalDays) : null;

    /// <summary>The retention of a version: its own, or the one that <see cref="EmulatorSettings.BoxRetainEvery"/> assigns.</summary>
    internal static BoxRetention? Of(BoxVersion version, EmulatorSettings settings) =>
        version.Retention ?? (settings.BoxRetainEvery > 0 && version.Number % settings.BoxRetainEvery == 0 ? new BoxRetention(version.CreatedAt, null) : null);

    /// <summary>Whether a version is under retention now, and so cannot be deleted.</summary>
    internal static bool PreventsDeletion(BoxVersion version, EmulatorSettings settings) =>
        Of(version, settings) is { } retention && (retention.DispositionAt is not { } end || end > settings.Now());
}
