using System.Management.Automation;
using FileVersions.Box;
using FileVersions.PS.Accounts;
using FileVersions.PS.Output;

namespace FileVersions.PS.Commands;

/// <summary>Returns the Box account that this session uses.</summary>
[Cmdlet(VerbsCommon.Get, "BoxAccount")]
[OutputType(typeof(BoxConnection))]
public sealed class GetBoxAccountCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            WriteObject(SessionAccounts.Current.Resolve<BoxConnection>());
        }
        catch (NotConnectedException e)
        {
            // Not terminating, so that a script can ask for an account with -ErrorAction Ignore.
            WriteError(e.ToRecord());
        }
        catch (FileVersionException e)
        {
            WriteError(e.ToRecord(null));
        }
    }
}
