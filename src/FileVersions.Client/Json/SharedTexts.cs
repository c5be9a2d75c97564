using System;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace FileVersions.Json;

/// <summary>
/// Gives the same string for the same bytes, for texts that come again and again (a user's name, a MIME type), so that ten
/// thousand versions by one user hold one name.
/// </summary>
internal static class SharedTexts
{
    private const int SlotCount = 512;
    private const int LongestShared = 128;

    // A lossy cache: a slot holds the last text that fell into it. Writing a reference is atomic, so that threads need no lock.
    private static readonly string?[] s_slots = new string?[SlotCount];

    /// <summary>The text of a string, for a reader that stands on it.</summary>
    [MethodImpl(Compile.Fully)]
    internal static string Get(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped || reader.ValueSpan.Length > LongestShared)
        {
            return reader.GetString()!;
        }

        ref string? slot = ref s_slots[Hash(reader.ValueSpan) & (SlotCount - 1)];
        string? candidate = slot;
        if (candidate is not null && reader.ValueTextEquals(candidate.AsSpan()))
        {
            return candidate;
        }

        string text = reader.GetString()!;
        slot = text;
        return text;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Hash(ReadOnlySpan<byte> bytes)
    {
        uint hash = 2166136261;
        foreach (byte b in bytes)
        {
            hash = (hash ^ b) * 16777619;
        }

        return (int)(hash ^ (hash >> 15));
    }
}
