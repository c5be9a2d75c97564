using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FileVersions.Emulator.Http;

internal static class JsonText
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Creates a writer that escapes only what JSON requires, like the services.</summary>
    internal static Utf8JsonWriter Writer(IBufferWriter<byte> output) => new(output, s_options);
}
