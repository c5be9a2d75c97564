using FileVersions.Keeping;

namespace FileVersions.Services;

/// <summary>What the versions of every service have in common. A property is null if the service did not send it.</summary>
public interface IFileVersion : IFromService, IHasColumns
{
    /// <summary>The id of the file.</summary>
    string? FileId { get; }

    /// <summary>The id of the version.</summary>
    string? VersionId { get; }

    /// <summary>The file's name at that version.</summary>
    string? Name { get; }

    /// <summary>The path of the file, such as <c>/Reports/q3.pdf</c>.</summary>
    string? FilePath { get; }

    /// <summary>The size in bytes.</summary>
    long? Size { get; }

    /// <summary>When the version was created, according to the service.</summary>
    DateTimeOffset? CreatedAt { get; }

    /// <summary>Whether this is the current version of its file; null if unknown.</summary>
    bool? IsCurrent { get; }

    /// <summary>Maps the version to an entry for the retention rules, which has facts that not every service knows, such as a checksum.</summary>
    /// <param name="source">The entry's <see cref="VersionEntry.Source"/>; null for this version.</param>
    VersionEntry ToEntry(object? source = null);
}
