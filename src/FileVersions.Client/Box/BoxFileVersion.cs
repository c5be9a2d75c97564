using System.Diagnostics.CodeAnalysis;
using FileVersions.Http;
using FileVersions.Json;
using FileVersions.Keeping;
using FileVersions.Services;

namespace FileVersions.Box;

/// <summary>A version of a file in Box. A property is null if the reply has no such field.</summary>
/// <remarks>
/// Versions are ordered by file, version number, date and version id; unknown values come first. Versions that compare as equal are
/// the same version of the same file, even if different fields of them are known.
/// </remarks>
[SuppressMessage("Design", "CA1036:Override methods on comparable types", Justification = "An order for sorting, not an equality of values.")]
public sealed class BoxFileVersion : ServiceObject, IFileVersion, IComparable<BoxFileVersion>, IComparable
{
    /// <inheritdoc/>
    public string? FileId { get; internal set; }

    /// <inheritdoc/>
    public string? VersionId { get; internal set; }

    /// <summary>Box's number for the version, counted from 1; the oldest version has the lowest number.</summary>
    public long? VersionNumber { get; internal set; }

    /// <inheritdoc/>
    public string? Name { get; internal set; }

    /// <summary>The path of the file, such as <c>/Reports/q3.pdf</c>; null unless the file was found in a folder or in the event log.</summary>
    public string? FilePath { get; internal set; }

    /// <inheritdoc/>
    public long? Size { get; internal set; }

    /// <summary>The SHA-1 of the content in hexadecimal digits.</summary>
    public string? Sha1 { get; internal set; }

    /// <summary>When the version was created, with the offset that Box sent.</summary>
    public DateTimeOffset? CreatedAt { get; internal set; }

    /// <summary>When the version was last changed, with the offset that Box sent.</summary>
    public DateTimeOffset? ModifiedAt { get; internal set; }

    /// <summary>The user who last changed the version.</summary>
    public BoxUser? ModifiedBy { get; internal set; }

    /// <summary>The name of the user who uploaded the version.</summary>
    public string? UploaderDisplayName { get; internal set; }

    /// <summary>When the version was moved to the trash; null if it is not in the trash.</summary>
    public DateTimeOffset? TrashedAt { get; internal set; }

    /// <summary>The user who moved the version to the trash.</summary>
    public BoxUser? TrashedBy { get; internal set; }

    /// <summary>When the version was restored from the trash.</summary>
    public DateTimeOffset? RestoredAt { get; internal set; }

    /// <summary>The user who restored the version from the trash.</summary>
    public BoxUser? RestoredBy { get; internal set; }

    /// <summary>When Box will delete the version permanently.</summary>
    public DateTimeOffset? PurgedAt { get; internal set; }

    /// <summary>True for the current version, false for a past one, null if unknown: Box does not say so for a version requested by its id.</summary>
    public bool? IsCurrent { get; internal set; }

    /// <summary><c>current</c>, <c>past</c> or <c>trashed</c>; null if unknown.</summary>
    public string? State => VersionText.State(IsCurrent, TrashedAt);

    internal BoxConnection? Connection { get; set; }

    /// <inheritdoc cref="IFromService.GetConnection"/>
    public BoxConnection? GetConnection() => Connection;

    ServiceConnection? IFromService.GetConnection() => Connection;

    ColumnTable IHasColumns.GetColumns() => BoxColumns.Version;

    VersionEntry IFileVersion.ToEntry(object? source) => new(FileId ?? string.Empty, VersionId ?? string.Empty)
    {
        Name = Name,
        FilePath = FilePath,
        CreatedAt = CreatedAt,
        Number = VersionNumber,
        Size = Size,
        Sha1 = Sha1,
        IsCurrent = IsCurrent == true,
        TrashedAt = TrashedAt,
        Source = source ?? this,
    };

    /// <summary>Sets the path of the file, which may end with another name than that of this version, and returns this version.</summary>
    internal BoxFileVersion AtPath(string? filePath)
    {
        FilePath = filePath is not null && Name is { } name ? filePath.Substring(0, filePath.LastIndexOf('/') + 1) + name : filePath;
        return this;
    }

    /// <inheritdoc/>
    public int CompareTo(BoxFileVersion? other) =>
        other is null
            ? 1
            : VersionOrder.First(
                VersionOrder.CompareIds(FileId, other.FileId),
                Nullable.Compare(VersionNumber, other.VersionNumber),
                Nullable.Compare(CreatedAt ?? ModifiedAt, other.CreatedAt ?? other.ModifiedAt),
                VersionOrder.CompareIds(VersionId, other.VersionId));

    /// <inheritdoc/>
    public int CompareTo(object? obj) => VersionOrder.Compare(this, obj);

    /// <summary>One line with the file's name and the version's number, id, date and size, as far as they are known.</summary>
    public override string ToString() =>
        VersionText.Describe(Name ?? FileId, VersionNumber is { } number ? $"version {number}" : null, VersionId, ModifiedAt ?? CreatedAt, Size);
}
