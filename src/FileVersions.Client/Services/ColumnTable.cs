using System.Text.Json;

namespace FileVersions.Services;

/// <summary>The properties of a class that are written to files: their names in order, and how to read them.</summary>
public abstract class ColumnTable
{
    private protected ColumnTable(string[] names)
    {
        Names = names;
        EncodedNames = Array.ConvertAll(names, static name => JsonEncodedText.Encode(name));
    }

    /// <summary>The names of the columns, which are the names of the properties.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The names as JSON property names.</summary>
    internal JsonEncodedText[] EncodedNames { get; }

    /// <summary>Reads a column.</summary>
    /// <param name="row">An object of the class.</param>
    /// <param name="index">The index of the column in <see cref="Names"/>.</param>
    /// <returns>
    /// Text, a number, a Boolean, a date, a list, a map by name, another object with columns, or null.
    /// </returns>
    public abstract object? GetValue(object row, int index);
}

/// <inheritdoc/>
public sealed class ColumnTable<T> : ColumnTable
    where T : class, IHasColumns
{
    private readonly Func<T, object?>[] _getters;

    /// <summary>Creates a table.</summary>
    /// <param name="columns">The name of each column and how to read it.</param>
    public ColumnTable(params (string Name, Func<T, object?> Get)[] columns)
        : base(Array.ConvertAll(columns, static column => column.Name))
    {
        _getters = Array.ConvertAll(columns, static column => column.Get);
    }

    /// <inheritdoc/>
    public override object? GetValue(object row, int index) => _getters[index]((T)row);
}
