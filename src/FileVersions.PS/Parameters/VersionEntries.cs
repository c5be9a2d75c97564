using System.Globalization;
using System.Text.RegularExpressions;
using FileVersions.Keeping;
using FileVersions.Services;

namespace FileVersions.PS.Parameters;

/// <summary>Reads what the retention rules need to know from an object of the pipeline.</summary>
internal static class VersionEntries
{
    private static readonly Regex s_trailingNumber = new("[0-9]+$", RegexOptions.CultureInvariant);

    /// <exception cref="FileVersionException">The object does not name a file and a version.</exception>
    internal static VersionEntry From(PSObject source)
    {
        // Versions from a service have their own properties; reading these through PowerShell takes ten times as long.
        if (source.BaseObject is IFileVersion { FileId.Length: > 0, VersionId.Length: > 0 } version)
        {
            return version.ToEntry(source);
        }

        var read = new PropertyReader(source);
        return new VersionEntry(
            read.Text("FileId")?.Trim() ?? throw WithoutIds(source),
            read.Text("VersionId")?.Trim() ?? throw WithoutIds(source))
        {
            Name = read.Text("Name"),
            FilePath = read.Text("FilePath"),
            CreatedAt = read.Date("CreatedAt"),
            Number = read.Integer("VersionNumber") ?? NumberIn(read.Text("VersionName")),
            Size = read.Integer("Size"),
            Sha1 = read.Text("Sha1"),
            IsCurrent = read.IsTrue("IsCurrent"),

            // A date that cannot be read still says that the version is in the trash.
            TrashedAt = read.Value("TrashedAt") is null ? null : read.Date("TrashedAt") ?? DateTimeOffset.MinValue,
            Source = source,
        };
    }

    internal static FileVersionException WithoutIds(PSObject source) =>
        new(FileVersionErrorKind.InvalidRequest, Texts.InputWithoutIds.FormatWith(source));

    // ImageKit calls its versions "Version 3".
    private static long? NumberIn(string? versionName) =>
        versionName is not null && long.TryParse(s_trailingNumber.Match(versionName).Value, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : null;
}
