using System.Text;
using System.Text.Json;
using FileVersions.Json;

namespace FileVersions.Exporting;

/// <summary>
/// The journal of an export: a line with the settings, then a line for each batch that is complete in the exported file. A line that
/// was cut by a crash does not count.
/// </summary>
internal sealed class ExportJournal : IDisposable
{
    private readonly FileStream _stream;

    private ExportJournal(FileStream stream)
    {
        _stream = stream;
    }

    /// <summary>The settings line; null if the journal has none yet.</summary>
    internal string? Settings { get; private set; }

    /// <summary>The last batch; null if there is none.</summary>
    internal JournalEntry? LastEntry { get; private set; }

    /// <summary>What follows the last complete line: empty, or the beginning of a line that a crash cut.</summary>
    internal byte[] Rest { get; private set; } = [];

    public void Dispose() => _stream.Dispose();

    /// <summary>Opens or creates a journal, and reports the ids of the files that are complete. Other processes cannot open it until it is closed.</summary>
    /// <exception cref="IOException">The journal is in use, or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A line does not belong to a journal.</exception>
    internal static ExportJournal Open(string path, Action<string> onDone)
    {
        // Without a buffer of its own, the stream has nothing to write when it is closed after a full disk.
        var journal = new ExportJournal(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));
        try
        {
            journal.Read(onDone);
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    internal void Begin(string settings)
    {
        WriteLine(Encoding.UTF8.GetBytes(settings));
        Settings = settings;
    }

    /// <summary>Appends a batch. It is on the disk when the method returns.</summary>
    internal void Append(JournalEntry entry, IReadOnlyList<string> done, IReadOnlyList<ExportPart> failed) => WriteLine(JsonBytes.WriteObject(json =>
    {
        json.WriteNumber("length", entry.Length);
        json.WriteString("tail", entry.Tail);
        json.WriteStartArray("done");
        foreach (string id in done)
        {
            json.WriteStringValue(id);
        }

        json.WriteEndArray();
        json.WriteStartArray("failed");
        foreach (ExportPart part in failed)
        {
            json.WriteStartObject();
            json.WriteString("fileId", part.FileId);
            json.WriteString("errorId", part.ErrorKind.ToString());
            json.WriteString("message", part.ErrorMessage);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }));

    private void WriteLine(byte[] text)
    {
        Array.Resize(ref text, text.Length + 1);
        text[text.Length - 1] = (byte)'\n';

        // Removes the rest of a line that a crash cut.
        _stream.SetLength(_stream.Position);
        _stream.Write(text, 0, text.Length);
        _stream.Flush(flushToDisk: true);
    }

    private void Read(Action<string> onDone)
    {
        byte[] buffer = new byte[1 << 16];
        int count = 0;
        long complete = 0;
        while (true)
        {
            if (count == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            int read = _stream.Read(buffer, count, buffer.Length - count);
            if (read == 0)
            {
                break;
            }

            int start = 0;
            int scanned = count;
            count += read;
            int end;
            while ((end = Array.IndexOf(buffer, (byte)'\n', scanned, count - scanned)) >= 0)
            {
                ReadLine(buffer.AsMemory(start, end - start), onDone);
                start = scanned = end + 1;
            }

            Buffer.BlockCopy(buffer, start, buffer, 0, count - start);
            count -= start;
            complete += start;
        }

        Rest = buffer.AsSpan(0, count).ToArray();
        _stream.Seek(complete, SeekOrigin.Begin);
    }

    private void ReadLine(ReadOnlyMemory<byte> line, Action<string> onDone)
    {
        if (Settings is null)
        {
            Settings = Encoding.UTF8.GetString(line.ToArray());
            return;
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement root = json.RootElement;
            long length = root.GetProperty("length").GetInt64();
            if (length < (LastEntry?.Length ?? 0))
            {
                throw new InvalidDataException();
            }

            LastEntry = new JournalEntry(length, root.GetProperty("tail").GetString()!);
            foreach (JsonElement id in root.GetProperty("done").EnumerateArray())
            {
                onDone(id.GetString()!);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException(null, e);
        }
    }
}
