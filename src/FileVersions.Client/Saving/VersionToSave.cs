using System;

namespace FileVersions.Saving;

/// <summary>A version that is to be saved, with what is known of it; what is missing is asked for.</summary>
public sealed class VersionToSave
{
    /// <summary>Names a version.</summary>
    /// <param name="fileId">The file's id.</param>
    /// <param name="versionId">The version's id.</param>
    public VersionToSave(string fileId, string versionId)
    {
        FileId = fileId;
        VersionId = versionId;
    }

    /// <summary>The file's id.</summary>
    public string FileId { get; }

    /// <summary>The version's id.</summary>
    public string VersionId { get; }

    /// <summary>The file's name at that version; null when not known.</summary>
    public string? Name { get; init; }

    /// <summary>The size in bytes; null when not known.</summary>
    public long? Size { get; init; }

    /// <summary>The SHA-1 of the content, 40 hexadecimal digits; null when not known. Box sends it, ImageKit does not.</summary>
    public string? Sha1 { get; init; }

    /// <summary>Where the content can be had without a credential; null when not known. ImageKit sends it, Box gives links on request.</summary>
    public string? Url { get; init; }

    /// <summary>When the version was last changed: the date that the saved file gets; null when not known.</summary>
    public DateTimeOffset? Date { get; init; }
}
