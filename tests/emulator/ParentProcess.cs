using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace FileVersions.Emulator;

/// <summary>The process for which the emulator runs.</summary>
internal static class ParentProcess
{
    /// <summary>Ends when that process is gone.</summary>
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
            // A process that has ended but was not waited for still has an entry; its state is then Z.
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
