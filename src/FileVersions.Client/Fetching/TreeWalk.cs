namespace FileVersions.Fetching;

/// <summary>
/// Walks a tree breadth first. Pages of many nodes are requested concurrently, but items come out node by node, in the order in which
/// the nodes were found. Each node is read page by page, and at most one page of it waits.
/// </summary>
/// <param name="context">Provides request slots and receives items and errors.</param>
/// <param name="read">Reads one page of a node: the first one for a null marker.</param>
/// <param name="cancellationToken">Cancels the walk.</param>
internal sealed class TreeWalk<TNode, TItem>(
    IFetchContext<TItem> context, Func<TNode, string?, CancellationToken, Task<TreePage<TNode, TItem>>> read, CancellationToken cancellationToken)
{
    // Enough that requests continue while the walk waits for the oldest node.
    private const int NodesPerRequest = 4;

    private readonly Queue<TNode> _waiting = new();
    private readonly Queue<NodeReading> _started = new();

    /// <summary>Walks the tree below a node. A node that cannot be read is one error, and the walk continues.</summary>
    /// <exception cref="FileVersionException">An error that concerns the account.</exception>
    internal async Task RunAsync(TNode root)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _waiting.Enqueue(root);
        try
        {
            while (StartReading(stop.Token))
            {
                await TakePageAsync(_started.Peek(), stop.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            stop.Cancel();
            foreach (NodeReading reading in _started)
            {
                await reading.Page.WhenEndedAsync().ConfigureAwait(false);
            }
        }
    }

    /// <returns>False if all nodes have been read.</returns>
    private bool StartReading(CancellationToken stop)
    {
        while (_waiting.Count > 0 && _started.Count < context.ThrottleLimit * NodesPerRequest)
        {
            var reading = new NodeReading(_waiting.Dequeue());
            reading.Page = RequestAsync(reading.Node, null, stop);
            _started.Enqueue(reading);
        }

        return _started.Count > 0;
    }

    private async Task TakePageAsync(NodeReading first, CancellationToken stop)
    {
        TreePage<TNode, TItem> page;
        try
        {
            page = await first.Page.ConfigureAwait(false);
        }
        catch (FileVersionException e) when (!e.IsAccountError)
        {
            _started.Dequeue();
            context.Fail(e);
            return;
        }

        if (page.Marker is null)
        {
            _started.Dequeue();
        }
        else
        {
            first.Page = RequestAsync(first.Node, page.Marker, stop);
        }

        context.Emit(page.Items);
        foreach (TNode child in page.Children)
        {
            _waiting.Enqueue(child);
        }
    }

    private Task<TreePage<TNode, TItem>> RequestAsync(TNode node, string? marker, CancellationToken stop) =>
        context.RequestAsync(inner => read(node, marker, inner), stop);

    /// <summary>A node that is being read.</summary>
    private sealed class NodeReading(TNode node)
    {
        internal TNode Node { get; } = node;

        /// <summary>The page that was requested last.</summary>
        internal Task<TreePage<TNode, TItem>> Page { get; set; } = null!;
    }
}
