using System;
using System.Management.Automation;
using FileVersions.Http;

namespace FileVersions.PS;

/// <summary>What the cmdlets that connect an account have in common.</summary>
public abstract class ConnectCommand : PSCmdlet
{
    /// <summary>Where the service is.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? BaseUri { get; set; }

    /// <summary>The longest that one request may take, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 100;

    /// <summary>How many times a request that failed for a passing reason is sent again.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumRetryCount { get; set; } = 5;

    /// <summary>The proxy; by default what the environment says.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>The sign-in at the proxy.</summary>
    [Parameter]
    [ValidateNotNull]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Puts out the connection, for <c>-Connection</c>.</summary>
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
        }
        catch (FileVersionException e)
        {
            ThrowTerminatingError(e.ToRecord(BaseUri));
            return;
        }

        Accounts.Current.Set(connection);
        if (PassThru)
        {
            WriteObject(connection);
        }
    }

    /// <summary>Makes the connection.</summary>
    /// <param name="options">How its requests travel.</param>
    protected abstract ServiceConnection Connect(ConnectionOptions options);
}
