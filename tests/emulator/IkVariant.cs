namespace FileVersions.Emulator;

/// <summary>Shapes of ImageKit's versions in recorded replies.</summary>
public enum IkVariant
{
    /// <summary>Every documented field.</summary>
    Full,

    /// <summary>Without <c>mime</c>, <c>isPublished</c>, <c>description</c> and <c>selectedFieldsSchema</c>.</summary>
    Old,

    /// <summary>With null wherever null has been seen.</summary>
    Nulls,

    /// <summary>Current version not first, repeated version ids, other file ids, <c>AITags</c> that is no array.</summary>
    Odd,
}
