using System.Collections.Concurrent;
using FileVersions.Fetching;

namespace FileVersions.UnitTests.Fetching;

public sealed class OrderedFetcherTests
{
    private const int TimeoutMs = 30_000;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    public async Task Output_keeps_the_order_of_files_and_pages(int throttleLimit)
    {
        var meter = new Meter();
        var random = new Random(7);
        int[] pages = [.. Enumerable.Range(0, 300).Select(_ => random.Next(0, 6))];
        int[] waits = [.. Enumerable.Range(0, 300).Select(_ => random.Next(0, 3))];

        List<(int File, int Page)> received = await Task.Factory.StartNew(
            () =>
            {
                using var fetcher = new OrderedFetcher<int>(throttleLimit);
                var taken = new List<(int File, int Page)>();
                for (int file = 0; file < pages.Length; file++)
                {
                    while (!fetcher.HasRoom)
                    {
                        Take(fetcher, taken);
                    }

                    int count = pages[file];
                    int wait = waits[file];
                    fetcher.Add(file, async (context, stop) =>
                    {
                        for (int page = 0; page < count; page++)
                        {
                            int number = page;
                            int[] items = await context.RequestAsync(
                                async token =>
                                {
                                    using IDisposable running = meter.Enter();
                                    await Task.Delay(wait, token);
                                    return new[] { number };
                                },
                                stop);
                            context.Emit(items);
                        }
                    });
                }

                while (fetcher.Count > 0)
                {
                    Take(fetcher, taken);
                }

                return taken;
            },
            TaskCreationOptions.LongRunning);

        Assert.Equal(pages.SelectMany((count, file) => Enumerable.Range(0, count).Select(page => (file, page))), received);
        Assert.InRange(meter.Peak, 1, throttleLimit);
        Assert.True(throttleLimit == 1 || meter.Peak > 1, "No requests ran concurrently.");
    }

    [Fact]
    public async Task With_a_limit_of_one_a_file_starts_after_the_previous_one_completes()
    {
        var started = new ConcurrentQueue<(int File, int Page)>();
        using var fetcher = new OrderedFetcher<int>(1);
        for (int i = 0; i < 10; i++)
        {
            int file = i;
            fetcher.Add(file, async (context, stop) =>
            {
                for (int page = 0; page < 3; page++)
                {
                    int number = page;
                    context.Emit(await context.RequestAsync(
                        async token =>
                        {
                            started.Enqueue((file, number));
                            await Task.Delay(1, token);
                            return new[] { number };
                        },
                        stop));
                }
            });
        }

        await Drain(fetcher);

        Assert.Equal(Enumerable.Range(0, 10).SelectMany(file => Enumerable.Range(0, 3).Select(page => (file, page))), started);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(16)]
    public async Task Requests_pause_while_the_output_is_not_read(int throttleLimit)
    {
        int requestCount = 0;
        using var fetcher = new OrderedFetcher<int>(throttleLimit);
        int files = 0;
        while (fetcher.HasRoom)
        {
            fetcher.Add(files++, async (context, stop) =>
            {
                for (int page = 0; page < 200; page++)
                {
                    context.Emit(await context.RequestAsync(
                        token =>
                        {
                            Interlocked.Increment(ref requestCount);
                            return Task.FromResult(new[] { 0 });
                        },
                        stop));
                }
            });
        }

        await SettleAsync(() => Volatile.Read(ref requestCount));
        int held = Math.Max(16, throttleLimit * 4);
        Assert.InRange(requestCount, 1, held + throttleLimit);

        List<FetchEvent<int>> events = await Drain(fetcher);
        Assert.Equal(files * 200, events.Sum(next => next.Items!.Count));
    }

    [Fact]
    public async Task Fewer_large_pages_are_buffered()
    {
        const int ThrottleLimit = 4, PageLength = 1000;
        int requestCount = 0;
        using var fetcher = new OrderedFetcher<int>(ThrottleLimit);
        int files = 0;
        while (fetcher.HasRoom)
        {
            fetcher.Add(files++, async (context, stop) => context.Emit(await context.RequestAsync(
                async token =>
                {
                    Interlocked.Increment(ref requestCount);
                    await Task.Delay(1, token);
                    return new int[PageLength];
                },
                stop)));
        }

        // Four pages can be buffered, in addition to those in flight when the fourth arrived.
        await SettleAsync(() => Volatile.Read(ref requestCount));
        Assert.InRange(requestCount, 1, 4 + ThrottleLimit);

        List<FetchEvent<int>> events = await Drain(fetcher);
        Assert.Equal(files * PageLength, events.Sum(next => next.Items!.Count));
    }

    [Fact]
    public async Task The_first_file_keeps_its_slot_even_if_its_work_starts_late()
    {
        using var fetcher = new OrderedFetcher<int>(2);
        using var other = new ManualResetEventSlim();
        int begun = 0;
        fetcher.Add(0, async (context, stop) =>
        {
            // A later file has started, and none of them releases its slot.
            other.Wait(stop);
            await Task.Delay(100, stop);
            context.Emit(await context.RequestAsync(_ => Task.FromResult(new[] { 7 }), stop));
        });
        for (int file = 1; file <= 4; file++)
        {
            fetcher.Add(file, (context, stop) =>
            {
                Interlocked.Increment(ref begun);
                other.Set();
                return context.RequestAsync(
                    async token =>
                    {
                        await Task.Delay(Timeout.Infinite, token);
                        return Array.Empty<int>();
                    },
                    stop);
            });
        }

        FetchEvent<int> first = await Task.Factory.StartNew(
            () => fetcher.Take(TimeSpan.FromMilliseconds(TimeoutMs), out FetchEvent<int> next) == TakeResult.Taken ? next : default,
            TaskCreationOptions.LongRunning);

        Assert.Equal([7], first.Items);
        Assert.InRange(begun, 1, 2);
    }

    [Fact]
    public async Task Work_without_a_request_releases_its_slot()
    {
        using var fetcher = new OrderedFetcher<int>(1);
        for (int file = 0; file < 10; file++)
        {
            fetcher.Add(file, (_, _) => Task.CompletedTask);
        }

        fetcher.Add(10, async (context, stop) => context.Emit(await context.RequestAsync(_ => Task.FromResult(new[] { 1 }), stop)));

        FetchEvent<int> only = Assert.Single(await Drain(fetcher));
        Assert.Equal(10, only.Target);
    }

    [Fact]
    public async Task An_error_is_returned_in_file_order_and_other_files_continue()
    {
        using var fetcher = new OrderedFetcher<int>(4);
        for (int i = 0; i < 9; i++)
        {
            int file = i;
            fetcher.Add(file, async (context, stop) =>
            {
                context.Log!($"log {file}");
                int[] items = await context.RequestAsync(token => Task.FromResult(new[] { file }), stop);
                context.Emit(items);
                if (file % 3 == 1)
                {
                    context.Warn($"warning {file}");
                    throw new InvalidOperationException($"error {file}");
                }
            });
        }

        List<FetchEvent<int>> events = await Drain(fetcher);

        string Text(FetchEvent<int> next) => next.Log ?? next.Warning ?? next.Error?.Message ?? $"item {next.Items![0]}";
        IEnumerable<string> expected = Enumerable.Range(0, 9).SelectMany(file => file % 3 == 1
            ? new[] { $"log {file}", $"item {file}", $"warning {file}", $"error {file}" }
            : [$"log {file}", $"item {file}"]);
        Assert.Equal(expected, events.Select(Text));
        Assert.All(events, next => Assert.EndsWith(next.Target.ToString()!, Text(next), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Later_files_without_a_response_do_not_block_the_first()
    {
        var meter = new Meter();
        var ready = new TaskCompletionSource();
        using var fetcher = new OrderedFetcher<int>(3);
        fetcher.Add(0, async (context, stop) =>
        {
            await ready.Task;
            context.Emit(await context.RequestAsync(token => Task.FromResult(new[] { 0 }), stop));
        });
        for (int file = 1; file < 9; file++)
        {
            fetcher.Add(file, (context, stop) => context.RequestAsync(
                async token =>
                {
                    using IDisposable running = meter.Enter();
                    await Task.Delay(Timeout.Infinite, token);
                    return 0;
                },
                stop));
        }

        Assert.True(SpinWait.SpinUntil(() => meter.Running == 2, TimeoutMs), "The requests did not start.");
        await SettleAsync(() => meter.Entered);
        Assert.Equal(2, meter.Entered);
        ready.SetResult();

        Assert.Equal(TakeResult.Taken, fetcher.Take(TimeSpan.FromMilliseconds(TimeoutMs), out FetchEvent<int> next));
        Assert.Equal(0, next.Target);
    }

    [Fact]
    public async Task A_failed_request_releases_its_slot()
    {
        using var fetcher = new OrderedFetcher<int>(2);
        for (int i = 0; i < 16; i++)
        {
            fetcher.Add(i, async (context, stop) =>
            {
                for (int attempt = 0; attempt < 50; attempt++)
                {
                    await Assert.ThrowsAsync<InvalidOperationException>(
                        () => context.RequestAsync<int>(token => throw new InvalidOperationException(), stop));
                }

                context.Emit(await context.RequestAsync(token => Task.FromResult(new[] { 1 }), stop));
            });
        }

        List<FetchEvent<int>> events = await Drain(fetcher);

        Assert.Equal(16, events.Count);
        Assert.All(events, next => Assert.Null(next.Error));
    }

    [Fact]
    public async Task Disposal_cancels_all_requests_and_leaves_no_unobserved_exception()
    {
        // The event also reports exceptions of tests that run at the same time.
        var failure = new InvalidOperationException();
        var unobserved = new ConcurrentQueue<Exception>();
        void Note(object? sender, UnobservedTaskExceptionEventArgs e) => unobserved.Enqueue(e.Exception.GetBaseException());
        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            var meter = new Meter();
            using (var fetcher = new OrderedFetcher<int>(3))
            {
                for (int i = 0; i < 12; i++)
                {
                    fetcher.Add(i, async (context, stop) => context.Emit(await context.RequestAsync<int[]>(
                        async token =>
                        {
                            using IDisposable running = meter.Enter();
                            await Task.WhenAny(Task.Delay(Timeout.Infinite, token));
                            throw failure;
                        },
                        stop)));
                }

                Assert.True(SpinWait.SpinUntil(() => meter.Running == 3, TimeoutMs), "The requests did not start.");
                Assert.False(fetcher.TryTake(out _));
            }

            Assert.True(SpinWait.SpinUntil(() => meter.Running == 0, TimeoutMs), "Requests did not stop.");
            await SettleAsync(() => meter.Entered);
            Assert.Equal(3, meter.Entered);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            Assert.DoesNotContain(failure, unobserved);
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }
    }

    [Fact]
    public async Task Cancelling_wakes_the_reader()
    {
        using var stop = new CancellationTokenSource();
        using var fetcher = new OrderedFetcher<int>(1, stop.Token);
        fetcher.Add(1, (context, token) => context.RequestAsync(
            async inner =>
            {
                await Task.Delay(Timeout.Infinite, inner);
                return 0;
            },
            token));

        Task reader = Drain(fetcher);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reader);
    }

    [Fact]
    public void Waiting_without_output_times_out()
    {
        using var fetcher = new OrderedFetcher<int>(1);
        Assert.Equal(TakeResult.Empty, fetcher.Take(TimeSpan.FromMilliseconds(1), out _));

        fetcher.Add(1, (context, stop) => Task.Delay(Timeout.Infinite, stop));
        Assert.Equal(TakeResult.TimedOut, fetcher.Take(TimeSpan.FromMilliseconds(1), out _));
        Assert.False(fetcher.TryTake(out _));
    }

    [Fact]
    public void Adding_after_disposal_throws()
    {
        var fetcher = new OrderedFetcher<int>(1);
        fetcher.Dispose();
        fetcher.Dispose();

        Assert.Throws<ObjectDisposedException>(() => fetcher.Add(1, (context, stop) => Task.CompletedTask));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OrderedFetcher<int>(0));
    }

    private static void Take(OrderedFetcher<int> fetcher, List<(int File, int Page)> taken)
    {
        if (fetcher.Take(TimeSpan.FromMilliseconds(TimeoutMs), out FetchEvent<int> next) == TakeResult.Taken)
        {
            taken.AddRange(next.Items!.Select(page => ((int)next.Target, page)));
        }
    }

    [Fact]
    public async Task A_cancelled_request_stops_waiting_for_a_slot()
    {
        using var fetcher = new OrderedFetcher<int>(1);
        using var stop = new CancellationTokenSource();
        fetcher.Add(0, async (context, all) =>
        {
            Task<int[]> held = context.RequestAsync(
                async token =>
                {
                    await Task.Delay(Timeout.Infinite, token);
                    return new[] { 0 };
                },
                all);
            Task<int[]> waiting = context.RequestAsync(_ => Task.FromResult(new[] { 1 }), stop.Token);
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
            Assert.False(held.IsCompleted);
            context.Emit([7]);
            await held;
        });

        FetchEvent<int> next = await Task.Factory.StartNew(
            () => fetcher.Take(TimeSpan.FromMilliseconds(TimeoutMs), out FetchEvent<int> received) == TakeResult.Taken ? received : default,
            TaskCreationOptions.LongRunning);

        Assert.Equal([7], next.Items);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Work_with_the_same_key_runs_sequentially_in_input_order(int throttleLimit)
    {
        var running = new ConcurrentDictionary<string, int>();
        var order = new ConcurrentDictionary<string, ConcurrentQueue<int>>();
        using var fetcher = new OrderedFetcher<int>(throttleLimit);
        int overlaps = 0;
        for (int i = 0; i < 15; i++)
        {
            int number = i;
            string key = $"file {i % 3}";
            fetcher.Add(
                key,
                async (context, stop) => context.Emit(await context.RequestAsync(
                    async token =>
                    {
                        Interlocked.Add(ref overlaps, running.AddOrUpdate(key, 1, (_, count) => count + 1) - 1);
                        order.GetOrAdd(key, _ => new()).Enqueue(number);
                        await Task.Delay(number % 4, token);
                        running.AddOrUpdate(key, 0, (_, count) => count - 1);
                        return number == 4 ? throw new InvalidOperationException() : new[] { number };
                    },
                    stop)),
                key);
        }

        List<FetchEvent<int>> events = await Drain(fetcher);

        Assert.Equal(0, overlaps);
        Assert.All(order.Values, numbers => Assert.Equal(numbers.Order(), numbers));
        Assert.Equal(Enumerable.Range(0, 15).Where(number => number != 4), events.Where(next => next.Items is not null).Select(next => next.Items![0]));
    }

    [Fact]
    public async Task All_of_thousands_of_queued_requests_start()
    {
        using var fetcher = new OrderedFetcher<int>(3);
        for (int file = 0; file < 8; file++)
        {
            fetcher.Add(file, async (context, stop) =>
            {
                Task<int>[] requests = [.. Enumerable.Range(0, 3000).Select(number => context.RequestAsync(
                    async _ =>
                    {
                        await Task.Yield();
                        return number;
                    },
                    stop))];
                foreach (Task<int> request in requests)
                {
                    context.Emit([await request]);
                }
            });
        }

        List<FetchEvent<int>> events = await Drain(fetcher);

        Assert.Equal(Enumerable.Range(0, 8).SelectMany(_ => Enumerable.Range(0, 3000)), events.Select(next => next.Items![0]));
    }

    [Fact]
    public void Disposal_while_the_last_file_completes_is_safe()
    {
        for (int i = 0; i < 2000; i++)
        {
            var fetcher = new OrderedFetcher<int>(1);
            using var goOn = new ManualResetEventSlim();
            fetcher.Add(0, async (_, _) =>
            {
                goOn.Set();
                await Task.Yield();
            });
            goOn.Wait();
            fetcher.Dispose();
        }
    }

    // The reader blocks, so it has its own thread.
    private static Task<List<FetchEvent<int>>> Drain(OrderedFetcher<int> fetcher) => Task.Factory.StartNew(
        () =>
        {
            var events = new List<FetchEvent<int>>();
            while (fetcher.Take(TimeSpan.FromMilliseconds(TimeoutMs), out FetchEvent<int> next) is var result && result != TakeResult.Empty)
            {
                Assert.Equal(TakeResult.Taken, result);
                events.Add(next);
            }

            return events;
        },
        TaskCreationOptions.LongRunning);

    // Waits until a count no longer changes.
    private static async Task SettleAsync(Func<int> count)
    {
        for (int before = -1; before != count();)
        {
            before = count();
            await Task.Delay(150);
        }
    }

    /// <summary>Counts concurrent requests.</summary>
    private sealed class Meter
    {
        private readonly Lock _lock = new();

        internal int Running { get; private set; }

        internal int Peak { get; private set; }

        internal int Entered { get; private set; }

        internal IDisposable Enter()
        {
            lock (_lock)
            {
                Entered++;
                Peak = Math.Max(Peak, ++Running);
            }

            return new Leave(this);
        }

        private sealed class Leave(Meter meter) : IDisposable
        {
            public void Dispose()
            {
                lock (meter._lock)
                {
                    meter.Running--;
                }
            }
        }
    }
}
