using System.IO;

namespace FileVersions.Saving;

/// <summary>A file stands where a version would be saved, and its content is another. The cause inside a <see cref="FileVersionException"/>.</summary>
public sealed class TargetExistsException : IOException
{
    internal TargetExistsException(string message)
        : base(message)
    {
    }
}
