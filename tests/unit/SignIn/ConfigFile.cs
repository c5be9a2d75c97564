namespace FileVersions.UnitTests.SignIn;

/// <summary>A configuration file that is deleted after the test.</summary>
internal sealed class ConfigFile : IDisposable
{
    internal ConfigFile(string content)
    {
        Content = content;
        File.WriteAllText(Path, content);
    }

    internal string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"box-config-{Guid.NewGuid():N}.json");

    internal string Content { get; }

    public void Dispose() => File.Delete(Path);
}
