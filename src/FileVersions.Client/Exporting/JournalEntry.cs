namespace FileVersions.Exporting;

/// <summary>The state of an exported file after a batch.</summary>
/// <param name="Length">The length of the file in bytes.</param>
/// <param name="Tail">The SHA-256 of the last bytes of the file, which shows whether it was changed since.</param>
internal sealed record JournalEntry(long Length, string Tail);
