using FileVersions.Http;
using FileVersions.Keeping;
using FileVersions.Services;

namespace FileVersions.UnitTests.ThirdService;

/// <summary>A version of an object.</summary>
internal sealed record StoreVersion(string Key, string VersionId, DateTimeOffset LastModified, long Size, bool IsLatest, StoreConnection Connection) : IFileVersion
{
    internal static ColumnTable Columns { get; } = new ColumnTable<StoreVersion>(
        ("FileId", static version => version.Key),
        ("VersionId", static version => version.VersionId),
        ("CreatedAt", static version => version.LastModified),
        ("Size", static version => version.Size),
        ("IsCurrent", static version => version.IsLatest));

    string? IFileVersion.FileId => Key;

    string? IFileVersion.VersionId => VersionId;

    string? IFileVersion.Name => Name;

    string? IFileVersion.FilePath => "/" + Key;

    long? IFileVersion.Size => Size;

    DateTimeOffset? IFileVersion.CreatedAt => LastModified;

    bool? IFileVersion.IsCurrent => IsLatest;

    internal string Name => Key[(Key.LastIndexOf('/') + 1)..];

    public ServiceConnection? GetConnection() => Connection;

    ColumnTable IHasColumns.GetColumns() => Columns;

    IReadOnlyDictionary<string, object?>? IHasColumns.GetAdditionalFields() => null;

    VersionEntry IFileVersion.ToEntry(object? source) => new(Key, VersionId)
    {
        Name = Name,
        FilePath = "/" + Key,
        CreatedAt = LastModified,
        Size = Size,
        IsCurrent = IsLatest,
        Source = source ?? this,
    };
}
