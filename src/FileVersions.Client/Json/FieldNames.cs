using System;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace FileVersions.Json;

/// <summary>
/// The names of the fields of one kind of object. A service sends them in one order, so the search begins behind the name that was
/// found last, and mostly ends there.
/// </summary>
internal sealed class FieldNames
{
    private readonly byte[][] _names;

    /// <summary>Takes the names, best in the order in which they come.</summary>
    internal FieldNames(params string[] names) => _names = Array.ConvertAll(names, Encoding.UTF8.GetBytes);

    /// <summary>Finds the name on which the reader stands and steps onto its value.</summary>
    /// <param name="reader">Stands on a name.</param>
    /// <param name="next">Where the search begins; 0 at first, then as this method leaves it.</param>
    /// <returns>The name's place in the list; -1 when it is none of these, and the reader stays.</returns>
    [MethodImpl(Compile.Fully)]
    internal int Find(ref Utf8JsonReader reader, ref int next)
    {
        byte[][] names = _names;
        int place = next;
        for (int tried = 0; tried < names.Length; tried++, place++)
        {
            if (place >= names.Length)
            {
                place = 0;
            }

            if (reader.ValueTextEquals(names[place]))
            {
                next = place + 1;
                reader.Read();
                return place;
            }
        }

        return -1;
    }
}
