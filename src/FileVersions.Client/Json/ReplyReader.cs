using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FileVersions.Json;

/// <summary>Reads an item of an array.</summary>
internal delegate T ItemReader<out T>(ref ReplyReader item);

/// <summary>
/// Reads the values of a reply one after another. A value of an unexpected form is read as null and marked, so that it can be kept as
/// an additional field instead of failing the whole reply.
/// </summary>
/// <remarks>
/// The reader is at a value when a Read method is called, and at the last token of that value afterwards. Text that is not JSON, or is
/// nested too deeply, throws <see cref="JsonException"/>.
/// </remarks>
internal ref struct ReplyReader
{
    private Utf8JsonReader _json;
    private bool _isUnexpected;
    private TextCache? _texts;

    /// <summary>Moves to the first value.</summary>
    internal ReplyReader(ReadOnlyMemory<byte> reply)
    {
        _json = new Utf8JsonReader(JsonBytes.WithoutMark(reply).Span);
        _isUnexpected = false;
        _texts = null;
        _json.Read();
    }

    /// <summary>Throws if anything but white space follows the value.</summary>
    internal void Close() => _json.Read();

    /// <summary>Moves into an object; false for any other value.</summary>
    internal bool EnterObject() => Is(JsonTokenType.StartObject);

    /// <summary>Whether the value is an array.</summary>
    internal readonly bool IsArray => _json.TokenType == JsonTokenType.StartArray;

    /// <summary>Whether the value is text.</summary>
    internal readonly bool IsText => _json.TokenType == JsonTokenType.String;

    /// <summary>Moves into an array.</summary>
    /// <exception cref="JsonException">The value is not an array.</exception>
    internal readonly void EnterRequiredArray()
    {
        if (!IsArray)
        {
            throw Invalid();
        }
    }

    /// <summary>Moves to the next item; false at the end of the array.</summary>
    internal bool NextItem() => _json.Read() && _json.TokenType != JsonTokenType.EndArray;

    /// <summary>Moves to the next field name; false at the end of the object.</summary>
    internal bool NextField() => _json.Read() && _json.TokenType == JsonTokenType.PropertyName;

    /// <summary>Whether the field at the reader has this name.</summary>
    internal readonly bool IsField(ReadOnlySpan<byte> name) => _json.ValueTextEquals(name);

    /// <summary>Moves from a field's name to its value.</summary>
    internal void EnterField() => _json.Read();

    /// <summary>Reads a field's name and moves to its value.</summary>
    internal string ReadFieldName()
    {
        string name = _json.GetString()!;
        _json.Read();
        return name;
    }

    /// <summary>Moves to the end of a value, or from a field's name to the end of its value.</summary>
    internal void Skip() => _json.Skip();

    /// <summary>Reads the text of a field of an object without moving; null if the object has no such text.</summary>
    internal readonly string? PeekText(ReadOnlySpan<byte> name)
    {
        ReplyReader ahead = this;
        if (ahead.EnterObject())
        {
            while (ahead.NextField())
            {
                if (ahead.IsField(name))
                {
                    ahead.EnterField();
                    return ahead.ReadText();
                }

                ahead.Skip();
            }
        }

        return null;
    }

    /// <summary>Reads text.</summary>
    internal string? ReadText() => Is(JsonTokenType.String) ? _json.GetString() : null;

    /// <summary>Reads text that the reply is likely to repeat. Equal texts are the same string.</summary>
    internal string? ReadRepeatedText() => Is(JsonTokenType.String) ? (_texts ??= new TextCache()).Read(ref _json) : null;

    /// <summary>Reads an id: text, or a number as in some of the services' examples.</summary>
    /// <exception cref="JsonException">The value is neither.</exception>
    internal string? ReadId() => _json.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => _json.GetString(),
        JsonTokenType.Number => NumberText(),
        _ => throw Invalid(),
    };

    /// <summary>As <see cref="ReadId"/>, for an id that nothing depends on.</summary>
    internal string? ReadOptionalId() => _json.TokenType == JsonTokenType.Number ? NumberText() : ReadRepeatedText();

    /// <summary>Reads a field that always holds the same text and needs no property. Other values are unexpected.</summary>
    internal void ReadConstant(ReadOnlySpan<byte> text)
    {
        if (Is(JsonTokenType.String))
        {
            _isUnexpected = !_json.ValueTextEquals(text);
        }
    }

    /// <summary>Reads an absolute address.</summary>
    internal Uri? ReadAddress()
    {
        string? text = ReadText();
        Uri? address = null;
        _isUnexpected |= text is not null && !Uri.TryCreate(text, UriKind.Absolute, out address);
        return address;
    }

    /// <summary>Reads true or false.</summary>
    internal bool? ReadBool() => _json.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => Unexpected<bool>(),
    };

    /// <summary>Reads a whole number that fits into 64 bits, in any notation.</summary>
    internal long? ReadWhole() =>
        _json.TokenType == JsonTokenType.Number && JsonNumber.TryGetWhole(ref _json, out long number) ? number : Unexpected<long>();

    /// <summary>Reads a whole number that the service sends as text.</summary>
    internal long? ReadWholeAsText() =>
        _json.TokenType == JsonTokenType.String
            ? long.TryParse(_json.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : Unexpected<long>()
            : ReadWhole();

    /// <summary>Reads a number that a decimal can hold exactly.</summary>
    internal decimal? ReadDecimal() =>
        _json.TokenType == JsonTokenType.Number && JsonNumber.TryGetDecimal(ref _json, out decimal number) ? number : Unexpected<decimal>();

    /// <summary>Reads a finite number.</summary>
    internal double? ReadDouble() =>
        _json.TokenType == JsonTokenType.Number && JsonNumber.TryGetDouble(ref _json, out double number) ? number : Unexpected<double>();

    /// <summary>Reads a date with a time and an offset, which differs between the items of one Box reply. Keeps the offset.</summary>
    internal DateTimeOffset? ReadDate() =>
        _json.TokenType == JsonTokenType.String && IsMoment(StringBytes()) && _json.TryGetDateTimeOffset(out DateTimeOffset date)
            ? date
            : Unexpected<DateTimeOffset>();

    /// <summary>Reads an array of texts, some of which may be null.</summary>
    internal ValueList<string?>? ReadTexts() => ReadList(static (ref reader) => reader.ReadText());

    /// <summary>Reads an array. If an item has an unexpected form, so has the array.</summary>
    internal ValueList<T>? ReadList<T>(ItemReader<T> readItem)
    {
        if (!Is(JsonTokenType.StartArray))
        {
            return null;
        }

        Utf8JsonReader start = _json;
        var items = new List<T>();
        while (NextItem())
        {
            items.Add(readItem(ref this));
            if (_isUnexpected)
            {
                _json = start;
                return null;
            }
        }

        return new ValueList<T>(items);
    }

    /// <summary>Reads an object of which one part is needed. An object without that part has an unexpected form.</summary>
    internal TPart? ReadPart<T, TPart>(FieldTable<T> table, Func<T, TPart?> getPart)
        where T : class, new()
        where TPart : class
    {
        Utf8JsonReader start = _json;
        if (table.Read(ref this) is not { } whole)
        {
            return null;
        }

        TPart? part = getPart(whole);
        if (part is null)
        {
            _json = start;
            _isUnexpected = true;
        }

        return part;
    }

    /// <summary>Reads an array of objects that the reply depends on.</summary>
    /// <exception cref="JsonException">The value is not an array, or an item is not an object.</exception>
    internal List<T> ReadObjects<T>(FieldTable<T> table)
        where T : class, new()
    {
        var items = new List<T>();
        EnterRequiredArray();
        while (NextItem())
        {
            items.Add(table.Read(ref this) ?? throw Invalid());
        }

        return items;
    }

    /// <summary>Reads an object with free values.</summary>
    internal ValueMap? ReadMap() => Is(JsonTokenType.StartObject) ? ReadAnyMap() : null;

    /// <summary>Reads any value: text, long, decimal, double, bool, null, <see cref="ValueList{T}"/> or <see cref="ValueMap"/>.</summary>
    internal object? ReadAny()
    {
        switch (_json.TokenType)
        {
            case JsonTokenType.String:
                return _json.GetString();
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            case JsonTokenType.Number:
                return JsonNumber.GetAny(ref _json);
            case JsonTokenType.StartObject:
                return ReadAnyMap();
            case JsonTokenType.StartArray:
                var items = new List<object?>();
                while (NextItem())
                {
                    items.Add(ReadAny());
                }

                return new ValueList<object?>(items);
            default:
                return null;
        }
    }

    /// <summary>If the last value had an unexpected form, reads it as it is and clears the mark.</summary>
    internal bool TakeUnexpected(out object? value)
    {
        value = null;
        if (!_isUnexpected)
        {
            return false;
        }

        _isUnexpected = false;
        value = ReadAny();
        return true;
    }

    /// <summary>The error for a value that the reply depends on.</summary>
    internal readonly JsonException Invalid() =>
        new(Texts.JsonValueUnexpected.FormatWith(_json.TokenType, _json.TokenStartIndex));

    // Null is expected everywhere. So is empty text, which some replies have in place of null.
    private bool Is(JsonTokenType expected)
    {
        if (_json.TokenType == expected)
        {
            return true;
        }

        _isUnexpected = !IsNothing();
        return false;
    }

    private TValue? Unexpected<TValue>()
        where TValue : struct
    {
        _isUnexpected = !IsNothing();
        return null;
    }

    private readonly bool IsNothing() =>
        _json.TokenType == JsonTokenType.Null || (_json.TokenType == JsonTokenType.String && _json.ValueSpan.IsEmpty);

    private ValueMap ReadAnyMap()
    {
        var fields = new List<KeyValuePair<string, object?>>();
        while (NextField())
        {
            string name = ReadFieldName();
            fields.Add(new KeyValuePair<string, object?>(name, ReadAny()));
        }

        return new ValueMap(fields);
    }

    /// <summary>The error for a field that the reply depends on.</summary>
    internal static JsonException Missing(string field) => new(Texts.JsonFieldMissing.FormatWith(field));

    // The library also reads dates without a time, seconds, the digits of a fraction, or an offset.
    private static bool IsMoment(ReadOnlySpan<byte> date)
    {
        if (date.Length < "2026-11-17T08:00:00Z".Length)
        {
            return false;
        }

        int end = date.Length - (date[date.Length - 1] == 'Z' ? "Z".Length : "+01:00".Length);
        return date[16] == ':' && date[end - 1] != '.' && date[end] is (byte)'Z' or (byte)'+' or (byte)'-';
    }

    private readonly string NumberText() => Encoding.UTF8.GetString(_json.ValueSpan.ToArray());

    private readonly ReadOnlySpan<byte> StringBytes() => _json.ValueIsEscaped ? Encoding.UTF8.GetBytes(_json.GetString()!) : _json.ValueSpan;
}
