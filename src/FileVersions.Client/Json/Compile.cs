using System.Runtime.CompilerServices;

namespace FileVersions.Json;

/// <summary>How .NET is to compile the methods that read replies.</summary>
internal static class Compile
{
    /// <summary>
    /// Fully, at the first use. Otherwise .NET would run them unoptimised first, then with counters that cost more than the work, and
    /// be done with that after seconds: later than most commands. .NET Standard does not name the option; .NET Framework ignores it.
    /// </summary>
    internal const MethodImplOptions Fully = (MethodImplOptions)512;
}
