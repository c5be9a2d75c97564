namespace FileVersions;

/// <summary>The FNV-1a hash of a text: the same in every process and on every runtime.</summary>
internal static class StableHash
{
    internal static ulong Of(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in text)
        {
            hash = unchecked((hash ^ c) * 1099511628211);
        }

        return hash;
    }
}
