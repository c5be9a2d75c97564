using System.Globalization;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.Box;

/// <summary>Any number of events, evenly spread over a period, of the files and folders of a generated tree. They are computed on demand.</summary>
/// <param name="tree">The tree.</param>
/// <param name="count">The number of events.</param>
/// <param name="from">The time of the first event.</param>
/// <param name="to">The time of the last event.</param>
/// <param name="settings">The settings, which determine the versions of the files.</param>
internal sealed class GeneratedBoxEvents(BoxTree tree, int count, DateTimeOffset from, DateTimeOffset to, EmulatorSettings settings)
{
    /// <summary>One in this many events concerns a deleted item, so it has no source.</summary>
    private const int DeletedSourceInterval = 50;

    private static readonly string[] s_types = ["UPLOAD", "EDIT", "EDIT", "DOWNLOAD", "RENAME", "EDIT", "FILE_VERSION_RESTORE", "EDIT", "DELETE", "UPLOAD"];
    private static readonly Account[] s_users = [Account.Ada, Account.Ben, new("303", "Çiğdem Ünal", "cigdem@example.com"), new("2", "Anonymous User", "")];

    internal int Count => count;

    internal BoxEvent this[int index]
    {
        get
        {
            ulong random = Mix.Scramble((ulong)index);
            string type = s_types[index % s_types.Length];
            BoxEventSource? source = index % DeletedSourceInterval == DeletedSourceInterval - 1 ? null : index % s_types.Length == s_types.Length - 1 ? Folder(random) : File(random, type);
            return new BoxEvent(type, from + ((to - from) * ((double)index / Math.Max(1, count - 1))), s_users[(int)(random >> 40) % s_users.Length], source);
        }
    }

    private BoxEventSource Folder(ulong random)
    {
        var folder = new GeneratedBoxFolder(tree, (int)(random % (ulong)(tree.FolderCount + 1)));
        return new BoxEventSource("folder", folder.Id, folder.Name, folder.Parent ?? BoxFolder.Root, null);
    }

    private BoxEventSource File(ulong random, string type)
    {
        long number = (long)(random % (ulong)((tree.FolderCount + 1L) * tree.FilesPerFolder));
        var folder = new GeneratedBoxFolder(tree, (int)(number / tree.FilesPerFolder));
        if (type == "DELETE")
        {
            return new BoxEventSource("file", string.Create(CultureInfo.InvariantCulture, $"404{number}"), "Deleted.docx", folder, new BoxEventVersion("1", 1));
        }

        string id = folder.FileId((int)(number % tree.FilesPerFolder));
        BoxVersion version = new GeneratedBoxFile(id, BoxStore.VersionsOf(id, settings), folder).Current;
        return new BoxEventSource("file", id, version.Name, folder, new BoxEventVersion(version.Id, version.Content.Size));
    }
}
