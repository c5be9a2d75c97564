using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace FileVersions.Saving;

/// <summary>Gives each version its path. Two versions never get the same, and the same input gets the same paths each time.</summary>
/// <remarks>
/// A version's id tells its name from all others of its service. Should two files bring the same id nevertheless, the later one in
/// the input gets its file's id into the name as well.
/// </remarks>
internal sealed class TargetNames(SaveDestination destination)
{
    // Enough to tell neighbours apart, and bounded however long the input is.
    private const int MostRemembered = 10_000;

    private readonly object _lock = new();
    private readonly Dictionary<string, (string FileId, string VersionId)> _owners = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<string> _order = new();

    /// <summary>The full path for a version.</summary>
    /// <exception cref="FileVersionException">There is one file name and more than one version.</exception>
    internal string Claim(VersionToSave version)
    {
        lock (_lock)
        {
            if (destination.FileName is not null)
            {
                return TryOwn(destination.FileName, version)
                    ? Path.Combine(destination.Folder, destination.FileName)
                    : throw new FileVersionException(
                        FileVersionErrorKind.InvalidRequest,
                        string.Format(CultureInfo.CurrentCulture, Texts.OneFileForMany, Path.Combine(destination.Folder, destination.FileName)));
            }

            string name = SafeFileName.ForVersion(version.Name, version.VersionId);
            if (!TryOwn(name, version))
            {
                name = SafeFileName.ForVersion(version.Name, version.VersionId, version.FileId);
            }

            return Path.Combine(destination.Folder, name);
        }
    }

    private bool TryOwn(string name, VersionToSave version)
    {
        if (_owners.TryGetValue(name, out (string FileId, string VersionId) owner))
        {
            return owner == (version.FileId, version.VersionId);
        }

        _owners.Add(name, (version.FileId, version.VersionId));
        _order.Enqueue(name);
        if (_order.Count > MostRemembered)
        {
            _owners.Remove(_order.Dequeue());
        }

        return true;
    }
}
