using System;
using System.IO;
using Xunit;

namespace FileVersions.UnitTests.Support;

/// <summary>A theory that reads a file of the folder <c>shared</c> next to the checkout. It is skipped where the file is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute(string file)
    {
        if (!File.Exists(SharedFactAttribute.Locate(file)))
        {
            Skip = $"'../shared/{file}' is not beside this checkout.";
        }
    }
}
