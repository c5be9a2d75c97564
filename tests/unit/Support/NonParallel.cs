namespace FileVersions.UnitTests.Support;

/// <summary>Tests that measure the memory of the process or a rate. Parallel tests would disturb them, so they run last, one at a time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class NonParallel
{
    internal const string Name = "Non-parallel";
}
