namespace FileVersions.Emulator;

/// <summary>A change of a list while a client pages through it.</summary>
/// <param name="After">The list request on the file or folder after which the change happens; 1 is the first.</param>
/// <param name="Count">How many versions or files come or go.</param>
public sealed record PagingChange(int After, int Count);
