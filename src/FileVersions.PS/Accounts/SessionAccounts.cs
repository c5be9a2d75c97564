using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using FileVersions.Box;
using FileVersions.Http;
using FileVersions.ImageKit;

namespace FileVersions.PS.Accounts;

/// <summary>
/// The accounts of a runspace: one for each service that was connected there, or that its environment variables describe.
/// </summary>
internal sealed class SessionAccounts
{
    private static readonly ConditionalWeakTable<Runspace, SessionAccounts> s_byRunspace = new();

    private readonly Dictionary<Type, ServiceConnection> _connected = [];
    private readonly Dictionary<Type, FromEnvironment> _fromEnvironment = [];

    internal static SessionAccounts Current => s_byRunspace.GetOrCreateValue(Runspace.DefaultRunspace);

    internal void Set(ServiceConnection connection) => _connected[connection.GetType()] = connection;

    internal void Remove<TConnection>()
        where TConnection : ServiceConnection => _connected.Remove(typeof(TConnection));

    /// <summary>The account that is connected in this session, otherwise the one that environment variables describe.</summary>
    /// <exception cref="FileVersionException">There is no account, or the settings in the environment are invalid.</exception>
    internal TConnection Resolve<TConnection>()
        where TConnection : ServiceConnection
    {
        if (_connected.TryGetValue(typeof(TConnection), out ServiceConnection? connected))
        {
            return (TConnection)connected;
        }

        ServiceConnection described = typeof(TConnection) == typeof(BoxConnection)
            ? Describe<TConnection>("BOX_ACCESS_TOKEN", "BOX_BASE_URL", "Connect-BoxAccount", (token, uri) => BoxConnection.FromAccessToken(token, uri))
            : Describe<TConnection>("IMAGEKIT_PRIVATE_KEY", "IMAGE_KIT_BASE_URL", "Connect-IKAccount", (key, uri) => IKConnection.FromPrivateKey(key, uri));
        return (TConnection)described;
    }

    private ServiceConnection Describe<TConnection>(
        string secretName, string addressName, string cmdlet, Func<Secret, Uri?, ServiceConnection> connect)
    {
        string? text = Environment.GetEnvironmentVariable(secretName);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new FileVersionException(FileVersionErrorKind.NotConnected, Texts.NotConnected.FormatWith(cmdlet, secretName));
        }

        var secret = new Secret(text!);
        string? address = Environment.GetEnvironmentVariable(addressName)?.Trim();
        if (_fromEnvironment.TryGetValue(typeof(TConnection), out FromEnvironment? known)
            && known.Address == address && known.Secret.Matches(secret))
        {
            secret.Dispose();
            return known.Connection;
        }

        Uri? baseUri = null;
        if (!string.IsNullOrEmpty(address) && !Uri.TryCreate(address, UriKind.Absolute, out baseUri))
        {
            throw new FileVersionException(FileVersionErrorKind.InvalidConfiguration, Texts.EnvironmentAddressInvalid.FormatWith(addressName));
        }

        ServiceConnection connection = connect(secret, baseUri);
        _fromEnvironment[typeof(TConnection)] = new FromEnvironment(secret, address, connection);
        return connection;
    }

    private sealed record FromEnvironment(Secret Secret, string? Address, ServiceConnection Connection);
}
