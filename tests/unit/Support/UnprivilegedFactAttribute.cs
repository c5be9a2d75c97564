namespace FileVersions.UnitTests.Support;

/// <summary>A test that needs file permissions to apply to the user who runs it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnprivilegedFactAttribute : FactAttribute
{
    public UnprivilegedFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Windows does not have these file permissions.";
        }
        else if (Environment.UserName == "root")
        {
            Skip = "Root can read every file. Add-BoxFileVersion.Tests.ps1 covers this case as another user.";
        }
    }
}
