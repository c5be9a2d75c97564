using System.Globalization;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.ImageKit;

/// <summary>An entry of a listing: a file (by its current version), a past version, or a folder.</summary>
internal readonly struct IKItem
{
    private readonly IKVersion? _pastVersion;
    private readonly string? _folder;
    private readonly DateTime _folderCreatedAt;

    /// <summary>A file.</summary>
    internal IKItem(IKFile file) => File = file;

    /// <summary>A past version.</summary>
    internal IKItem(IKFile file, IKVersion pastVersion) => (File, _pastVersion) = (file, pastVersion);

    /// <summary>A folder other than the root.</summary>
    /// <param name="folder">Its path, with a slash at both ends.</param>
    /// <param name="createdAt">When it was created.</param>
    internal IKItem(string folder, DateTime createdAt) => (_folder, _folderCreatedAt) = (folder, createdAt);

    /// <summary>Null for a folder.</summary>
    internal IKFile? File { get; }

    /// <summary>Null for a folder.</summary>
    internal IKVersion? Version => _pastVersion ?? File?.Current;

    internal string Type => _folder is not null ? "folder" : _pastVersion is not null ? "file-version" : "file";

    internal string Id => File?.Id ?? Mix.Hash(_folder!).ToString("x16", CultureInfo.InvariantCulture) + "f01de200";

    /// <summary>The path of the folder that contains it, with a slash at both ends.</summary>
    internal string ParentFolder => File?.Folder ?? _folder![..(_folder!.TrimEnd('/').LastIndexOf('/') + 1)];

    internal string Path => File is null ? _folder! : File.Folder + Name;

    internal string Name => File is null ? _folder![ParentFolder.Length..^1] : Version!.Name;

    internal long Size => Version?.Content.Size ?? 0;

    internal DateTime CreatedAt => File is null ? _folderCreatedAt : _pastVersion?.ReplacedAt ?? File.CreatedAt;

    internal DateTime UpdatedAt => File is null ? _folderCreatedAt : IKDates.UpdatedAt(Version!, IkDates.Replaced) ?? CreatedAt;

    internal IKAttributes? Attributes => File?.AttributesOf(Version!);
}
