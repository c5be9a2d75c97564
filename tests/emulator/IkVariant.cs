namespace FileVersions.Emulator;

/// <summary>Shapes of ImageKit's versions in recorded replies.</summary>
public enum IkVariant
{
    /// <summary>Every documented field.</summary>
    Full,

    /// <summary>Without <c>mime</c>, <c>isPublished</c>, <c>description</c> and <c>selectedFieldsSchema</c>.</summary>
    Old,

    /// <summary>With null for every field in which null was observed.</summary>
    Nulls,

    /// <summary>Current version not first, repeated version ids, other file ids, <c>AITags</c> is not an array.</summary>
    Odd,
}
