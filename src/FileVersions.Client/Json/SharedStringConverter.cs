using System;
using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FileVersions.Json;

/// <summary>
/// Reads a text that comes again and again (a user's name, a MIME type) and gives the same string for the same bytes, so that
/// ten thousand versions by one user hold one name. Otherwise as <see cref="TextConverter"/>.
/// </summary>
internal sealed class SharedStringConverter : JsonConverter<string?>
{
    private const int SlotCount = 512;
    private const int LongestShared = 128;

    // A lossy cache: a slot holds the last text that fell into it. Writing a reference is atomic, so that threads need no lock.
    private readonly string?[] _slots = new string?[SlotCount];

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || reader.HasValueSequence || reader.ValueIsEscaped
            || reader.ValueSpan.Length > LongestShared)
        {
            return TextConverter.ReadText(ref reader);
        }

        ReadOnlySpan<byte> bytes = reader.ValueSpan;
        ref string? slot = ref _slots[Hash(bytes) & (SlotCount - 1)];
        string? candidate = slot;
        if (candidate is not null && reader.ValueTextEquals(candidate.AsSpan()))
        {
            return candidate;
        }

        string text = reader.GetString()!;
        slot = text;
        return text;
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);

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
