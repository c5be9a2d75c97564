using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using FileVersions.Box;
using FileVersions.ImageKit;

namespace FileVersions.PS.Output;

/// <summary>Shows what a reply held and no property names as note properties under the reply's own names.</summary>
internal static class AdditionalProperties
{
    /// <summary>The item itself, or, where there is more than its properties tell, the item with note properties.</summary>
    internal static object AddTo(object item)
    {
        switch (item)
        {
            case BoxFileVersion version:
                AddTo(version.ModifiedBy, version.ModifiedBy?.GetAdditionalFields());
                AddTo(version.TrashedBy, version.TrashedBy?.GetAdditionalFields());
                AddTo(version.RestoredBy, version.RestoredBy?.GetAdditionalFields());
                return AddTo(version, version.GetAdditionalFields());
            case IKFileVersion version:
                foreach (AITag tag in version.AITags ?? (IEnumerable<AITag>)[])
                {
                    AddTo(tag, tag.GetAdditionalFields());
                }

                return AddTo(version, version.GetAdditionalFields());
            default:
                return item;
        }
    }

    /// <summary>The owner, with a note property for each field.</summary>
    /// <remarks>PowerShell keeps note properties with the object that they were added to, also where a property of another gives it.</remarks>
    internal static object AddTo(object? owner, IEnumerable<KeyValuePair<string, object?>>? fields)
    {
        if (owner is null || fields is null)
        {
            return owner!;
        }

        PSObject shown = PSObject.AsPSObject(owner);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, object?> field in fields)
        {
            // Whatever a reply calls its field, it must not stand for what the object itself tells, such as the file's id.
            string name = field.Key;
            while (name.Length == 0 || OwnMembers.AreTakenBy(owner, name) || !names.Add(name))
            {
                name += "_";
            }

            shown.Properties.Add(new PSNoteProperty(name, field.Value));
        }

        return shown;
    }

    /// <summary>What objects are without a reply's further fields.</summary>
    private static class OwnMembers
    {
        private static readonly HashSet<string> s_reserved = new(StringComparer.OrdinalIgnoreCase)
        {
            "psobject", "psbase", "psadapted", "psextended", "pstypenames", "PSStandardMembers",
        };

        // Null for what is no property.
        private static readonly Dictionary<Type, Dictionary<string, PropertyInfo?>> s_members =
            new[] { typeof(BoxFileVersion), typeof(BoxUser), typeof(IKFileVersion), typeof(AITag) }.ToDictionary(type => type, MembersOf);

        /// <summary>Whether the name is that of a member. A property without a value leaves its name to the reply's own form of it.</summary>
        internal static bool AreTakenBy(object owner, string name) =>
            s_reserved.Contains(name)
            || (s_members[owner.GetType()].TryGetValue(name, out PropertyInfo? property) && (property is null || property.GetValue(owner) is not null));

        private static Dictionary<string, PropertyInfo?> MembersOf(Type type)
        {
            var members = new Dictionary<string, PropertyInfo?>(StringComparer.OrdinalIgnoreCase);
            foreach (MemberInfo member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance))
            {
                members[member.Name] = member as PropertyInfo;
            }

            return members;
        }
    }
}
