using System;
using System.IO;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.InteropServices;

namespace FileVersions.PS.Module;

/// <summary>
/// Serves Windows PowerShell 5.1 the assemblies that it lacks, from the module's <c>dependencies</c> folder. PowerShell 7 loads
/// none of them, for it has all that the module uses there. Answers only for files of that folder that are new enough, and no longer than the module is loaded.
/// </summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly string s_dependencies =
        Path.Combine(Path.GetDirectoryName(typeof(ModuleLifetime).Assembly.Location)!, "dependencies");

    /// <summary>Called when the module is imported.</summary>
    public void OnImport()
    {
        if (RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal))
        {
            AppDomain.CurrentDomain.AssemblyResolve += Resolve;
        }
    }

    /// <summary>Called when the module is removed.</summary>
    public void OnRemove(PSModuleInfo psModuleInfo) => AppDomain.CurrentDomain.AssemblyResolve -= Resolve;

    private static Assembly? Resolve(object? sender, ResolveEventArgs args)
    {
        var wanted = new AssemblyName(args.Name);
        string file = Path.Combine(s_dependencies, wanted.Name + ".dll");

        // Who wants a later version than this module has would get an assembly that fails him later.
        return File.Exists(file) && (wanted.Version is null || AssemblyName.GetAssemblyName(file).Version >= wanted.Version)
            ? Assembly.LoadFrom(file)
            : null;
    }
}
