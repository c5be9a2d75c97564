using System.Buffers;
using System.Globalization;
using System.Text.Json;
using FileVersions.Emulator.Data;
using FileVersions.Emulator.Http;

namespace FileVersions.Emulator.Box;

/// <summary>Writes Box's objects as JSON. Each kind of object has its own file; this one contains the shared members.</summary>
internal sealed partial class BoxJson(IBufferWriter<byte> output, EmulatorSettings settings, Account asking) : IDisposable
{
    private readonly Utf8JsonWriter _json = JsonText.Writer(output);

    public void Dispose() => _json.Dispose();

    internal void UserObject(Account user)
    {
        _json.WriteStartObject();
        UserMembers(user);
        _json.WriteEndObject();
    }

    private static string Extension(string name) => Path.GetExtension(name).TrimStart('.');

    private bool Omitted(string name)
    {
        foreach (string omitted in settings.OmitPaging)
        {
            if (omitted.Equals(name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private void Id(string id)
    {
        if (settings.NumericIds && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
        {
            _json.WriteNumber("id"u8, number);
        }
        else
        {
            _json.WriteString("id"u8, id);
        }
    }

    private void Field(BoxFields fields, BoxFields field, ReadOnlySpan<byte> name, string? value)
    {
        if (fields.HasFlag(field))
        {
            _json.WriteString(name, value);
        }
    }

    private void Field(BoxFields fields, BoxFields field, ReadOnlySpan<byte> name, long value)
    {
        if (fields.HasFlag(field))
        {
            _json.WriteNumber(name, value);
        }
    }

    private void Field(BoxFields fields, BoxFields field, ReadOnlySpan<byte> name, DateTimeOffset? value)
    {
        if (fields.HasFlag(field))
        {
            Date(name, value);
        }
    }

    private void Field(BoxFields fields, BoxFields field, ReadOnlySpan<byte> name, Account? value, bool nullToo = true)
    {
        if (fields.HasFlag(field))
        {
            User(name, value, nullToo);
        }
    }

    private void NullField(BoxFields fields, BoxFields field, ReadOnlySpan<byte> name)
    {
        if (fields.HasFlag(field))
        {
            _json.WriteNull(name);
        }
    }

    private void Date(ReadOnlySpan<byte> name, DateTimeOffset? date)
    {
        if (date is { } value)
        {
            _json.WriteString(name, value);
        }
        else
        {
            _json.WriteNull(name);
        }
    }

    private void User(ReadOnlySpan<byte> name, Account? user, bool nullToo)
    {
        if (user is not null)
        {
            _json.WriteStartObject(name);
            UserMembers(user);
            _json.WriteEndObject();
        }
        else if (nullToo)
        {
            _json.WriteNull(name);
        }
    }

    private void UserMembers(Account user)
    {
        _json.WriteString("type"u8, "user"u8);
        _json.WriteString("id"u8, user.Id);
        _json.WriteString("name"u8, user.Name);
        _json.WriteString("login"u8, user.Login);
    }
}
