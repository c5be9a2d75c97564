using FileVersions.Fetching;

namespace FileVersions.UnitTests.Fetching;

public sealed class RequestSchedulerTests
{
    private readonly Lock _lock = new();
    private readonly List<string> _started = [];

    [Fact]
    public void Work_starts_in_input_order_up_to_the_limit()
    {
        var scheduler = new RequestScheduler(2, default);
        FakeWork[] work = [.. Enumerable.Range(0, 4).Select(order => new FakeWork(order))];
        Array.ForEach(work, scheduler.Add);

        Assert.Equal([WorkState.Starting, WorkState.Starting, WorkState.Waiting, WorkState.Waiting], work.Select(each => each.State));

        work[1].Finish();
        Assert.True(SpinWait.SpinUntil(() => work[2].State != WorkState.Waiting, TimeSpan.FromSeconds(30)));

        Assert.Equal([WorkState.Starting, WorkState.Finished, WorkState.Starting, WorkState.Waiting], work.Select(each => each.State));
    }

    [Fact]
    public async Task The_first_request_uses_the_slot_of_its_work()
    {
        var scheduler = new RequestScheduler(1, default);
        var work = new FakeWork(0);
        scheduler.Add(work);
        var response = new TaskCompletionSource<int>();

        Task<int> request = scheduler.RunAsync(work, _ => response.Task, default);

        Assert.Equal(WorkState.Running, work.State);
        response.SetResult(7);
        Assert.Equal(7, await request);
    }

    [Fact]
    public async Task A_free_slot_goes_to_the_earliest_waiting_work()
    {
        var scheduler = new RequestScheduler(2, default);
        FakeWork[] work = [.. Enumerable.Range(0, 2).Select(order => new FakeWork(order))];
        Array.ForEach(work, scheduler.Add);
        TaskCompletionSource<int>[] responses = [new(), new()];
        Task<int>[] first = [.. work.Select((each, i) => Start(scheduler, each, "first", responses[i].Task))];
        Task<int> later = Start(scheduler, work[1], "second", Task.FromResult(0));
        Task<int> earlier = Start(scheduler, work[0], "second", Task.FromResult(0));

        responses[1].SetResult(0);
        await Task.WhenAll(first[1], later, earlier);

        Assert.Equal(["0 first", "1 first", "0 second", "1 second"], _started);
        responses[0].SetResult(0);
        await first[0];
    }

    [Fact]
    public async Task Work_without_capacity_waits_until_capacity_is_free()
    {
        var scheduler = new RequestScheduler(2, default);
        var work = new FakeWork(0) { Room = 1 };
        scheduler.Add(work);
        await scheduler.RunAsync(work, _ => Task.FromResult(0), default);

        Task<int> second = scheduler.RunAsync(work, _ => Task.FromResult(0), default);
        scheduler.StartWaiters();
        Assert.False(second.IsCompleted);

        work.Room++;
        scheduler.StartWaiters();
        await second;
    }

    [Fact]
    public async Task A_failed_request_releases_its_slot_and_capacity()
    {
        var scheduler = new RequestScheduler(1, default);
        var work = new FakeWork(0) { Room = 1 };
        scheduler.Add(work);

        for (int i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => scheduler.RunAsync<int>(work, _ => throw new InvalidOperationException(), default));
        }

        Assert.Equal(5, await scheduler.RunAsync(work, _ => Task.FromResult(5), default));
    }

    [Fact]
    public async Task A_waiting_request_can_be_cancelled_alone()
    {
        var scheduler = new RequestScheduler(1, default);
        var work = new FakeWork(0);
        scheduler.Add(work);
        var response = new TaskCompletionSource<int>();
        Task<int> inFlight = scheduler.RunAsync(work, _ => response.Task, default);
        using var stop = new CancellationTokenSource();
        Task<int> waiting = scheduler.RunAsync(work, _ => Task.FromResult(1), stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        response.SetResult(0);
        await inFlight;
        Assert.Equal(2, await scheduler.RunAsync(work, _ => Task.FromResult(2), default));
    }

    [Fact]
    public async Task Stopping_cancels_every_waiting_request()
    {
        using var stop = new CancellationTokenSource();
        var scheduler = new RequestScheduler(1, stop.Token);
        var work = new FakeWork(0);
        var waitingWork = new FakeWork(1);
        scheduler.Add(work);
        scheduler.Add(waitingWork);
        Task<int> inFlight = scheduler.RunAsync(work, _ => new TaskCompletionSource<int>().Task, stop.Token);
        Task<int>[] waiting = [.. Enumerable.Range(0, 3).Select(_ => scheduler.RunAsync(work, _ => Task.FromResult(1), stop.Token))];

        await stop.CancelAsync();

        foreach (Task<int> request in waiting)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        }

        Assert.False(inFlight.IsCompleted);
        Assert.Equal(WorkState.Waiting, waitingWork.State);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scheduler.RunAsync(work, _ => Task.FromResult(1), stop.Token));
    }

    private Task<int> Start(RequestScheduler scheduler, FakeWork work, string name, Task<int> response) => scheduler.RunAsync(
        work,
        _ =>
        {
            lock (_lock)
            {
                _started.Add($"{work.Order} {name}");
            }

            return response;
        },
        default);

    private sealed class FakeWork(long order) : ScheduledWork
    {
        private readonly TaskCompletionSource _finished = new();

        internal int Room { get; set; } = int.MaxValue;

        internal override long Order => order;

        internal void Finish() => _finished.SetResult();

        internal override Task RunAsync() => _finished.Task;

        internal override bool TryReserveRoom() => Room > 0 && Room-- > 0;

        internal override void ReleaseRoom() => Room++;
    }
}
