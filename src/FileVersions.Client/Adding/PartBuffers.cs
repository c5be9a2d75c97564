namespace FileVersions.Adding;

/// <summary>The buffers for parts. Each request slot uses at most one, so their number does not grow with the contents.</summary>
internal sealed class PartBuffers
{
    private readonly Stack<byte[]> _free = new();

    /// <summary>The number of buffers that exist or have existed.</summary>
    internal int CreatedCount { get; private set; }

    internal byte[] Rent(int size)
    {
        lock (_free)
        {
            while (_free.Count > 0)
            {
                // A service may use larger parts for larger contents.
                byte[] buffer = _free.Pop();
                if (buffer.Length >= size)
                {
                    return buffer;
                }
            }

            CreatedCount++;
        }

        return new byte[size];
    }

    internal void Return(byte[] buffer)
    {
        lock (_free)
        {
            _free.Push(buffer);
        }
    }
}
