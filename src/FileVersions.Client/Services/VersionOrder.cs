namespace FileVersions.Services;

/// <summary>Comparisons from which the order of versions is made.</summary>
internal static class VersionOrder
{
    /// <summary>The first comparison with a difference; 0 if all are equal.</summary>
    internal static int First(params int[] comparisons) => Array.Find(comparisons, static comparison => comparison != 0);

    /// <summary>Compares ids by length, then ordinally, so that 9 comes before 10; null comes first.</summary>
    internal static int CompareIds(string? left, string? right)
    {
        int byLength = (left?.Length ?? -1).CompareTo(right?.Length ?? -1);
        return byLength != 0 ? byLength : string.CompareOrdinal(left, right);
    }

    /// <summary>Compares with an object of any type.</summary>
    /// <exception cref="ArgumentException">The other object has a different type.</exception>
    internal static int Compare<T>(T left, object? right)
        where T : class, IComparable<T> =>
        right is null or T
            ? left.CompareTo((T?)right!)
            : throw new ArgumentException(Texts.ServicesNotComparable.FormatWith(typeof(T).Name, right.GetType().Name), nameof(right));
}
