namespace FileVersions.Emulator;

/// <summary>The forms of Box's <c>next_marker</c> on the last page.</summary>
public enum LastMarker
{
    /// <summary><c>null</c>.</summary>
    Null,

    /// <summary>An empty string.</summary>
    Empty,

    /// <summary>There is no <c>next_marker</c>.</summary>
    Absent,
}
