namespace FileVersions.UnitTests.Support;

/// <summary>A theory that reads a file in the folder <c>shared</c> next to the repository. It is skipped if the file is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute(string file)
    {
        if (!File.Exists(SharedFactAttribute.Locate(file)))
        {
            Skip = $"'../shared/{file}' does not exist next to the repository.";
        }
    }
}
