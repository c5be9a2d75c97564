namespace FileVersions.Services;

/// <summary>Where the content of a version can be downloaded.</summary>
/// <param name="Address">An absolute address that needs no credential.</param>
/// <param name="MismatchAdvice">A sentence that says what to do if the address delivers other content than the version's; null for none.</param>
public sealed record ContentLocation(Uri Address, string? MismatchAdvice = null);
