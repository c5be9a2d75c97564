using Xunit;

namespace FileVersions.UnitTests.Support;

/// <summary>For tests of a whole process's memory or of a rate, which others at the same time would upset: they run last, one by one.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OnItsOwn
{
    internal const string Name = "On its own";
}
