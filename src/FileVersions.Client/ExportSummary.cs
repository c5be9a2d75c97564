namespace FileVersions;

/// <summary>The result of an export.</summary>
public sealed class ExportSummary
{
    /// <summary>The full path of the file with the versions.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>The number of files in the input. A file that was named several times counts once.</summary>
    public long Files { get; init; }

    /// <summary>The number of these files that earlier runs had exported.</summary>
    public long FilesDoneBefore { get; init; }

    /// <summary>The number of files that failed. The next run tries them again.</summary>
    public long FilesFailed { get; init; }

    /// <summary>The number of versions that this run wrote.</summary>
    public long Versions { get; init; }

    /// <summary>The duration of the run.</summary>
    public TimeSpan Elapsed { get; init; }
}
