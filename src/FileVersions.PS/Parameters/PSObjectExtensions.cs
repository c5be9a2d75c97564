namespace FileVersions.PS.Parameters;

internal static class PSObjectExtensions
{
    /// <summary>Returns the object inside a <see cref="PSObject"/>; any other value as it is.</summary>
    internal static object? Unwrap(this object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
