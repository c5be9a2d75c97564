namespace FileVersions.Emulator.Http;

/// <summary>Caches replies with generated data. When full, it accepts no more until a change clears it.</summary>
internal sealed class PageCache
{
    private const long Capacity = 48L * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<Key, Page> _pages = [];
    private long _bytes;
    private int _epoch;

    /// <summary>Increases with every change of state or settings, so that outdated replies are not cached.</summary>
    internal int Epoch => Volatile.Read(ref _epoch);

    /// <summary>The cached reply to the same request by the same account, or null.</summary>
    internal Reply? Find(Call call)
    {
        Page page;
        lock (_gate)
        {
            if (!_pages.TryGetValue(KeyOf(call), out page))
            {
                return null;
            }
        }

        var reply = new Reply(200, Reply.Json, new Body(page.Bytes));
        return page.Compressed ? reply.With("Content-Encoding", "gzip") : reply;
    }

    /// <summary>Caches a reply, unless anything changed since <paramref name="epoch"/>.</summary>
    internal void Keep(Call call, Reply reply, int epoch)
    {
        bool compressed = call.AcceptsGzip && reply.Compress();
        lock (_gate)
        {
            if (epoch == _epoch && _bytes + reply.Body.Length <= Capacity && _pages.TryAdd(KeyOf(call), new Page(reply.Body.Bytes.ToArray(), compressed)))
            {
                _bytes += reply.Body.Length;
            }
        }
    }

    internal void Clear()
    {
        lock (_gate)
        {
            _epoch++;
            _pages.Clear();
            _bytes = 0;
        }
    }

    private static Key KeyOf(Call call) => new(call.Exchange.Target, call.Exchange.Account, call.Exchange.AsUser, call.AcceptsGzip);

    private readonly record struct Key(string Target, string? Account, string? AsUser, bool Gzip);

    private readonly record struct Page(byte[] Bytes, bool Compressed);
}
