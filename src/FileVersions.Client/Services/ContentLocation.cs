namespace FileVersions.Services;

/// <summary>Where the content of a version can be downloaded.</summary>
/// <param name="address">An absolute address that needs no credential.</param>
/// <param name="mismatchAdvice">A sentence that says what to do if the address delivers other content than the version's; null for none.</param>
public sealed class ContentLocation(Uri address, string? mismatchAdvice = null)
{
    /// <summary>An absolute address that needs no credential.</summary>
    public Uri Address { get; } = address;

    /// <summary>A sentence that says what to do if the address delivers other content than the version's; null for none.</summary>
    public string? MismatchAdvice { get; } = mismatchAdvice;
}
