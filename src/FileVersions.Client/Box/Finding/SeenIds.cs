using System.Globalization;

namespace FileVersions.Box.Finding;

/// <summary>Remembers ids. Box's ids are numbers, which take a few bytes each; other ids are remembered as text.</summary>
internal sealed class SeenIds
{
    private readonly HashSet<ulong> _numbers = [];
    private readonly HashSet<string> _texts = [];

    /// <returns>False if it was added before.</returns>
    internal bool Add(string id) =>
        ulong.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) && id[0] != '0'
            ? _numbers.Add(number)
            : _texts.Add(id);
}
