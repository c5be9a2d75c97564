namespace FileVersions.Emulator.Http;

/// <summary>Creates unique request ids.</summary>
internal static class Ids
{
    /// <summary>Sixteen hexadecimal digits.</summary>
    internal static string Next() => Guid.NewGuid().ToString("N")[..16];
}
