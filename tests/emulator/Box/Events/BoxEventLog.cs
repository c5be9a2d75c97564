namespace FileVersions.Emulator.Box;

/// <summary>The events of the enterprise, oldest first. Generated events precede those that were seeded or caused by changes.</summary>
internal sealed class BoxEventLog
{
    private readonly Lock _gate = new();
    private readonly List<BoxEvent> _events = [];
    private GeneratedBoxEvents? _generated;

    internal BoxEventLog(BoxStore files) => files.Changed += (before, after, settings) =>
    {
        foreach (BoxEvent change in BoxFileEvents.Of(before, after, settings))
        {
            Add(change);
        }
    };

    private int Count => (_generated?.Count ?? 0) + _events.Count;

    private BoxEvent this[int index] => index < _generated?.Count ? _generated[index] : _events[index - (_generated?.Count ?? 0)];

    /// <summary>Inserts an event by its date.</summary>
    internal void Add(BoxEvent added)
    {
        lock (_gate)
        {
            int place = _events.Count;
            while (place > 0 && _events[place - 1].CreatedAt > added.CreatedAt)
            {
                place--;
            }

            _events.Insert(place, added);
        }
    }

    /// <summary>Replaces the generated events, which precede all others; null for none.</summary>
    internal void Generate(GeneratedBoxEvents? events)
    {
        lock (_gate)
        {
            _generated = events;
        }
    }

    internal void Reset()
    {
        lock (_gate)
        {
            _events.Clear();
            _generated = null;
        }
    }

    /// <summary>The number of events so far, which is the position of the next one.</summary>
    internal int End()
    {
        lock (_gate)
        {
            return Count;
        }
    }

    /// <summary>Reads events that match a query.</summary>
    /// <returns>The events with their positions, and the position to continue from.</returns>
    internal (IReadOnlyList<(int Position, BoxEvent Event)> Found, int Next) Read(BoxEventQuery query)
    {
        var found = new List<(int, BoxEvent)>();
        lock (_gate)
        {
            int end = query.Before is { } before ? FirstAfter(before) : Count;
            int position = Math.Max(query.Position, query.After is { } after ? FirstAfter(after.AddTicks(-1)) : 0);
            for (; position < end && found.Count < query.Limit; position++)
            {
                if (this[position] is var candidate && (query.Types.Count == 0 || query.Types.Contains(candidate.Type)))
                {
                    found.Add((position, candidate));
                }
            }

            return (found, found.Count == 0 ? query.Position : position);
        }
    }

    /// <summary>The position of the first event after a point in time, by binary search.</summary>
    private int FirstAfter(DateTimeOffset time)
    {
        (int low, int high) = (0, Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (this[middle].CreatedAt > time)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
