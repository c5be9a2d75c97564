using System.Globalization;

namespace FileVersions.Emulator.DataSets;

/// <summary>Files of one kind in one folder of the company.</summary>
/// <param name="Folder">The folder's path; empty for the company's folder.</param>
/// <param name="Name">The name of each file, with <c>{0}</c> for its item.</param>
/// <param name="Items">The items: <c>a|b|c</c>, a range of numbers such as <c>1-60</c>, or <c>months</c>.</param>
/// <param name="Edits">The largest number of past versions.</param>
/// <param name="Size">The usual size in kilobytes.</param>
internal sealed record Series(string Folder, string Name, string Items, int Edits, int Size)
{
    private const int Months = 23;

    private static readonly DateOnly s_firstMonth = new(2024, 12, 1);

    /// <summary>The names of the files and, for months, the number of days after <paramref name="begin"/> when the month begins.</summary>
    internal IEnumerable<(string Name, int? Day)> Files(DateOnly begin)
    {
        if (Items == "months")
        {
            return Enumerable.Range(0, Months).Select(month => s_firstMonth.AddMonths(month))
                .Select(month => (Format(month.ToString("yyyy-MM", CultureInfo.InvariantCulture)), (int?)(month.DayNumber - begin.DayNumber)));
        }

        string[] ends = Items.Split('-');
        if (ends.Length == 2 && int.TryParse(ends[0], out int first) && int.TryParse(ends[1], out int last))
        {
            return Enumerable.Range(first, last - first + 1).Select(number => (Format(number), (int?)null));
        }

        return Items.Split('|').Select(item => (Format(item), (int?)null));
    }

    private string Format(object item) => string.Format(CultureInfo.InvariantCulture, Name, item);
}
