using System.Collections.Generic;
using System.Management.Automation;
using FileVersions.Box;
using FileVersions.ImageKit;

namespace FileVersions.PS;

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

    // PowerShell keeps note properties with the object that they were added to, also where a property of another gives it.
    /// <summary>The owner, with a note property for each field.</summary>
    internal static object AddTo(object? owner, IEnumerable<KeyValuePair<string, object?>>? fields)
    {
        if (owner is null || fields is null)
        {
            return owner!;
        }

        PSObject shown = PSObject.AsPSObject(owner);
        foreach (KeyValuePair<string, object?> field in fields)
        {
            shown.Properties.Add(new PSNoteProperty(field.Key, field.Value));
        }

        return shown;
    }
}
