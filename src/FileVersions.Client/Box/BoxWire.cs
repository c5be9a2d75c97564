using System.Text.Json.Serialization;

namespace FileVersions.Box;

/// <summary>What Box sends and takes, for the serialiser that the compiler generates.</summary>
[JsonSerializable(typeof(BoxVersionPage))]
[JsonSerializable(typeof(BoxFileVersion))]
[JsonSerializable(typeof(BoxFile))]
[JsonSerializable(typeof(BoxUser))]
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
internal sealed partial class BoxWire : JsonSerializerContext
{
    internal const string VersionType = "file_version";
}
