using System.Collections.Generic;
using System.Text.Json.Serialization;
using FileVersions.Json;

namespace FileVersions.Box;

/// <summary>One page of the list, as Box sends it. Each of the three numbers can be missing.</summary>
internal sealed class BoxVersionPage
{
    [JsonPropertyName("total_count")]
    [JsonInclude]
    internal WireInteger TotalCount { get; set; }

    [JsonPropertyName("limit")]
    [JsonInclude]
    internal WireInteger Limit { get; set; }

    [JsonPropertyName("offset")]
    [JsonInclude]
    internal WireInteger Offset { get; set; }

    [JsonPropertyName("entries")]
    [JsonInclude]
    internal List<BoxFileVersion?>? Entries { get; set; }
}
