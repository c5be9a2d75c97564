using System;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace FileVersions.Json;

/// <summary>The bytes of a JSON text.</summary>
internal static class JsonBytes
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Sees to it that every text in a reply can be read, also those that are read only when someone asks for them: it is UTF-8,
    /// and no escape stands for half a character.
    /// </summary>
    /// <exception cref="JsonException">There is such an escape.</exception>
    /// <exception cref="DecoderFallbackException">It is not UTF-8.</exception>
    internal static void EnsureReadable(ReadOnlyMemory<byte> bytes)
    {
        if (!MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> segment))
        {
            segment = new ArraySegment<byte>(bytes.ToArray());
        }

        s_strict.GetCharCount(segment.Array!, segment.Offset, segment.Count);
        ReadOnlySpan<byte> rest = bytes.Span;
        int next;
        while ((next = rest.IndexOf((byte)'\\')) >= 0)
        {
            rest = rest.Slice(next);
            char first = Escaped(rest);
            int length = first == '\0' ? 2 : 6;
            if (char.IsSurrogate(first))
            {
                if (!char.IsHighSurrogate(first) || !char.IsLowSurrogate(Escaped(rest.Slice(length))))
                {
                    throw new JsonException(Texts.HalfCharacter);
                }

                length *= 2;
            }

            rest = rest.Slice(Math.Min(length, rest.Length));
        }
    }

    /// <summary>Leaves out a byte order mark, which JSON does not allow and some proxies add.</summary>
    internal static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        return bytes.StartsWith(mark) ? bytes.Slice(mark.Length) : bytes;
    }

    /// <summary>The UTF-16 unit that a text's first six bytes stand for, where they are an escape such as <c>\u00e4</c>; else zero.</summary>
    private static char Escaped(ReadOnlySpan<byte> text)
    {
        if (text.Length < 6 || text[0] != '\\' || text[1] != 'u')
        {
            return '\0';
        }

        int unit = 0;
        foreach (byte digit in text.Slice(2, 4))
        {
            int value = digit switch
            {
                >= (byte)'0' and <= (byte)'9' => digit - '0',
                >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
                >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
                _ => -1,
            };
            if (value < 0)
            {
                return '\0';
            }

            unit = (unit << 4) | value;
        }

        return (char)unit;
    }
}
