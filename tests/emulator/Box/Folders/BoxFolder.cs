using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.Box;

/// <summary>A folder: its name and its place. <see cref="BoxFolderStore"/> has its items.</summary>
internal abstract class BoxFolder(string id, string name)
{
    internal const string RootId = "0";

    private List<BoxFolder>? _ancestors;
    private List<BoxFolder>? _pathToItems;

    internal static BoxFolder Root { get; } = new GeneratedBoxFolder(BoxTree.OfFolder(RootId, out _)!, 0);

    internal string Id { get; } = id;

    internal string Name { get; } = name;

    /// <summary>The folder that contains this one; null for the root folder.</summary>
    internal abstract BoxFolder? Parent { get; }

    /// <summary>When it was created; null for the root folder.</summary>
    internal virtual DateTimeOffset? CreatedAt => Id == RootId ? null : new DateTimeOffset(2019, 1, 7, 9, 0, 0, TimeSpan.FromHours(-8)).AddMinutes(Mix.Hash(Id) % 1_000_000);

    /// <summary>The folders above this one, the root folder first.</summary>
    internal IReadOnlyList<BoxFolder> Ancestors
    {
        get
        {
            if (_ancestors is null)
            {
                var ancestors = new List<BoxFolder>();
                for (BoxFolder? folder = Parent; folder is not null; folder = folder.Parent)
                {
                    ancestors.Add(folder);
                }

                ancestors.Reverse();
                _ancestors = ancestors;
            }

            return _ancestors;
        }
    }

    /// <summary>The folders above the items of this one, the root folder first.</summary>
    internal IReadOnlyList<BoxFolder> PathToItems => _pathToItems ??= [.. Ancestors, this];
}
