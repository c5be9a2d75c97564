using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using FileVersions.Http;
using FileVersions.Json;
using FileVersions.Keeping;
using FileVersions.Services;

namespace FileVersions.Box;

/// <summary>
/// A version of a file in Box. What the reply did not hold is null: with <c>fields</c> Box sends only the id, the type, the SHA-1
/// and what was asked for.
/// </summary>
/// <remarks>
/// Versions compare by file, then as Box made them: by version number, then by date. What is not known comes first. Versions that
/// compare as equal are the same version of the same file, though what is known of them may differ.
/// </remarks>
[SuppressMessage("Design", "CA1036:Override methods on comparable types", Justification = "An order for sorting, not an equality of values.")]
public sealed class BoxFileVersion : IFileVersion, IComparable<BoxFileVersion>, IComparable
{
    /// <summary>The file's id, as it was asked for.</summary>
    public string? FileId { get; internal set; }

    /// <summary>The version's id.</summary>
    public string? VersionId { get; internal set; }

    /// <summary>Box's number of the version, counted from "1"; Box sends it as a text, and only when <c>fields</c> asks for it.</summary>
    public string? VersionNumber { get; internal set; }

    /// <summary>The file's name at that version.</summary>
    public string? Name { get; internal set; }

    /// <summary>The file's path in the account, such as <c>/Reports/q3.pdf</c>; null unless the caller provided it.</summary>
    public string? FilePath { get; internal set; }

    /// <summary>The size in bytes. A number beyond 64 bits stands in <see cref="GetAdditionalFields"/>.</summary>
    public long? Size { get; internal set; }

    /// <summary>The SHA-1 of the content: 40 hexadecimal digits.</summary>
    public string? Sha1 { get; internal set; }

    /// <summary>When the version was made, with the offset that Box sent.</summary>
    public DateTimeOffset? CreatedAt { get; internal set; }

    /// <summary>When the version was last changed, with the offset that Box sent.</summary>
    public DateTimeOffset? ModifiedAt { get; internal set; }

    /// <summary>Who last changed the version.</summary>
    public BoxUser? ModifiedBy { get; internal set; }

    /// <summary>The name of whoever uploaded the version; for an anonymous upload what Box puts there.</summary>
    public string? UploaderDisplayName { get; internal set; }

    /// <summary>When the version went to the trash; null when it did not.</summary>
    public DateTimeOffset? TrashedAt { get; internal set; }

    /// <summary>Who put the version into the trash.</summary>
    public BoxUser? TrashedBy { get; internal set; }

    /// <summary>When the version came back from the trash.</summary>
    public DateTimeOffset? RestoredAt { get; internal set; }

    /// <summary>Who brought the version back from the trash.</summary>
    public BoxUser? RestoredBy { get; internal set; }

    /// <summary>When Box will delete the version for good.</summary>
    public DateTimeOffset? PurgedAt { get; internal set; }

    /// <summary>
    /// True for the current version, false for a past one, null where the reply does not tell: a version asked for by its id may
    /// be either.
    /// </summary>
    public bool? IsCurrent { get; internal set; }

    /// <summary><c>current</c>, <c>past</c> or <c>trashed</c>; null if unknown.</summary>
    public string? State => VersionState.Of(IsCurrent, TrashedAt);

    internal BoxConnection? Connection { get; set; }

    internal string? WireType { get; set; }

    internal Dictionary<string, object?>? Additional { get; set; }

    /// <summary>What the reply held and no property names, by the reply's own names; null when there is nothing.</summary>
    public IReadOnlyDictionary<string, object?>? GetAdditionalFields() =>
        AdditionalFields.From(Additional, "type", WireType == BoxWire.VersionType ? null : WireType);

    /// <summary>The account that the version was read with; null for a deserialised version.</summary>
    public BoxConnection? GetConnection() => Connection;

    ServiceConnection? IFromService.GetConnection() => Connection;

    VersionEntry IFileVersion.ToEntry(object? source) => new(FileId ?? string.Empty, VersionId ?? string.Empty)
    {
        Name = Name,
        FilePath = FilePath,
        CreatedAt = CreatedAt,
        Number = long.TryParse(VersionNumber, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null,
        Size = Size,
        Sha1 = Sha1,
        IsCurrent = IsCurrent == true,
        TrashedAt = TrashedAt,
        Source = source ?? this,
    };

    /// <inheritdoc/>
    public int CompareTo(BoxFileVersion? other) =>
        other is null
            ? 1
            : VersionOrder.First(
                VersionOrder.OfIds(FileId, other.FileId),
                VersionOrder.OfIds(VersionNumber, other.VersionNumber),
                Nullable.Compare(CreatedAt ?? ModifiedAt, other.CreatedAt ?? other.ModifiedAt),
                VersionOrder.OfIds(VersionId, other.VersionId));

    /// <inheritdoc/>
    public int CompareTo(object? obj) => VersionOrder.Compare(this, obj);

    /// <summary>One line: the file's name, the version's number, its id, date and size, as far as they are known.</summary>
    public override string ToString() =>
        VersionText.Describe(
            Name ?? FileId, VersionNumber is null ? null : $"version {VersionNumber}", VersionId, ModifiedAt ?? CreatedAt, Size);
}
