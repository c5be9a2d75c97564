namespace FileVersions.Services;

/// <summary>An object that can be written to a file, as a row or as part of a row.</summary>
public interface IHasColumns
{
    /// <summary>The properties to write. A method, so that shells do not show it.</summary>
    ColumnTable GetColumns();

    /// <summary>The fields of the service's reply that no property holds, by name; null if there are none.</summary>
    IReadOnlyDictionary<string, object?>? GetAdditionalFields();
}
