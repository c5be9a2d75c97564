namespace FileVersions.Emulator.ImageKit;

/// <summary>The values of <c>createdAt</c> and <c>updatedAt</c> according to the setting <see cref="EmulatorSettings.IkDates"/>.</summary>
internal static class IKDates
{
    private const int UpdateLagMs = 36;

    /// <summary>Null omits <c>createdAt</c>.</summary>
    internal static DateTime? CreatedAt(IKFile file, IKVersion version, IkDates dates) => version.StatedCreatedAt ?? Resolve(version, dates) switch
    {
        IkDates.Replaced => version.ReplacedAt ?? file.CreatedAt,
        IkDates.Uploaded => version.UploadedAt,
        _ => null,
    };

    /// <summary>Null omits <c>updatedAt</c>.</summary>
    internal static DateTime? UpdatedAt(IKVersion version, IkDates dates) => version.StatedUpdatedAt ?? Resolve(version, dates) switch
    {
        IkDates.Replaced => version.ReplacedAt?.AddMilliseconds(UpdateLagMs) ?? version.CurrentSince,
        IkDates.Uploaded => version.IsCurrent ? version.CurrentSince : version.UploadedAt,
        _ => null,
    };

    /// <summary><see cref="IkDates.Mixed"/> follows one rule for a third of the versions and the other for a third; the rest have no dates.</summary>
    private static IkDates Resolve(IKVersion version, IkDates dates) => dates != IkDates.Mixed ? dates : (version.Number % 3) switch
    {
        0 => IkDates.Replaced,
        1 => IkDates.Uploaded,
        _ => IkDates.Mixed,
    };
}
