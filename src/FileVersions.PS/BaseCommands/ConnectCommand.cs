using System.Collections.Concurrent;
using System.Management.Automation;
using FileVersions.Http;
using FileVersions.PS.Accounts;
using FileVersions.PS.Output;

namespace FileVersions.PS.BaseCommands;

/// <summary>What the cmdlets that connect an account have in common.</summary>
public abstract class ConnectCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

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

    /// <summary>Tries the sign-in at once, with one small request.</summary>
    [Parameter]
    public SwitchParameter Verify { get; set; }

    /// <summary>Puts out the connection, for <c>-Connection</c>.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Ends the request under way.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the request under way.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Cancel();
            _stop.Dispose();
        }
    }

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
                Try(connection);
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

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Makes the connection.</summary>
    /// <param name="options">How its requests travel.</param>
    protected abstract ServiceConnection Connect(ConnectionOptions options);

    // Error records show what they are about, and a password or a key in an address is a reason to refuse it.
    private static Uri? WithoutSecrets(Uri? address) => address is { IsAbsoluteUri: true }
        ? new UriBuilder(address) { UserName = string.Empty, Password = string.Empty, Query = string.Empty, Fragment = string.Empty }.Uri
        : address;

    private void Try(ServiceConnection connection)
    {
        // Only this thread may write.
        bool isVerbose = this.IsVerbose();
        var log = new BlockingCollection<string>();
        Task work = Task.Run(
            async () =>
            {
                try
                {
                    await connection.VerifyAsync(isVerbose ? log.Add : null, _stop.Token).ConfigureAwait(false);
                }
                finally
                {
                    log.CompleteAdding();
                }
            },
            CancellationToken.None);
        foreach (string line in log.GetConsumingEnumerable())
        {
            WriteVerbose(line);
        }

        try
        {
            work.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }
}
