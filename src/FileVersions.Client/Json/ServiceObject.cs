using System.Collections;
using System.Reflection;

namespace FileVersions.Json;

/// <summary>
/// An object that a service returned. A property is null if the reply has no such field. Fields without a matching property, and
/// values that do not fit their property, are kept as additional fields.
/// </summary>
public abstract class ServiceObject
{
    private Dictionary<string, object?>? _additionalFields;

    private protected ServiceObject()
    {
    }

    /// <summary>
    /// The fields that no property holds, by their names in the reply; null if there are none. Values are text, whole numbers, decimals,
    /// doubles, Booleans, null, lists (<see cref="ValueList{T}"/>) and objects (<see cref="ValueMap"/>).
    /// </summary>
    public IReadOnlyDictionary<string, object?>? GetAdditionalFields() => _additionalFields;

    /// <summary>Creates an object from the values of its properties, for example after deserialization.</summary>
    /// <param name="type">A class of this library that derives from this one.</param>
    /// <param name="properties">
    /// The values by property name. Calculated properties are ignored. A value that does not fit its property becomes an additional
    /// field, as does a name that is no property.
    /// </param>
    /// <exception cref="ArgumentException">The type does not derive from this class or is abstract.</exception>
    public static ServiceObject FromProperties(Type type, IEnumerable<KeyValuePair<string, object?>> properties)
    {
        if (type.IsAbstract || !typeof(ServiceObject).IsAssignableFrom(type))
        {
            throw new ArgumentException(null, nameof(type));
        }

        var target = (ServiceObject)Activator.CreateInstance(type, nonPublic: true)!;
        foreach (KeyValuePair<string, object?> field in properties)
        {
            PropertyInfo? property = type.GetProperty(field.Key);
            if (property is { CanWrite: false })
            {
                continue;
            }

            if (property is not null && TryConvert(field.Value, property.PropertyType, out object? value))
            {
                property.SetValue(target, value);
            }
            else
            {
                target.AddField(field.Key, field.Value);
            }
        }

        return target;
    }

    internal void AddField(string name, object? value) => (_additionalFields ??= [])[name] = value;

    internal void RemoveField(string name)
    {
        if (_additionalFields?.Remove(name) == true && _additionalFields.Count == 0)
        {
            _additionalFields = null;
        }
    }

    private static bool TryConvert(object? value, Type type, out object? converted)
    {
        converted = value;
        if (value is null || type.IsInstanceOfType(value))
        {
            return true;
        }

        return value is IList items && type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueList<>)
            && TryConvertList(items, type, out converted);
    }

    private static bool TryConvertList(IList items, Type listType, out object? converted)
    {
        converted = null;
        Type itemType = listType.GenericTypeArguments[0];
        var list = Array.CreateInstance(itemType, items.Count);
        for (int i = 0; i < items.Count; i++)
        {
            if (items[i] is { } item && !itemType.IsInstanceOfType(item))
            {
                return false;
            }

            list.SetValue(items[i], i);
        }

        converted = Activator.CreateInstance(listType, list);
        return true;
    }
}
