namespace FileVersions.Http;

/// <summary>How an account signs in.</summary>
public enum SignInKind
{
    /// <summary>A Box token that was given and is used as it is; a developer token lives 60 minutes.</summary>
    AccessToken,

    /// <summary>Box's client credentials grant: tokens are fetched and renewed.</summary>
    ClientCredentials,

    /// <summary>Box's JWT grant: tokens are fetched and renewed.</summary>
    Jwt,

    /// <summary>An ImageKit private key.</summary>
    PrivateKey,
}
