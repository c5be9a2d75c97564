namespace FileVersions.Emulator;

/// <summary>A change to a list while a client pages through it.</summary>
/// <param name="After">The list request on the file or folder after which the change happens; 1 is the first.</param>
/// <param name="Count">The number of versions or files that appear or vanish.</param>
public sealed record PagingChange(int After, int Count);
