using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using FileVersions.Box;
using FileVersions.Http;
using FileVersions.ImageKit;

namespace FileVersions.PS;

/// <summary>
/// The accounts of a runspace: one for each service that was connected there, or that its environment variables describe.
/// </summary>
internal sealed class Accounts
{
    private static readonly ConditionalWeakTable<Runspace, Accounts> s_byRunspace = new();

    private readonly Dictionary<Type, ServiceConnection> _connected = [];
    private readonly Dictionary<Type, (string Key, ServiceConnection Connection)> _fromEnvironment = [];

    internal static Accounts Current => s_byRunspace.GetOrCreateValue(Runspace.DefaultRunspace);

    internal void Set(ServiceConnection connection) => _connected[connection.GetType()] = connection;

    internal void Remove<TConnection>()
        where TConnection : ServiceConnection => _connected.Remove(typeof(TConnection));

    /// <summary>The account to use: the one given, else the one connected, else the one that the environment describes.</summary>
    /// <exception cref="FileVersionException">There is none.</exception>
    internal TConnection Resolve<TConnection>(TConnection? given)
        where TConnection : ServiceConnection
    {
        if (given is not null)
        {
            return given;
        }

        if (_connected.TryGetValue(typeof(TConnection), out ServiceConnection? connected))
        {
            return (TConnection)connected;
        }

        return typeof(TConnection) == typeof(BoxConnection)
            ? (TConnection)(ServiceConnection)FromEnvironment("BOX_ACCESS_TOKEN", "BOX_BASE_URL", "Connect-BoxAccount", (token, uri) => BoxConnection.FromAccessToken(token, uri))
            : (TConnection)(ServiceConnection)FromEnvironment("IMAGEKIT_PRIVATE_KEY", "IMAGE_KIT_BASE_URL", "Connect-IKAccount", (key, uri) => IKConnection.FromPrivateKey(key, uri));
    }

    private TConnection FromEnvironment<TConnection>(string secretName, string addressName, string cmdlet, Func<Secret, Uri?, TConnection> connect)
        where TConnection : ServiceConnection
    {
        string? secret = Environment.GetEnvironmentVariable(secretName);
        if (string.IsNullOrWhiteSpace(secret))
        {
            throw new FileVersionException(
                FileVersionErrorKind.NotConnected,
                string.Format(CultureInfo.CurrentCulture, Texts.NotConnected, cmdlet, secretName));
        }

        string? address = Environment.GetEnvironmentVariable(addressName);
        string key = $"{secret}\n{address}";
        if (_fromEnvironment.TryGetValue(typeof(TConnection), out (string Key, ServiceConnection Connection) known) && known.Key == key)
        {
            return (TConnection)known.Connection;
        }

        if (!string.IsNullOrWhiteSpace(address) && !Uri.TryCreate(address, UriKind.Absolute, out _))
        {
            throw new FileVersionException(
                FileVersionErrorKind.InvalidRequest,
                string.Format(CultureInfo.CurrentCulture, Texts.EnvironmentAddressInvalid, addressName));
        }

        TConnection connection = connect(new Secret(secret!), string.IsNullOrWhiteSpace(address) ? null : new Uri(address!));
        _fromEnvironment[typeof(TConnection)] = (key, connection);
        return connection;
    }
}
