using System.Globalization;
using FileVersions.PS.Parameters;

namespace FileVersions.PS.Output;

/// <summary>Describes versions for prompts, <c>-WhatIf</c> and messages.</summary>
internal static class VersionPrompt
{
    /// <summary>
    /// Describes a version, such as <c>version 3 of 'Q3 report.docx' (id 678, 212.0 KB, 11/3/2026 2:02 PM, Ada Admin)</c>. Unknown facts are left out.
    /// </summary>
    internal static string Describe(VersionInput version)
    {
        string file = version.Name ?? version.FileId;
        string? number = version.VersionNumber is { } count ? Texts.VersionNumbered.FormatWith(count) : version.VersionName;
        string label = number is null
            ? Texts.VersionById.FormatWith(version.VersionId, file)
            : Texts.VersionByNumber.FormatWith(number, file);
        string?[] facts =
        [
            number is null ? null : Texts.VersionFactId.FormatWith(version.VersionId),
            version.Size is { } size ? ByteCount.Describe(size) : null,
            version.Date?.LocalDateTime.ToString("g", CultureInfo.CurrentCulture),
            version.Author,
        ];
        string known = string.Join(", ", facts.Where(static fact => fact is not null));
        return known.Length == 0 ? label : $"{label} ({known})";
    }

    /// <summary>Describes several versions, such as <c>37 versions of 'Q3 report.docx' (212.0 MB)</c>, or the only one.</summary>
    /// <param name="versions">Versions of one file, at least one.</param>
    internal static string Describe(IReadOnlyList<VersionInput> versions)
    {
        if (versions.Count == 1)
        {
            return Describe(versions[0]);
        }

        string file = versions.Select(static version => version.Name).FirstOrDefault(static name => name is not null) ?? versions[0].FileId;
        string summary = Texts.VersionsOfFile.FormatWith(versions.Count, file);
        return versions.All(static version => version.Size is not null)
            ? $"{summary} ({ByteCount.Describe(versions.Sum(static version => (double)version.Size!.Value))})"
            : summary;
    }

    /// <summary>One line for each version.</summary>
    /// <param name="action">The action, with a placeholder for the version.</param>
    /// <param name="versions">The versions.</param>
    internal static string List(string action, IReadOnlyList<VersionInput> versions) =>
        string.Join(Environment.NewLine, versions.Select(version => action.FormatWith(Describe(version))));
}
