using System.Text;
using FileVersions.Emulator.Data;

namespace FileVersions.Emulator.Control;

/// <summary>The content of a version to be made.</summary>
internal static class SeededContent
{
    /// <summary>
    /// A text is the content itself. With a size, it determines pseudo-random bytes of that size, so equal texts and sizes make equal contents.
    /// Without a text, <paramref name="defaultText"/> determines them. Null without text and size.
    /// </summary>
    internal static Content? Of(string defaultText, string? text, long? size) => (text, size) switch
    {
        ({ }, null) => Content.Of(Encoding.UTF8.GetBytes(text)),
        (_, { } bytes) => new Content(Mix.Hash(text ?? defaultText), bytes),
        _ => null,
    };
}
