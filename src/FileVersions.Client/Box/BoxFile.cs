using System;
using FileVersions.Json;

namespace FileVersions.Box;

/// <summary>
/// A file, as Box sends it, with what it tells about its current version. When that version was made is not in it: the file's
/// own <c>created_at</c> is the file's.
/// </summary>
internal sealed class BoxFile
{
    internal BoxFileVersion? CurrentVersion { get; set; }

    internal string? Name { get; set; }

    internal WireInteger Size { get; set; }

    internal string? Sha1 { get; set; }

    internal string? VersionNumber { get; set; }

    internal DateTimeOffset? ModifiedAt { get; set; }

    internal BoxUser? ModifiedBy { get; set; }

    internal string? UploaderDisplayName { get; set; }

    internal DateTimeOffset? TrashedAt { get; set; }

    internal DateTimeOffset? PurgedAt { get; set; }

    /// <summary>The current version; null when the reply names none.</summary>
    internal BoxFileVersion? ToCurrentVersion()
    {
        if (CurrentVersion is not { VersionId: not null } version)
        {
            return null;
        }

        version.Name ??= Name;
        version.Size = Size.Value;
        if (Size.Other is { } other)
        {
            (version.Additional ??= [])["size"] = other;
        }

        version.Sha1 ??= Sha1;
        version.VersionNumber ??= VersionNumber;
        version.ModifiedAt ??= ModifiedAt;
        version.ModifiedBy ??= ModifiedBy;
        version.UploaderDisplayName ??= UploaderDisplayName;
        version.TrashedAt ??= TrashedAt;
        version.PurgedAt ??= PurgedAt;
        version.IsCurrent = true;
        return version;
    }
}
