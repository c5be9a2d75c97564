using System.Management.Automation.Internal;

namespace FileVersions.PS.Parameters;

/// <summary>Reads properties of an object from the pipeline, which may come from a service, a CSV file, a job or Clixml.</summary>
internal readonly struct PropertyReader(PSObject source)
{
    /// <summary>The value of a property; null if it is missing, null, the empty result of a command, or an empty text, as in a CSV file.</summary>
    internal object? Value(string name) =>
        source.Properties[name]?.Value is { } value and not "" && value != AutomationNull.Value ? value : null;

    internal string? Text(string name) => Value(name)?.ToString() is { Length: > 0 } text ? text : null;

    internal long? Integer(string name) =>
        Value(name) is { } value && LanguagePrimitives.TryConvertTo(value, out long number) ? number : null;

    /// <summary>Whether a property is true. A CSV file has the text <c>True</c> or <c>False</c>.</summary>
    internal bool IsTrue(string name) => Value(name) switch
    {
        bool value => value,
        string text => bool.TryParse(text.Trim(), out bool value) && value,
        _ => false,
    };

    internal DateTimeOffset? Date(string name) => VersionDate.Read(Value(name));
}
