using System.Runtime.CompilerServices;
using System.Threading;

namespace FileVersions.UnitTests.Support;

/// <summary>
/// The test host blocks threads of the pool, and a pool that begins with one for each core adds further ones half a second apart:
/// long enough to upset what is measured against a rate limit or a time-out.
/// </summary>
internal static class ThreadPoolSize
{
#pragma warning disable CA2255 // It has to be before the first test of any class.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Raise() => ThreadPool.SetMinThreads(32, 32);
}
