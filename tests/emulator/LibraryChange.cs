namespace FileVersions.Emulator;

/// <summary>A change to ImageKit's media library while a client pages through it.</summary>
/// <param name="After">The number of list requests after which it happens; 1 is the first.</param>
/// <param name="Count">The number of files that appear or vanish.</param>
/// <param name="IsOld">Whether files that appear are older than all others, so that they shift the pages of the default order.</param>
public sealed record LibraryChange(int After, int Count, bool IsOld = false);
