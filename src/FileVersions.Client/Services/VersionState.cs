namespace FileVersions.Services;

/// <summary>Where a version is, in one word.</summary>
internal static class VersionState
{
    /// <summary>Returns <c>trashed</c>, <c>current</c> or <c>past</c>; null if it is unknown whether the version is current.</summary>
    internal static string? Of(bool? isCurrent, DateTimeOffset? trashedAt) =>
        trashedAt is not null ? "trashed" : isCurrent switch
        {
            true => "current",
            false => "past",
            null => null,
        };
}
