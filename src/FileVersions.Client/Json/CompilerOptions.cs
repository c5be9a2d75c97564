using System.Runtime.CompilerServices;

namespace FileVersions.Json;

/// <summary>Options for the just-in-time compiler that .NET Standard 2.0 does not name.</summary>
internal static class CompilerOptions
{
    /// <summary>
    /// Compiles a method with full optimisation at its first use, for methods that run thousands of times in the first reply. .NET would
    /// otherwise start with unoptimised code: the first ten pages of a process then take a third longer. .NET Framework ignores this.
    /// </summary>
    internal const MethodImplOptions AggressiveOptimization = (MethodImplOptions)512;
}
