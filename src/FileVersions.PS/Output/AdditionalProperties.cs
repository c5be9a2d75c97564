using System.Collections.Concurrent;
using System.Reflection;
using FileVersions.Box;
using FileVersions.ImageKit;
using FileVersions.Json;

namespace FileVersions.PS.Output;

/// <summary>Shows the additional fields of a reply as note properties under their own names.</summary>
internal static class AdditionalProperties
{
    private static readonly HashSet<string> s_reservedNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "psobject", "psbase", "psadapted", "psextended", "pstypenames", "PSStandardMembers",
    };

    // The members of each class by name; null for members other than properties.
    private static readonly ConcurrentDictionary<Type, Dictionary<string, PropertyInfo?>> s_members = new();

    /// <summary>Adds note properties to an object and to the objects in its properties.</summary>
    /// <returns>The object to write.</returns>
    internal static object AddTo(object item)
    {
        switch (item)
        {
            case BoxFileVersion version:
                AddOwnFields(version.ModifiedBy);
                AddOwnFields(version.TrashedBy);
                AddOwnFields(version.RestoredBy);
                break;
            case BoxFile file:
                AddOwnFields(file.ModifiedBy);
                break;
            case IKFileVersion { AITags: { } tags }:
                foreach (AITag tag in tags)
                {
                    AddOwnFields(tag);
                }

                break;
        }

        AddOwnFields(item as ServiceObject);
        return item;
    }

    /// <summary>Adds note properties to an object, without those in its properties. PowerShell keeps them with the object itself.</summary>
    internal static void AddOwnFields(ServiceObject? owner)
    {
        if (owner?.GetAdditionalFields() is not { } fields)
        {
            return;
        }

        PSObject shown = PSObject.AsPSObject(owner);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, object?> field in fields)
        {
            string name = field.Key;
            while (name.Length == 0 || IsTaken(owner, name) || !names.Add(name))
            {
                name += "_";
            }

            shown.Properties.Add(new PSNoteProperty(name, field.Value));
        }
    }

    // A field must not hide a value of the object itself, such as its file id. A field takes the place of a property without a value: its form was unexpected.
    private static bool IsTaken(ServiceObject owner, string name) =>
        s_reservedNames.Contains(name)
        || (s_members.GetOrAdd(owner.GetType(), GetMembers).TryGetValue(name, out PropertyInfo? property)
            && (property is null || property.GetValue(owner) is not null));

    private static Dictionary<string, PropertyInfo?> GetMembers(Type type)
    {
        var members = new Dictionary<string, PropertyInfo?>(StringComparer.OrdinalIgnoreCase);
        foreach (MemberInfo member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance))
        {
            members[member.Name] = member as PropertyInfo;
        }

        return members;
    }
}
