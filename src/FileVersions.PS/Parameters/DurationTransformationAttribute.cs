using FileVersions.Keeping;

namespace FileVersions.PS.Parameters;

/// <summary>Accepts a TimeSpan or a text such as <c>36h</c>, <c>30d</c> or <c>8w</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (inputData.Unwrap() is TimeSpan duration)
        {
            return duration;
        }

        try
        {
            // PowerShell reads 30d as the decimal number 30 and keeps the text that was typed; a plain number would become ticks.
            return Duration.Parse(LanguagePrimitives.ConvertTo<string>(inputData));
        }
        catch (FormatException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }
}
