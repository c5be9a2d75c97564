using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace FileVersions.Saving;

/// <summary>
/// Gives each version its path. Two versions with fewer than ten thousand others between them never get the same, and the same input
/// gets the same paths each time.
/// </summary>
/// <remarks>
/// A version's id tells its name from all others of its service. Should two files bring the same id nevertheless, the later one in
/// the input gets its file's id into the name as well, whatever both are called: that may still have to be asked for, and replies
/// come in any order, or not at all.
/// </remarks>
internal sealed class TargetNames(SaveDestination destination)
{
    // Enough to tell neighbours apart, and bounded however long the input is.
    private const int MostRemembered = 10_000;

    private readonly object _lock = new();
    private readonly Dictionary<string, (string FileId, string VersionId)> _owners = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<string> _order = new();

    /// <summary>Takes a path for a version; to be called in the order of the input.</summary>
    /// <returns>Makes the full path of the file's name at that version.</returns>
    /// <exception cref="FileVersionException">There is one file name and more than one version.</exception>
    internal Func<string?, string> Claim(VersionToSave version)
    {
        if (destination.FileName is { } given)
        {
            string path = Path.Combine(destination.Folder, given);
            return TryOwn(given, version)
                ? _ => path
                : throw new FileVersionException(
                    FileVersionErrorKind.InvalidRequest, string.Format(CultureInfo.CurrentCulture, Texts.OneFileForMany, path));
        }

        string? fileId = TryOwn(SafeFileName.CleanId(version.VersionId), version) ? null : version.FileId;
        return name => Path.Combine(destination.Folder, SafeFileName.ForVersion(name, version.VersionId, fileId));
    }

    private bool TryOwn(string key, VersionToSave version)
    {
        lock (_lock)
        {
            if (_owners.TryGetValue(key, out (string FileId, string VersionId) owner))
            {
                return owner == (version.FileId, version.VersionId);
            }

            _owners.Add(key, (version.FileId, version.VersionId));
            _order.Enqueue(key);
            if (_order.Count > MostRemembered)
            {
                _owners.Remove(_order.Dequeue());
            }

            return true;
        }
    }
}
