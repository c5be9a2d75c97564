using System;
using System.Globalization;

namespace FileVersions;

/// <summary>What versions are compared by.</summary>
internal static class VersionOrder
{
    /// <summary>The first comparison that tells a difference.</summary>
    internal static int First(params int[] comparisons) => Array.Find(comparisons, static comparison => comparison != 0);

    /// <summary>Compares ids and numbers that came as text: shorter ones first, so that 9 stands before 10; null before all.</summary>
    internal static int OfIds(string? one, string? other)
    {
        int byLength = (one?.Length ?? -1).CompareTo(other?.Length ?? -1);
        return byLength != 0 ? byLength : string.CompareOrdinal(one, other);
    }

    /// <summary>Compares with what may be of another type.</summary>
    /// <exception cref="ArgumentException">It is.</exception>
    internal static int Compare<T>(T one, object? other)
        where T : class, IComparable<T> =>
        other is null or T
            ? one.CompareTo((T?)other!)
            : throw new ArgumentException(string.Format(CultureInfo.CurrentCulture, Texts.NotComparable, typeof(T).Name, other.GetType().Name), nameof(other));
}
