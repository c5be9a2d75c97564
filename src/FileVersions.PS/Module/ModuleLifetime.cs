using System.Reflection;
using System.Runtime.InteropServices;

namespace FileVersions.PS.Module;

/// <summary>
/// Loads the assemblies that Windows PowerShell 5.1 lacks from the module's <c>dependencies</c> folder. PowerShell 7 contains them. Only files in
/// that folder that are new enough are loaded, and only while the module is loaded.
/// </summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly Version s_minimum = new(7, 4);

    private static readonly string s_dependencies =
        Path.Combine(Path.GetDirectoryName(typeof(ModuleLifetime).Assembly.Location)!, "dependencies");

    /// <summary>Called when the module is imported.</summary>
    /// <exception cref="NotSupportedException">This release of PowerShell is not supported.</exception>
    public void OnImport()
    {
        RequireSupported(typeof(PSObject).Assembly.GetName().Version!);
        if (RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal))
        {
            AppDomain.CurrentDomain.AssemblyResolve += Resolve;
        }
    }

    /// <summary>Called when the module is removed.</summary>
    public void OnRemove(PSModuleInfo psModuleInfo) => AppDomain.CurrentDomain.AssemblyResolve -= Resolve;

    /// <summary>Throws on PowerShell 6 to 7.3. A manifest has only one minimum version, which is 5.1 for both editions.</summary>
    /// <param name="engine">The version of PowerShell's own assembly: 7.4.0.500 in PowerShell 7.4.x, 3.0.0.0 in Windows PowerShell.</param>
    private static void RequireSupported(Version engine)
    {
        if (engine.Major >= 6 && engine < s_minimum)
        {
            throw new NotSupportedException(Texts.PowerShellNotSupported.FormatWith(engine.ToString(2)));
        }
    }

    private static Assembly? Resolve(object? sender, ResolveEventArgs args)
    {
        var wanted = new AssemblyName(args.Name);
        string file = Path.Combine(s_dependencies, wanted.Name + ".dll");

        // Code that needs a later version would fail later with this one.
        return File.Exists(file) && (wanted.Version is null || AssemblyName.GetAssemblyName(file).Version >= wanted.Version)
            ? Assembly.LoadFrom(file)
            : null;
    }
}
