using System.Globalization;
using System.Text;

namespace FileVersions.Emulator.ImageKit;

/// <summary>
/// A search query of ImageKit's Lucene-like language: comparisons of <c>name</c>, <c>path</c>, <c>type</c>, <c>id</c>,
/// <c>format</c>, <c>tags</c>, <c>size</c>, <c>createdAt</c>, <c>updatedAt</c>, <c>private</c> and <c>published</c>,
/// combined with AND, OR and parentheses.
/// </summary>
internal sealed class IKQuery
{
    private readonly List<Token> _tokens;
    private readonly DateTime _now;
    private readonly List<string> _paths = [];
    private int _place;

    private IKQuery(string text, DateTime now)
    {
        _tokens = Token.Split(text);
        _now = now;
        Matches = Or();
        if (_place < _tokens.Count)
        {
            throw Invalid($"unexpected '{_tokens[_place].Text}'");
        }
    }

    /// <summary>Whether an item matches the query.</summary>
    internal Func<IKItem, bool> Matches { get; }

    /// <summary>Whether the query restricts the type of items; otherwise it selects files.</summary>
    internal bool HasType { get; private set; }

    /// <summary>The folders that the query names.</summary>
    internal IReadOnlyList<string> Paths => _paths;

    /// <summary>Reads a query.</summary>
    /// <exception cref="FormatException">The query is invalid; the message is ImageKit's.</exception>
    internal static IKQuery Parse(string text, DateTime now) => new(text, now);

    /// <summary>A folder's path with a slash at both ends.</summary>
    internal static string Folder(string path) => path.Trim('/') is { Length: > 0 } trimmed ? $"/{trimmed}/" : "/";

    private static FormatException Invalid(string problem) =>
        new($"Invalid search query - {problem}. Please refer to the documentation for syntax specification.");

    private Func<IKItem, bool> Or()
    {
        Func<IKItem, bool> left = And();
        while (TryTake("OR"))
        {
            (Func<IKItem, bool> first, Func<IKItem, bool> second) = (left, And());
            left = item => first(item) || second(item);
        }

        return left;
    }

    private Func<IKItem, bool> And()
    {
        Func<IKItem, bool> left = Term();
        while (TryTake("AND"))
        {
            (Func<IKItem, bool> first, Func<IKItem, bool> second) = (left, Term());
            left = item => first(item) && second(item);
        }

        return left;
    }

    private Func<IKItem, bool> Term()
    {
        if (TryTake("("))
        {
            Func<IKItem, bool> inner = Or();
            Expect(")");
            return inner;
        }

        string field = Take().Text;
        bool isNegated = TryTake("NOT");
        string op = Take().Text;
        IReadOnlyList<string> values = op == "IN" ? List() : [Take().Text];
        Func<IKItem, bool> comparison = Comparison(field, op, values);
        return isNegated ? item => !comparison(item) : comparison;
    }

    private List<string> List()
    {
        Expect("[");
        var values = new List<string> { Take().Text };
        while (TryTake(","))
        {
            values.Add(Take().Text);
        }

        Expect("]");
        return values;
    }

    private Func<IKItem, bool> Comparison(string field, string op, IReadOnlyList<string> values)
    {
        switch (field)
        {
            case "name":
                return Text(field, op, values, static item => item.Name);
            case "id":
                return Text(field, op, values, static item => item.Id);
            case "format":
                return Text(field, op, values, static item => System.IO.Path.GetExtension(item.Name).TrimStart('.'));
            case "type":
                HasType = true;
                if (values.FirstOrDefault(value => value is not ("file" or "file-version" or "folder")) is not null)
                {
                    throw Invalid("type field must have one of the values file, file-version, folder");
                }

                return Text(field, op, values, static item => item.Type);
            case "path":
                return InFolder(op, values);
            case "tags":
                return op is "IN" or "HAS"
                    ? item => item.Attributes is { } attributes && values.Any(value => attributes.Tags.Contains(value) || attributes.AITags.Contains(value))
                    : throw NoOperator(field, op);
            case "private":
                return Flag(field, op, values, static item => item.Attributes?.IsPrivate);
            case "published":
                return Flag(field, op, values, static item => item.Attributes?.IsPublished);
            case "createdAt":
                return Ordered(field, op, [.. values.Select(value => Date(field, value))], static item => item.CreatedAt);
            case "updatedAt":
                return Ordered(field, op, [.. values.Select(value => Date(field, value))], static item => item.UpdatedAt);
            case "size":
                return Ordered(field, op, [.. values.Select(Size)], static item => item.Size);
            default:
                throw Invalid($"unknown field '{field}'");
        }
    }

    private static FormatException NoOperator(string field, string op) => Invalid($"{field} field does not support the operator '{op}'");

    private static Func<IKItem, bool> Text(string field, string op, IReadOnlyList<string> values, Func<IKItem, string> read) => op switch
    {
        "=" or "IN" => item => values.Contains(read(item), StringComparer.Ordinal),
        ":" => item => read(item).StartsWith(values[0], StringComparison.Ordinal),
        "HAS" => item => read(item).Contains(values[0], StringComparison.OrdinalIgnoreCase),
        _ => throw NoOperator(field, op),
    };

    private static Func<IKItem, bool> Flag(string field, string op, IReadOnlyList<string> values, Func<IKItem, bool?> read) =>
        op == "=" && bool.TryParse(values[0], out bool expected) ? item => read(item) == expected : throw NoOperator(field, op);

    private static Func<IKItem, bool> Ordered<T>(string field, string op, T[] values, Func<IKItem, T> read)
        where T : IComparable<T> => op switch
        {
            "=" or "IN" => item => values.Contains(read(item)),
            "<" => item => read(item).CompareTo(values[0]) < 0,
            "<=" => item => read(item).CompareTo(values[0]) <= 0,
            ">" => item => read(item).CompareTo(values[0]) > 0,
            ">=" => item => read(item).CompareTo(values[0]) >= 0,
            _ => throw NoOperator(field, op),
        };

    private static long Size(string value)
    {
        (string number, long unit) = value.ToUpperInvariant() switch
        {
            { } text when text.EndsWith("MB", StringComparison.Ordinal) => (text[..^2], 1024L * 1024),
            { } text when text.EndsWith("KB", StringComparison.Ordinal) => (text[..^2], 1024L),
            { } text => (text, 1L),
        };
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double size)
            ? (long)(size * unit)
            : throw Invalid("size field must have a valid size value");
    }

    private Func<IKItem, bool> InFolder(string op, IReadOnlyList<string> values)
    {
        string[] folders = [.. values.Select(Folder)];
        _paths.AddRange(folders);
        return op switch
        {
            "=" or "IN" => item => folders.Contains(item.ParentFolder, StringComparer.Ordinal),
            ":" => item => item.ParentFolder.StartsWith(folders[0], StringComparison.Ordinal),
            _ => throw NoOperator("path", op),
        };
    }

    /// <summary>An ISO 8601 date (UTC unless it has an offset), or an age such as <c>7d</c>.</summary>
    private DateTime Date(string field, string value)
    {
        if (value.Length > 1 && int.TryParse(value.AsSpan(0, value.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int age))
        {
            switch (value[^1])
            {
                case 'h': return _now.AddHours(-age);
                case 'd': return _now.AddDays(-age);
                case 'w': return _now.AddDays(-7 * age);
                case 'm': return _now.AddMonths(-age);
                case 'y': return _now.AddYears(-age);
            }
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        string[] formats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
        return DateTime.TryParseExact(value, formats, CultureInfo.InvariantCulture, Utc, out DateTime date)
            ? date
            : throw Invalid($"{field} field must have a valid date value. Make sure the value is enclosed within quotes");
    }

    private bool TryTake(string keyword)
    {
        if (_place < _tokens.Count && !_tokens[_place].IsQuoted && _tokens[_place].Text == keyword)
        {
            _place++;
            return true;
        }

        return false;
    }

    private void Expect(string keyword)
    {
        if (!TryTake(keyword))
        {
            throw Invalid($"'{keyword}' is missing");
        }
    }

    private Token Take() => _place < _tokens.Count ? _tokens[_place++] : throw Invalid("it ends too early");

    /// <summary>A word, an operator, a bracket or a quoted text.</summary>
    private readonly record struct Token(string Text, bool IsQuoted)
    {
        private const string Symbols = "()[],:=<>";

        internal static List<Token> Split(string text)
        {
            var tokens = new List<Token>();
            for (int place = 0; place < text.Length;)
            {
                if (char.IsWhiteSpace(text[place]))
                {
                    place++;
                }
                else if (text[place] == '"')
                {
                    tokens.Add(Quoted(text, ref place));
                }
                else if (Symbols.Contains(text[place], StringComparison.Ordinal))
                {
                    int length = text[place] is '<' or '>' && place + 1 < text.Length && text[place + 1] == '=' ? 2 : 1;
                    tokens.Add(new Token(text.Substring(place, length), false));
                    place += length;
                }
                else
                {
                    int start = place;
                    while (place < text.Length && !char.IsWhiteSpace(text[place]) && text[place] != '"' && !Symbols.Contains(text[place], StringComparison.Ordinal))
                    {
                        place++;
                    }

                    tokens.Add(new Token(text[start..place], false));
                }
            }

            return tokens;
        }

        /// <summary>Reads a string in double quotes; a backslash makes the next character literal.</summary>
        private static Token Quoted(string text, ref int place)
        {
            var value = new StringBuilder();
            for (place++; place < text.Length; place++)
            {
                if (text[place] == '"')
                {
                    place++;
                    return new Token(value.ToString(), true);
                }

                if (text[place] == '\\' && place + 1 < text.Length)
                {
                    place++;
                }

                value.Append(text[place]);
            }

            throw Invalid("a quotation mark is missing");
        }
    }
}
