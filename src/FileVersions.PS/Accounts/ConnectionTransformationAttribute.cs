namespace FileVersions.PS.Accounts;

/// <summary>Rejects an account that was copied from another process, because the copy has no secret, and says what to do.</summary>
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
