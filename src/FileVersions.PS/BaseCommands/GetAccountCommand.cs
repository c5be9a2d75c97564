using FileVersions.Http;
using FileVersions.PS.Accounts;
using FileVersions.PS.Output;

namespace FileVersions.PS.BaseCommands;

/// <summary>Returns the account of a service that this session uses.</summary>
public abstract class GetAccountCommand<TConnection> : PSCmdlet
    where TConnection : ServiceConnection
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            WriteObject(SessionAccounts.Current.Resolve<TConnection>());
        }
        catch (FileVersionException e)
        {
            // Not terminating, so that a script can ask for an account with -ErrorAction Ignore.
            WriteError(e.ToRecord(null));
        }
    }
}
