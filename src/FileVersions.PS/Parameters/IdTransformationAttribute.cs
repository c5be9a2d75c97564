using System.Collections;

namespace FileVersions.PS.Parameters;

/// <summary>
/// Accepts ids that are texts, numbers or web addresses, and trims white space around them. PowerShell would convert any other object to
/// text before it looks for a property with the parameter's name. If it is rejected here, the object binds by its property.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IdTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData.Unwrap();
        return value is IList list
            ? list.Cast<object?>().Select(static item => ToText(item.Unwrap())).ToArray()
            : ToText(value)!;
    }

    private static string? ToText(object? value) => value switch
    {
        null => null,
        string or char or Uri or Guid or decimal => LanguagePrimitives.ConvertTo<string>(value).Trim(),
        _ when value.GetType().IsPrimitive && value is not bool => LanguagePrimitives.ConvertTo<string>(value),

        // The inner exception makes the binder try the object's properties.
        _ => throw new ArgumentTransformationMetadataException(Rejection(value), new PSInvalidCastException(Rejection(value))),
    };

    private static string Rejection(object value) => Texts.IdTypeInvalid.FormatWith(value.GetType());
}
