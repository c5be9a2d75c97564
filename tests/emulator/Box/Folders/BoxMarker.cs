using System.Buffers.Text;
using System.Text;

namespace FileVersions.Emulator.Box;

/// <summary>Markers for paging through a folder: the key of the last item of a page, encoded.</summary>
internal static class BoxMarker
{
    /// <summary>Keeps markers below 250 characters. After a longer name, the next page repeats the last item.</summary>
    private const int MaxNameLength = 40;

    internal static string Write(BoxItemKey key)
    {
        string name = key.Name.Length > MaxNameLength ? key.Name[..MaxNameLength] : key.Name;
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{(int)key.Kind}/{key.Id}/{name}"));
    }

    /// <summary>Reads a marker; null if it is invalid.</summary>
    internal static BoxItemKey? Read(string marker)
    {
        if (!Base64Url.IsValid(marker))
        {
            return null;
        }

        string[] parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(marker)).Split('/', 3);
        return parts.Length == 3 && Enum.TryParse(parts[0], out BoxItemKind kind) ? new BoxItemKey(kind, parts[2], parts[1]) : null;
    }
}
