using FileVersions.Http;
using FileVersions.PS.Accounts;
using FileVersions.PS.Output;

namespace FileVersions.PS.BaseCommands;

/// <summary>Connects an account for this session.</summary>
public abstract class ConnectCommand : CancellableCommand
{
    /// <summary>The address of the service. By default the public one.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? BaseUri { get; set; }

    /// <summary>The maximum time for one attempt of a request, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 100;

    /// <summary>The maximum number of retries after a transient failure.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumRetryCount { get; set; } = 5;

    /// <summary>The proxy. By default the one that the environment variables or the system name.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>The credential for the proxy.</summary>
    [Parameter]
    [ValidateNotNull]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Verifies the credential with one small request.</summary>
    [Parameter]
    public SwitchParameter Verify { get; set; }

    /// <summary>Returns the connection, for the parameter <c>-Connection</c> of other cmdlets.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        ServiceConnection connection;
        try
        {
            connection = Connect(new ConnectionOptions
            {
                Timeout = TimeSpan.FromSeconds(TimeoutSec),
                MaximumRetryCount = MaximumRetryCount,
                Proxy = Proxy,
                ProxyCredential = ProxyCredential?.GetNetworkCredential(),
            });
            if (Verify)
            {
                Await(async (log, stop) =>
                {
                    await connection.VerifyAsync(log, stop).ConfigureAwait(false);
                    return true;
                });
            }
        }
        catch (FileVersionException e)
        {
            ThrowTerminatingError(e.ToRecord(WithoutSecrets(BaseUri)));
            return;
        }

        SessionAccounts.Current.Set(connection);
        if (PassThru)
        {
            WriteObject(connection);
        }
    }

    /// <summary>Creates the connection.</summary>
    /// <param name="options">How its requests are sent.</param>
    protected abstract ServiceConnection Connect(ConnectionOptions options);

    // An error record shows its target, and an address may have been rejected because it contains a password or a key.
    private static Uri? WithoutSecrets(Uri? address) => address is { IsAbsoluteUri: true }
        ? new UriBuilder(address) { UserName = string.Empty, Password = string.Empty, Query = string.Empty, Fragment = string.Empty }.Uri
        : address;
}
