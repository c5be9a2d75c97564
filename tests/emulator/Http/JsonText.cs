using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FileVersions.Emulator.Http;

internal static class JsonText
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>A writer that escapes no more than it must, as the services do.</summary>
    internal static Utf8JsonWriter Writer(IBufferWriter<byte> output) => new(output, s_options);
}
