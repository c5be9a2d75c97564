namespace FileVersions.PS.Accounts;

/// <summary>There is no account: none was given or connected, and no environment variable contains a credential.</summary>
internal sealed class NotConnectedException(string message) : InvalidOperationException(message);
