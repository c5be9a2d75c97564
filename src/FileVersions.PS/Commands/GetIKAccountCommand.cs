using System.Management.Automation;
using FileVersions.ImageKit;
using FileVersions.PS.Accounts;
using FileVersions.PS.Output;

namespace FileVersions.PS.Commands;

/// <summary>Returns the ImageKit account that this session uses.</summary>
[Cmdlet(VerbsCommon.Get, "IKAccount")]
[OutputType(typeof(IKConnection))]
public sealed class GetIKAccountCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            WriteObject(SessionAccounts.Current.Resolve<IKConnection>());
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
