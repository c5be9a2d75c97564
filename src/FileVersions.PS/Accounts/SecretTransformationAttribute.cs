using System.Management.Automation;
using System.Security;

namespace FileVersions.PS.Accounts;

/// <summary>Accepts a secret as a SecureString, which secret vaults return, or as a string. Other values are rejected without showing them.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            null or SecureString => value,
            string text => ToSecureString(text),
            _ => throw new ArgumentTransformationMetadataException(Texts.SecretTypeInvalid.FormatWith(value.GetType().Name)),
        };
    }

    internal static SecureString ToSecureString(string text)
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
