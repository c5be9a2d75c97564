using System.Management.Automation;

namespace FileVersions.PS.Accounts;

/// <summary>Says why an account that came from another process, as a copy without its secret, is of no use.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConnectionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        bool isCopy = inputData is PSObject value && value.TypeNames.Any(name =>
            name.StartsWith("Deserialized.FileVersions.", StringComparison.Ordinal) && name.EndsWith("Connection", StringComparison.Ordinal));
        return isCopy ? throw new ArgumentTransformationMetadataException(Texts.ConnectionCopied) : inputData;
    }
}
