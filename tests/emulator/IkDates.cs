namespace FileVersions.Emulator;

/// <summary>What the dates of ImageKit's versions mean.</summary>
public enum IkDates
{
    /// <summary>As recorded: the current version has the date of the file's first upload, a past one the time of its replacement.</summary>
    Replaced,

    /// <summary>Every version has the date of its upload.</summary>
    Uploaded,

    /// <summary>A third of the versions as <see cref="Replaced"/>, a third as <see cref="Uploaded"/>, and a third without dates.</summary>
    Mixed,
}
