using FileVersions.Http;
using FileVersions.PS.Accounts;
using FileVersions.PS.Output;
using FileVersions.PS.Parameters;

namespace FileVersions.PS.BaseCommands;

/// <summary>A cmdlet that sends requests with an account.</summary>
/// <typeparam name="TService">The type of the service client, one for each account.</typeparam>
public abstract class AccountCommand<TConnection, TService> : CancellableCommand
    where TConnection : ServiceConnection
    where TService : class
{
    private readonly Dictionary<TConnection, TService> _services = [];
    private TConnection? _sessionAccount;

    /// <summary>
    /// The account to use. By default the account that the piped object was read with, otherwise the account of this session, otherwise
    /// the one that environment variables describe.
    /// </summary>
    [Parameter]
    [ConnectionTransformation]
    [ValidateNotNull]
    public TConnection? Connection { get; set; }

    /// <summary>Creates the client of an account.</summary>
    /// <param name="connection">The account.</param>
    protected abstract TService CreateService(TConnection connection);

    /// <summary>The client of the account to use for an object from the pipeline.</summary>
    /// <param name="input">The object; null for none.</param>
    private protected TService ServiceFor(PSObject? input) => ServiceFor(VersionInput.ConnectionOf(input));

    /// <summary>The client of the account to use.</summary>
    /// <param name="ofInput">The account that the piped object was read with; null if there is none.</param>
    private protected TService ServiceFor(ServiceConnection? ofInput)
    {
        try
        {
            return FindService(ofInput);
        }
        catch (FileVersionException e)
        {
            ThrowTerminatingError(e.ToRecord(null));
            throw;
        }
    }

    /// <summary>The client of the account to use.</summary>
    /// <exception cref="FileVersionException">There is no account, or its settings in the environment are invalid.</exception>
    private protected TService FindService(ServiceConnection? ofInput)
    {
        TConnection connection = Connection ?? ofInput as TConnection ?? (_sessionAccount ??= SessionAccounts.Current.Resolve<TConnection>());
        if (!_services.TryGetValue(connection, out TService? service))
        {
            service = CreateService(connection);
            _services.Add(connection, service);
        }

        return service;
    }
}
