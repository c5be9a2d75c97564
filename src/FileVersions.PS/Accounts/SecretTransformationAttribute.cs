using System.Security;
using FileVersions.PS.Parameters;

namespace FileVersions.PS.Accounts;

/// <summary>Accepts a secret as a SecureString, which secret vaults return, or as a string. Other values are rejected without showing them.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        return inputData.Unwrap() switch
        {
            null => null,
            SecureString secret => secret,
            string text => ToSecureString(text),
            { } value => throw new ArgumentTransformationMetadataException(Texts.SecretTypeInvalid.FormatWith(value.GetType().Name)),
        };
    }

    private static SecureString ToSecureString(string text)
    {
        var secret = new SecureString();
        foreach (char c in text)
        {
            secret.AppendChar(c);
        }

        secret.MakeReadOnly();
        return secret;
    }
}
