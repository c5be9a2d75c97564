using System.Security;

namespace FileVersions.PS.Parameters;

/// <summary>Accepts a TimeZoneInfo or the id of a time zone that this platform knows.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TimeZoneTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData.Unwrap();
        if (value is TimeZoneInfo)
        {
            return value;
        }

        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(value?.ToString()?.Trim() ?? string.Empty);
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException or SecurityException or ArgumentException)
        {
            throw new ArgumentTransformationMetadataException(Texts.TimeZoneUnknown.FormatWith(value), e);
        }
    }
}
