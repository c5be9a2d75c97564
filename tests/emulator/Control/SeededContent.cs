using System.Text;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.Control;

/// <summary>The content of a seeded version.</summary>
internal static class SeededContent
{
    /// <summary>
    /// A text without a size is the content itself. With a size, it seeds pseudo-random bytes, so equal texts and sizes create equal contents.
    /// Without a text, <paramref name="defaultText"/> is the seed. Null without text and size.
    /// </summary>
    internal static Content? Of(string defaultText, string? text, long? size) => (text, size) switch
    {
        ({ }, null) => Content.Of(Encoding.UTF8.GetBytes(text)),
        (_, { } bytes) => new Content(Mix.Hash(text ?? defaultText), bytes),
        _ => null,
    };
}
