using System;

namespace FileVersions.Emulator.Http;

/// <summary>Ids that name a reply, no two alike.</summary>
internal static class Ids
{
    /// <summary>Sixteen hexadecimal digits.</summary>
    internal static string Next() => Guid.NewGuid().ToString("N")[..16];
}
