using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace FileVersions.PS.Deserialization;

/// <summary>The properties of an object as PowerShell's deserialiser leaves them, read as what they were.</summary>
internal sealed class WireValues(PSObject source)
{
    private const string DatePrefix = "Deserialized.System.DateTimeOffset";
    private const string ListPrefix = "Deserialized.FileVersions.ValueList`1";
    private const string MapPrefix = "Deserialized.FileVersions.ValueMap";

    internal string? Text(string name) => Find(name) as string;

    internal bool? Bool(string name) => Find(name) as bool?;

    internal long? Integer(string name) => Find(name) is { } value ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;

    internal decimal? Decimal(string name) => Find(name) is { } value ? Convert.ToDecimal(value, CultureInfo.InvariantCulture) : null;

    internal double? Double(string name) => Find(name) is { } value ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : null;

    internal DateTimeOffset? Date(string name) => Find(name) as DateTimeOffset?;

    internal ValueMap? Map(string name) => Find(name) as ValueMap;

    internal ValueList<T>? List<T>(string name) => Find(name) is IEnumerable items ? new ValueList<T>(items.Cast<object?>().Select(Rebuild).Cast<T>().ToList()) : null;

    /// <summary>Another type of this module that stands in a property.</summary>
    internal T? Object<T>(string name)
        where T : class => Find(name) as T;

    /// <summary>What a reply held and no property named: PowerShell carries note properties apart.</summary>
    internal IEnumerable<KeyValuePair<string, object?>> Notes() =>
        source.Properties
            .Where(property => property.MemberType == PSMemberTypes.NoteProperty)
            .Select(property => new KeyValuePair<string, object?>(property.Name, Rebuild(property.Value)));

    private object? Find(string name) => Rebuild(source.Properties[name]?.Value);

    private static object? Rebuild(object? value)
    {
        if (value is not PSObject shown)
        {
            return value;
        }

        string type = shown.TypeNames.Count == 0 ? string.Empty : shown.TypeNames[0];
        if (type.StartsWith(DatePrefix, StringComparison.Ordinal))
        {
            return new DateTimeOffset((long)shown.Properties["Ticks"].Value, (TimeSpan)shown.Properties["Offset"].Value);
        }

        if (shown.BaseObject is IList items && type.StartsWith(ListPrefix, StringComparison.Ordinal))
        {
            return new ValueList<object?>(items.Cast<object?>().Select(Rebuild).ToList());
        }

        if (shown.BaseObject is IDictionary map && type.StartsWith(MapPrefix, StringComparison.Ordinal))
        {
            // A deserialised dictionary has lost its order; this one is at least always the same.
            return new ValueMap(
                map.Cast<DictionaryEntry>()
                    .Select(field => new KeyValuePair<string, object?>((string)field.Key, Rebuild(field.Value)))
                    .OrderBy(field => field.Key, StringComparer.Ordinal)
                    .ToList());
        }

        return shown.BaseObject is PSCustomObject ? WireConverter.Rebuild(shown) : shown.BaseObject;
    }
}
