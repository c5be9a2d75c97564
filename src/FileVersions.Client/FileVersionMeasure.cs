namespace FileVersions;

/// <summary>The number and total size of the versions of one file, or of several files together.</summary>
public sealed class FileVersionMeasure
{
    /// <summary>The id of the file; null in a total.</summary>
    public string? FileId { get; init; }

    /// <summary>The name of the file; null if unknown, and in a total.</summary>
    public string? Name { get; init; }

    /// <summary>The path of the file; null if unknown, and in a total.</summary>
    public string? FilePath { get; init; }

    /// <summary>The number of files: 1 unless this is a total.</summary>
    public long FileCount { get; init; }

    /// <summary>The number of past versions. Excludes the current version and the trash.</summary>
    public long PastCount { get; init; }

    /// <summary>The size of the past versions in bytes. Excludes the current version and the trash; an unknown size counts as 0.</summary>
    public long PastSize { get; init; }

    /// <summary>The number of past versions in the trash.</summary>
    public long TrashedCount { get; init; }

    /// <summary>The size of the past versions in the trash in bytes.</summary>
    public long TrashedSize { get; init; }

    /// <summary>The number of past versions with the same content as the next newer version. They are included in <see cref="PastCount"/>.</summary>
    public long DuplicateCount { get; init; }

    /// <summary>The size of the duplicates in bytes. It is included in <see cref="PastSize"/>.</summary>
    public long DuplicateSize { get; init; }

    /// <summary>The size of the current version in bytes; null if the current version was not in the input.</summary>
    public long? CurrentSize { get; init; }

    /// <summary>The earliest creation date of all versions, including the current one and the trash; null if no date is known.</summary>
    public DateTimeOffset? Oldest { get; init; }

    /// <summary>The latest creation date of all versions, including the current one and the trash; null if no date is known.</summary>
    public DateTimeOffset? Newest { get; init; }
}
