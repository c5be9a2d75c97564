namespace FileVersions.Http;

/// <summary>Sign-in methods.</summary>
public enum SignInKind
{
    /// <summary>A Box token that the caller supplied. It cannot be renewed.</summary>
    AccessToken,

    /// <summary>Box's client credentials grant. Tokens are renewed.</summary>
    ClientCredentials,

    /// <summary>Box's JWT grant. Tokens are renewed.</summary>
    Jwt,

    /// <summary>An ImageKit private key.</summary>
    PrivateKey,
}
