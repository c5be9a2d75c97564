using System.Diagnostics;
using System.Globalization;

namespace FileVersions.Emulator;

/// <summary>The process that the emulator belongs to.</summary>
internal static class ParentProcess
{
    /// <summary>Completes when that process has exited.</summary>
    internal static async Task WaitForExitAsync(int pid, CancellationToken cancellationToken)
    {
        while (IsAlive(pid))
        {
            await Task.Delay(250, cancellationToken);
        }
    }

    private static bool IsAlive(int pid)
    {
        if (OperatingSystem.IsLinux())
        {
            // A zombie process still has an entry, with the state Z.
            string stat = string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat");
            try
            {
                string text = File.ReadAllText(stat);
                return text[(text.LastIndexOf(')') + 2)..][0] is not ('Z' or 'X');
            }
            catch (IOException)
            {
                return false;
            }
        }

        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
