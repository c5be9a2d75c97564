using System.Management.Automation;

namespace FileVersions.PS.Output;

/// <summary>Whether verbose messages are shown. If not, they are not composed.</summary>
internal static class Verbosity
{
    internal static bool IsVerbose(this PSCmdlet cmdlet)
    {
        if (cmdlet.MyInvocation.BoundParameters.TryGetValue("Verbose", out object? verbose))
        {
            return LanguagePrimitives.IsTrue(verbose);
        }

        return LanguagePrimitives.TryConvertTo(cmdlet.GetVariableValue("VerbosePreference"), out ActionPreference preference)
            && preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
    }
}
