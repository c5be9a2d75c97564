namespace FileVersions.Json;

/// <summary>The bytes of a JSON text.</summary>
internal static class JsonBytes
{
    /// <summary>Leaves out a byte order mark, which JSON does not allow and some proxies add.</summary>
    internal static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        return bytes.StartsWith(mark) ? bytes.Slice(mark.Length) : bytes;
    }
}
