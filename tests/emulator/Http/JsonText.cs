using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FileVersions.Emulator.Http;

internal static class JsonText
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Creates a writer that escapes only what JSON requires, like the services.</summary>
    internal static Utf8JsonWriter Writer(IBufferWriter<byte> output) => new(output, s_options);

    /// <summary>Replaces properties of an object and adds new ones.</summary>
    internal static JsonObject With(JsonObject target, JsonObject properties)
    {
        foreach ((string name, JsonNode? value) in properties)
        {
            target[name] = value?.DeepClone();
        }

        return target;
    }
}
