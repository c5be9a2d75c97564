using System.Text.Json;

namespace FileVersions.Json;

/// <summary>The bytes of a JSON text.</summary>
internal static class JsonBytes
{
    /// <summary>Leaves out a byte order mark, which JSON does not allow and some proxies add.</summary>
    internal static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> bytes)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        return bytes.Span.StartsWith(mark) ? bytes.Slice(mark.Length) : bytes;
    }

    /// <summary>Writes an object with fields.</summary>
    internal static byte[] WriteObject(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }
}
