using System.Runtime.CompilerServices;

namespace FileVersions.UnitTests.Support;

/// <summary>
/// The test host blocks pool threads. A pool that begins with one thread per core adds others only every half second,
/// which would disturb tests of rate limits and timeouts.
/// </summary>
internal static class ThreadPoolSize
{
#pragma warning disable CA2255 // It must run before the first test of any class.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Raise() => ThreadPool.SetMinThreads(32, 32);
}
