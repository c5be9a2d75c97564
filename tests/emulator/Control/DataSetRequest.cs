using FileVersions.Emulator.Stats;

namespace FileVersions.Emulator.Control;

/// <summary>A request to load a named data set.</summary>
internal sealed record DataSetRequest
{
    /// <summary>The service that gets the files.</summary>
    public Service Service { get; init; }

    /// <summary><c>company</c> or <c>archive</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The number of files of <c>archive</c>.</summary>
    public int Files { get; init; } = 2000;

    /// <summary>The number of files that ransomware encrypts.</summary>
    public int Attacked { get; init; }
}
