using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace FileVersions.Json;

/// <summary>Reads the value of a field into the object that it belongs to.</summary>
internal delegate void FieldReader<in T>(T target, ref ReplyReader value);

/// <summary>The fields of one kind of JSON object, each with its reader. Reading is fastest if the table has the order of the replies.</summary>
internal sealed class FieldTable<T>
    where T : class, new()
{
    private readonly (string Name, FieldReader<T> Read)[] _fields;
    private readonly byte[][] _names;

    internal FieldTable(params (string Name, FieldReader<T> Read)[] fields)
    {
        _fields = fields;
        _names = Array.ConvertAll(fields, static field => Encoding.UTF8.GetBytes(field.Name));
    }

    /// <summary>Reads a reply that consists of one object.</summary>
    /// <exception cref="JsonException">The reply is anything else.</exception>
    internal T ReadObject(ReadOnlyMemory<byte> reply)
    {
        var reader = new ReplyReader(reply);
        T target = Read(ref reader) ?? throw reader.Invalid();
        reader.Close();
        return target;
    }

    /// <summary>Reads a reply that consists of an array of objects.</summary>
    /// <exception cref="JsonException">The reply is anything else.</exception>
    internal List<T> ReadArray(ReadOnlyMemory<byte> reply)
    {
        var reader = new ReplyReader(reply);
        List<T> items = reader.ReadObjects(this);
        reader.Close();
        return items;
    }

    /// <summary>
    /// Reads an object; null for null. Any other value is marked as unexpected. A <see cref="ServiceObject"/> keeps the fields that the
    /// table does not contain and values of an unexpected form; other classes do not.
    /// </summary>
    [MethodImpl(CompilerOptions.AggressiveOptimization)]
    internal T? Read(ref ReplyReader reader)
    {
        if (!reader.EnterObject())
        {
            return null;
        }

        var target = new T();
        var kept = target as ServiceObject;
        int next = 0;
        while (reader.NextField())
        {
            int found = Find(ref reader, next);
            if (found >= 0)
            {
                next = found + 1;
                ReadField(_fields[found].Name, _fields[found].Read, target, kept, ref reader);
            }
            else if (kept is null)
            {
                reader.Skip();
            }
            else
            {
                string name = reader.ReadFieldName();
                kept.AddField(name, reader.ReadAny());
            }
        }

        return target;
    }

    private static void ReadField(string name, FieldReader<T> read, T target, ServiceObject? kept, ref ReplyReader reader)
    {
        reader.EnterField();

        // If a name is repeated, its last value counts.
        kept?.RemoveField(name);
        read(target, ref reader);
        if (reader.TakeUnexpected(out object? value))
        {
            kept?.AddField(name, value);
        }
    }

    // A service sends its fields in the same order every time, so the search starts at the field after the last one found.
    [MethodImpl(CompilerOptions.AggressiveOptimization)]
    private int Find(ref ReplyReader reader, int start)
    {
        byte[][] names = _names;
        for (int i = start; i < names.Length; i++)
        {
            if (reader.IsField(names[i]))
            {
                return i;
            }
        }

        for (int i = 0; i < start; i++)
        {
            if (reader.IsField(names[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
