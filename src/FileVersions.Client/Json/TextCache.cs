using System.Runtime.CompilerServices;
using System.Text.Json;

namespace FileVersions.Json;

/// <summary>Returns the same string for equal texts of a reply, such as the names of users. A version takes a quarter less memory.</summary>
internal sealed class TextCache
{
    private const int MaxLength = 64;

    // The last text with each hash.
    private readonly string?[] _texts = new string?[128];

    /// <summary>Returns the text at the reader.</summary>
    [MethodImpl(CompilerOptions.AggressiveOptimization)]
    internal string Read(ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> bytes = reader.ValueSpan;
        if (bytes.Length is 0 or > MaxLength || reader.ValueIsEscaped)
        {
            return reader.GetString()!;
        }

        int hash = bytes.Length;
        foreach (byte b in bytes)
        {
            hash = (hash * 31) + b;
        }

        ref string? text = ref _texts[hash & (_texts.Length - 1)];
        if (text is null || !reader.ValueTextEquals(text))
        {
            text = reader.GetString()!;
        }

        return text;
    }
}
