namespace FileVersions.Box.Listing;

/// <summary>A range of positions in a version list.</summary>
/// <param name="Start">The first position.</param>
/// <param name="End">The position after the last one.</param>
internal readonly record struct PageRange(long Start, long End)
{
    internal long Length => End - Start;
}
