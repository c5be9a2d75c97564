using System.Collections.Generic;
using FileVersions.Json;

namespace FileVersions.Box;

/// <summary>One page of the list, as Box sends it. Both numbers can be missing.</summary>
internal sealed class BoxVersionPage
{
    internal WireInteger TotalCount { get; set; }

    internal WireInteger Limit { get; set; }

    internal List<BoxFileVersion?>? Entries { get; set; }
}
