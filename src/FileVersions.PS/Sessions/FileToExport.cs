namespace FileVersions.PS.Sessions;

/// <summary>A file whose versions are to be exported.</summary>
/// <param name="FileId">The id.</param>
/// <param name="FilePath">The path; null if unknown.</param>
internal sealed record FileToExport(string FileId, string? FilePath);
