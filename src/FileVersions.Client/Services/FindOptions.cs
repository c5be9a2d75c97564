namespace FileVersions.Services;

/// <summary>Options for finding files in a folder.</summary>
public record FindOptions<TFile>
{
    /// <summary>The maximum depth of subfolders: 0 for the folder alone, null for all subfolders.</summary>
    public int? MaxDepth { get; init; } = 0;

    /// <summary>Selects the files to return by their properties; null for all files.</summary>
    public Func<TFile, bool>? Filter { get; init; }

    /// <summary>
    /// Called when a folder has been listed completely, to show progress; null if that is not needed. Called from any thread. ImageKit
    /// does not list folder by folder and does not call it.
    /// </summary>
    public Action? FolderListed { get; init; }
}
