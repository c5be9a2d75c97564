namespace FileVersions.Keeping;

/// <summary>
/// Orders the versions of a file from the newest to the oldest: by date, then number, then id. Of versions of the same date the current one is the newest.
/// A missing date or number is older than any other.
/// </summary>
internal sealed class NewestFirstComparer : IComparer<VersionEntry>
{
    internal static readonly NewestFirstComparer Instance = new();

    public int Compare(VersionEntry? x, VersionEntry? y)
    {
        int order = Nullable.Compare(y!.CreatedAt, x!.CreatedAt);
        order = order != 0 ? order : y.IsCurrent.CompareTo(x.IsCurrent);
        order = order != 0 ? order : Nullable.Compare(y.Number, x.Number);

        // Ids are numbers or of a fixed length: a longer one was assigned later.
        order = order != 0 ? order : y.VersionId.Length.CompareTo(x.VersionId.Length);
        return order != 0 ? order : string.CompareOrdinal(y.VersionId, x.VersionId);
    }
}
