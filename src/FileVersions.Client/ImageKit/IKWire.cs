using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace FileVersions.ImageKit;

/// <summary>What ImageKit sends, for the serialiser that the compiler generates.</summary>
[JsonSerializable(typeof(List<IKFileVersion>))]
[JsonSerializable(typeof(IKFileVersion))]
[JsonSerializable(typeof(AITag))]
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
internal sealed partial class IKWire : JsonSerializerContext;
