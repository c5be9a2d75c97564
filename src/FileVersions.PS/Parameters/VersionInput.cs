using System.Collections;
using FileVersions.Box;
using FileVersions.Http;
using FileVersions.Services;

namespace FileVersions.PS.Parameters;

/// <summary>
/// A version that a cmdlet acts on: named by its ids, or an object from the pipeline. Any object with the properties FileId and
/// VersionId is accepted, such as a row of a CSV file or the result of a job. Its other properties save requests.
/// </summary>
internal sealed class VersionInput
{
    internal VersionInput(string fileId, string versionId)
    {
        FileId = fileId.Trim();
        VersionId = versionId.Trim();
    }

    /// <summary>The id of the file, without white space around it.</summary>
    internal string FileId { get; }

    /// <summary>The id of the version, without white space around it.</summary>
    internal string VersionId { get; }

    /// <summary>The version's number in Box.</summary>
    internal long? VersionNumber { get; private init; }

    /// <summary>The version's name in ImageKit, such as <c>Version 3</c>.</summary>
    internal string? VersionName { get; private init; }

    internal string? Name { get; private init; }

    internal string? FilePath { get; private init; }

    /// <summary>The size in bytes.</summary>
    internal long? Size { get; private init; }

    internal string? Sha1 { get; private init; }

    internal string? Url { get; private init; }

    /// <summary>When the version was last changed.</summary>
    internal DateTimeOffset? Date { get; private init; }

    /// <summary>Whether the object has a date that cannot be read with certainty.</summary>
    internal bool HasUnclearDate { get; private init; }

    internal string? Author { get; private init; }

    internal bool IsTrashed { get; private init; }

    /// <summary>Whether the version was current when it was read in this process. A copy from a file or a job may be outdated.</summary>
    internal bool IsKnownCurrent { get; private init; }

    /// <summary>Why Box will not remove the version, if the object has the fields that say so; otherwise null.</summary>
    internal string? HoldReason { get; private init; }

    /// <summary>The account that the object was read with; null for an object that was not read in this process.</summary>
    internal ServiceConnection? Connection { get; private init; }

    /// <summary>Reads an object from the pipeline.</summary>
    /// <exception cref="FileVersionException">The object does not name a file and a version.</exception>
    internal static VersionInput From(PSObject source)
    {
        var read = new PropertyReader(source);
        object? date = read.Value("ModifiedAt") ?? read.Value("UpdatedAt") ?? read.Value("CreatedAt");
        DateTimeOffset? readDate = VersionDate.Read(date);
        return new VersionInput(
            read.Text("FileId") ?? throw VersionEntries.WithoutIds(source),
            read.Text("VersionId") ?? throw VersionEntries.WithoutIds(source))
        {
            VersionNumber = read.Integer("VersionNumber"),
            VersionName = read.Text("VersionName"),
            Name = read.Text("Name"),
            FilePath = read.Text("FilePath"),
            Size = read.Integer("Size"),
            Sha1 = read.Text("Sha1"),
            Url = read.Text("Url"),
            Date = readDate,
            HasUnclearDate = date is not null && readDate is null,
            Author = AuthorFrom(read),
            IsTrashed = read.Value("TrashedAt") is not null,
            IsKnownCurrent = ConnectionOf(source) is not null && read.IsTrue("IsCurrent"),
            HoldReason = BoxHold.Explain(read.Value("retention") as IDictionary, read.Value("permissions") as IDictionary, DateTimeOffset.UtcNow),
            Connection = ConnectionOf(source),
        };
    }

    /// <summary>The account that an object from the pipeline was read with.</summary>
    internal static ServiceConnection? ConnectionOf(PSObject? source) => (source?.BaseObject as IFromService)?.GetConnection();

    /// <summary>The path that an object from the pipeline knows for a file; null if the object is not about that file.</summary>
    internal static string? FilePathOf(PSObject? source, string fileId)
    {
        // Ids on the command line have nothing to do with a piped object.
        if (source is null or { BaseObject: string })
        {
            return null;
        }

        var read = new PropertyReader(source);
        return (read.Text("FileId") ?? read.Text("Id"))?.Trim() == fileId ? read.Text("FilePath") : null;
    }

    private static string? AuthorFrom(PropertyReader read) => read.Value("ModifiedBy") switch
    {
        null => read.Text("UploaderDisplayName"),
        string name => name,
        { } user => new PropertyReader(PSObject.AsPSObject(user)).Text("Name"),
    };
}
