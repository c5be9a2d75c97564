using FileVersions.Http.Errors;
using FileVersions.Services;

namespace FileVersions.Saving;

/// <summary>
/// Assigns a path to each version. Different versions never share a path, and the same input gets the same paths in every run.
/// </summary>
internal sealed class TargetPaths(SaveDestination destination)
{
    // Hashes take a few bytes for each version, however long the paths are. Paths that differ only in case count as the same, as on Windows.
    private readonly Dictionary<ulong, ulong> _owners = [];

    /// <summary>Claims a path for a version. Call this in input order.</summary>
    /// <returns>Returns the full path of the version once its facts are complete.</returns>
    /// <exception cref="FileVersionException">Another version has the same path, or the path is not valid.</exception>
    internal Func<VersionToSave, string> Claim(VersionToSave version)
    {
        switch (destination.Layout)
        {
            case SaveLayout.SingleFile:
                string file = Own(destination.FileName!, version, Texts.SavingSecondVersionForFile);
                return _ => file;
            case SaveLayout.Tree when version is { FilePath: not null, Name: not null }:
                string path = ClaimTreePath(version);
                return _ => path;
            case SaveLayout.Tree:
                return ClaimTreePath;
            default:
                // Only ids decide, because the names of other versions may not be known yet.
                string? fileId = TryOwn(SafeFileName.CleanId(version.VersionId), version) ? null : version.FileId;
                return known => Path.Combine(destination.Folder, SafeFileName.ForVersion(known.Name, version.VersionId, fileId));
        }
    }

    private string ClaimTreePath(VersionToSave version)
    {
        if (version.FilePath is null)
        {
            throw SaveError.Create(FileVersionErrorKind.InvalidRequest, version, Texts.SavingFilePathUnknown);
        }

        // The file may have been renamed since: the version is saved under the name that it had.
        return SafeFileName.ForTree(version.FilePath, version.Name) is { } path
            ? Own(path, version, Texts.SavingSecondVersionForPath)
            : throw SaveError.Create(FileVersionErrorKind.InvalidRequest, version, Texts.SavingFilePathInvalid, DisplayText.Of(version.FilePath));
    }

    private string Own(string path, VersionToSave version, string error)
    {
        string target = Path.Combine(destination.Folder, path);
        return TryOwn(path, version) ? target : throw SaveError.Create(FileVersionErrorKind.InvalidRequest, version, error, target);
    }

    private bool TryOwn(string path, VersionToSave version)
    {
        ulong owner = StableHash.Of($"{version.FileId}\n{version.VersionId}");
        ulong key = StableHash.Of(path.ToUpperInvariant());
        lock (_owners)
        {
            if (_owners.TryGetValue(key, out ulong other))
            {
                return other == owner;
            }

            _owners.Add(key, owner);
            return true;
        }
    }
}
