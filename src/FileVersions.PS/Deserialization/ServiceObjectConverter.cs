using System.Collections;
using System.Globalization;
using FileVersions.Json;
using FileVersions.PS.Output;

namespace FileVersions.PS.Deserialization;

/// <summary>
/// Converts an object that PowerShell deserialized from a job, a remote session or a Clixml file back to its original class,
/// including dates, users, tags, metadata and note properties. FileVersions.Types.ps1xml registers it for each class.
/// </summary>
public sealed class ServiceObjectConverter : PSTypeConverter
{
    private const string Prefix = "Deserialized.";
    private const string DatePrefix = Prefix + "System.DateTimeOffset";
    private const string ListPrefix = Prefix + "FileVersions.ValueList`1";
    private const string MapPrefix = Prefix + "FileVersions.ValueMap";

    // Keys are the type names of deserialized objects.
    private static readonly Dictionary<string, Type> s_types = typeof(ServiceObject).Assembly.GetExportedTypes()
        .Where(static type => !type.IsAbstract && typeof(ServiceObject).IsAssignableFrom(type))
        .ToDictionary(static type => Prefix + type.FullName, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) =>
        sourceValue is PSObject source && CanConvertFrom(source, destinationType);

    /// <inheritdoc/>
    public override bool CanConvertFrom(PSObject sourceValue, Type destinationType) =>
        sourceValue is not null && destinationType is not null && FindType(sourceValue) == destinationType;

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        Restore((PSObject)sourceValue, destinationType);

    /// <inheritdoc/>
    public override object ConvertFrom(PSObject sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        Restore(sourceValue, destinationType);

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new NotSupportedException();

    private static Type? FindType(PSObject source)
    {
        foreach (string name in source.TypeNames)
        {
            if (s_types.TryGetValue(name, out Type? type))
            {
                return type;
            }
        }

        return null;
    }

    private static ServiceObject Restore(PSObject source, Type type)
    {
        IEnumerable<KeyValuePair<string, object?>> properties =
            source.Properties.Select(static property => new KeyValuePair<string, object?>(property.Name, RestoreValue(property.Value)));
        ServiceObject restored = ServiceObject.FromProperties(type, properties);
        AdditionalProperties.AddOwnFields(restored);
        return restored;
    }

    private static object? RestoreValue(object? value)
    {
        if (value is not PSObject source)
        {
            return value;
        }

        string typeName = source.TypeNames.Count == 0 ? string.Empty : source.TypeNames[0];
        if (typeName.StartsWith(DatePrefix, StringComparison.Ordinal))
        {
            return new DateTimeOffset(
                Convert.ToInt64(source.Properties["Ticks"].Value, CultureInfo.InvariantCulture), (TimeSpan)source.Properties["Offset"].Value);
        }

        if (source.BaseObject is IList items && typeName.StartsWith(ListPrefix, StringComparison.Ordinal))
        {
            return new ValueList<object?>([.. items.Cast<object?>().Select(RestoreValue)]);
        }

        if (source.BaseObject is IDictionary map && typeName.StartsWith(MapPrefix, StringComparison.Ordinal))
        {
            // Deserialization has lost the order of the fields. Sorting them at least makes it the same every time.
            return new ValueMap(
                [.. map.Cast<DictionaryEntry>()
                    .Select(static field => new KeyValuePair<string, object?>((string)field.Key, RestoreValue(field.Value)))
                    .OrderBy(static field => field.Key, StringComparer.Ordinal)]);
        }

        // Sessions over SSH do not convert the objects inside an object.
        return source.BaseObject is not PSCustomObject ? source.BaseObject
            : FindType(source) is { } type ? Restore(source, type)
            : source;
    }
}
