using System;
using FileVersions.Http;
using FileVersions.Keeping;
using FileVersions.Services;

namespace FileVersions.UnitTests.ThirdService;

/// <summary>A version of an object.</summary>
internal sealed record StoreVersion(string Key, string VersionId, DateTimeOffset LastModified, long Size, bool IsLatest, StoreConnection Connection) : IFileVersion
{
    string? IFileVersion.FileId => Key;

    string? IFileVersion.VersionId => VersionId;

    string? IFileVersion.Name => Name;

    string? IFileVersion.FilePath => "/" + Key;

    long? IFileVersion.Size => Size;

    DateTimeOffset? IFileVersion.CreatedAt => LastModified;

    bool? IFileVersion.IsCurrent => IsLatest;

    internal string Name => Key[(Key.LastIndexOf('/') + 1)..];

    public ServiceConnection? GetConnection() => Connection;

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
