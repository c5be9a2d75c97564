using System.Collections.ObjectModel;
using System.Globalization;

namespace FileVersions;

/// <summary>A read-only list whose text is its items, so that tables and CSV files show them instead of a type's name.</summary>
/// <param name="items">The items; not copied.</param>
public sealed class ValueList<T>(IList<T> items) : ReadOnlyCollection<T>(items)
{
    /// <summary>The items, separated by a comma and a space; the same in every culture.</summary>
    public override string ToString() => string.Join(", ", this.Select(static item => Convert.ToString(item, CultureInfo.InvariantCulture)));
}
