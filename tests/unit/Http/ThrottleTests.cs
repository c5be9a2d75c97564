using FileVersions.Box;
using FileVersions.Http;
using FileVersions.Http.Throttling;
using FileVersions.ImageKit;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Http;

public sealed class ThrottleTests
{
    private readonly FakeClock _clock = new() { AutoAdvance = true };
    private readonly Throttle _throttle;

    public ThrottleTests() => _throttle = new Throttle(_clock);

    [Fact]
    public async Task Without_a_refusal_no_request_waits()
    {
        await AcceptAsync(100_000);

        Assert.Empty(_clock.Delays);
        Assert.Equal(double.PositiveInfinity, _throttle.Rate);
    }

    [Fact]
    public async Task A_refusal_pauses_all_requests_for_the_requested_delay()
    {
        var clock = new FakeClock();
        var throttle = new Throttle(clock);
        throttle.OnRefused(await throttle.AcquireAsync(null, default), TimeSpan.FromSeconds(30));
        var told = new List<TimeSpan>();

        Task<int>[] waiting = [.. Enumerable.Range(0, 4).Select(_ => throttle.AcquireAsync(told.Add, default))];
        clock.Advance(TimeSpan.FromSeconds(29.999));
        Assert.DoesNotContain(waiting, task => task.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.001));
        await Task.WhenAll(waiting);

        Assert.Equal(Enumerable.Repeat(TimeSpan.FromSeconds(30), 4), told);
    }

    [Fact]
    public async Task After_a_pause_requests_start_evenly_slightly_below_the_accepted_rate()
    {
        // 100 concurrent requests exhaust the window of 10 s: 10 per second.
        await AcceptAsync(100);
        await RefuseAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(10 * Throttle.RestartFactor, _throttle.Rate, 6);

        List<double> starts = [];
        for (int i = 0; i < 5; i++)
        {
            await AcceptAsync(1);
            starts.Add(_clock.Elapsed.TotalSeconds);
        }

        double interval = 1 / (10 * Throttle.RestartFactor);
        Assert.Equal(5, starts.Count);
        Assert.All(Enumerable.Range(0, 5), i => Assert.Equal(10 + (i * interval), starts[i], 3));
    }

    [Theory]
    [InlineData(0.1, 1.01)]
    [InlineData(0.5, 1.25)]
    [InlineData(1, 2)]
    public async Task The_rate_rises_while_requests_wait(double share, double factor)
    {
        await AcceptAsync(100);
        await RefuseAsync(TimeSpan.FromSeconds(10));
        double first = _throttle.Rate;

        // The first request after a pause does not wait.
        await AcceptAsync(1 + (int)(share * Throttle.DoublingCount));

        Assert.Equal(first * factor, _throttle.Rate, 6);
    }

    [Fact]
    public async Task An_unused_rate_does_not_rise()
    {
        await AcceptAsync(100);
        await RefuseAsync(TimeSpan.FromSeconds(10));
        double first = _throttle.Rate;

        for (int i = 0; i < 1000; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await AcceptAsync(1);
        }

        Assert.Equal(first, _throttle.Rate);
    }

    [Fact]
    public async Task Refusals_of_requests_in_flight_prolong_the_pause_and_reduce_the_rate_once()
    {
        int[] inFlight = [await _throttle.AcquireAsync(null, default), await _throttle.AcquireAsync(null, default)];
        await AcceptAsync(100);
        _throttle.OnRefused(inFlight[0], TimeSpan.FromSeconds(10));
        _clock.Advance(TimeSpan.FromSeconds(4));
        _throttle.OnRefused(inFlight[1], TimeSpan.FromSeconds(9));

        await _throttle.AcquireAsync(null, default);

        Assert.Equal(13, _clock.Elapsed.TotalSeconds);
        Assert.Equal(100 / 13.0 * Throttle.RestartFactor, _throttle.Rate, 6);
    }

    [Fact]
    public async Task A_late_refusal_from_before_the_last_reduction_pauses_requests_but_keeps_the_rate()
    {
        int late = await _throttle.AcquireAsync(null, default);
        await AcceptAsync(100);
        await RefuseAsync(TimeSpan.FromSeconds(10));
        await AcceptAsync(1);
        double rate = _throttle.Rate;

        _throttle.OnRefused(late, TimeSpan.FromSeconds(60));
        await _throttle.AcquireAsync(null, default);

        Assert.Equal(70, _clock.Elapsed.TotalSeconds);
        Assert.Equal(rate, _throttle.Rate);
    }

    [Fact]
    public Task A_pause_discards_previously_reserved_start_times() => Task.Run(async () =>
    {
        var clock = new FakeClock { IsSingleThreaded = true };
        var throttle = new Throttle(clock);
        int late = await throttle.AcquireAsync(null, default);
        for (int i = 0; i < 100; i++)
        {
            throttle.OnAccepted();
        }

        throttle.OnRefused(late, TimeSpan.FromSeconds(10));
        clock.Advance(TimeSpan.FromSeconds(10));
        var starts = new List<double>();
        for (int i = 0; i < 50; i++)
        {
            _ = StartAsync();
        }

        clock.Advance(TimeSpan.FromSeconds(1));
        int startedBefore = starts.Count;
        throttle.OnRefused(late, TimeSpan.FromSeconds(2));
        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(50, starts.Count);
        Assert.InRange(startedBefore, 9, 11);
        double[] later = [.. starts.Skip(startedBefore)];
        Assert.Equal(13, later[0], 3);
        Assert.All(later.Zip(later.Skip(1), (one, next) => next - one), interval => Assert.InRange(interval, 0.1, 0.11));

        async Task StartAsync()
        {
            await throttle.AcquireAsync(null, default).ConfigureAwait(false);
            starts.Add(clock.Elapsed.TotalSeconds);
        }
    });

    [Fact]
    public async Task Refusals_without_a_delay_keep_the_rate_finite()
    {
        await AcceptAsync(Throttle.MinSampleCount);

        await RefuseAsync(TimeSpan.Zero);

        Assert.True(double.IsFinite(_throttle.Rate));
    }

    [Fact]
    public async Task Too_few_accepted_requests_do_not_set_a_limit()
    {
        await AcceptAsync(Throttle.MinSampleCount - 1);
        await RefuseAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(double.PositiveInfinity, _throttle.Rate);
    }

    [Fact]
    public async Task A_few_refusals_soon_after_a_pause_keep_the_rate_and_further_ones_halve_it_down_to_one()
    {
        await AcceptAsync(100);
        await RefuseAsync(TimeSpan.FromSeconds(10));
        double rate = _throttle.Rate;
        for (int i = 0; i < Throttle.MaxEarlyRefusals; i++)
        {
            await AcceptAsync(1);
            await RefuseAsync(TimeSpan.FromSeconds(1));
            Assert.Equal(rate, _throttle.Rate, 3);
        }

        await AcceptAsync(1);
        await RefuseAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(rate * Throttle.MinRemainder, _throttle.Rate, 3);

        for (int i = 0; i < 100; i++)
        {
            await AcceptAsync(1);
            await RefuseAsync(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(1, _throttle.Rate, 6);
    }

    [Fact]
    public async Task A_refusal_right_after_a_pause_only_prolongs_the_pause()
    {
        await AcceptAsync(100);
        await RefuseAsync(TimeSpan.FromSeconds(10));
        double rate = _throttle.Rate;

        for (int i = 0; i < 100; i++)
        {
            await RefuseAsync(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(rate, _throttle.Rate);
    }

    [Fact]
    public async Task Requests_that_were_accepted_before_a_refusal_count_even_if_their_responses_arrive_later()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => _throttle.AcquireAsync(null, default)));
        int refused = await _throttle.AcquireAsync(null, default);
        _throttle.OnAccepted();
        _throttle.OnRefused(refused, TimeSpan.FromSeconds(1));
        for (int i = 1; i < 40; i++)
        {
            _throttle.OnAccepted();
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(40 * Throttle.RestartFactor, _throttle.Rate, 6);
    }

    [Theory]
    [InlineData(64, 0.75)]
    [InlineData(1600, 0.99)]
    public async Task The_more_requests_were_accepted_the_less_a_refusal_reduces_the_rate(int accepted, double remainder)
    {
        await AcceptAsync(100);
        await RefuseAsync(TimeSpan.FromSeconds(1));

        // The client sends few requests, so the service accepts far fewer than its limit.
        for (int i = 0; i < accepted; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await AcceptAsync(1);
        }

        double rate = _throttle.Rate;
        await RefuseAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(rate * remainder, _throttle.Rate, 5);
    }

    [Fact]
    public async Task The_estimate_follows_the_last_minute()
    {
        // One request per second for ten minutes, then 100 concurrent requests and a pause of ten seconds.
        for (int i = 0; i < 600; i++)
        {
            await AcceptAsync(1);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        await AcceptAsync(100);
        await RefuseAsync(TimeSpan.FromSeconds(10));

        Assert.InRange(_throttle.Rate, 1.8, 3.5);
    }

    [Fact]
    public async Task Idle_time_does_not_reduce_the_estimated_limit()
    {
        await AcceptAsync(50);
        _clock.Advance(TimeSpan.FromHours(1));
        await AcceptAsync(100);
        await RefuseAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(10 * Throttle.RestartFactor, _throttle.Rate, 6);
    }

    [Fact]
    public async Task Cancellation_ends_the_wait_of_only_one_request()
    {
        var clock = new FakeClock();
        var throttle = new Throttle(clock);
        throttle.OnRefused(await throttle.AcquireAsync(null, default), TimeSpan.FromSeconds(30));
        using var stop = new CancellationTokenSource();
        Task<int> cancelled = throttle.AcquireAsync(null, stop.Token);
        Task<int> other = throttle.AcquireAsync(null, default);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.False(other.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(30));
        await other;
    }

    [Fact]
    public void Connections_of_one_account_share_a_throttle()
    {
        var address = new Uri("https://one.example.com");
        Throttle box = Box("token-1").Throttle;
        Throttle key = ImageKit("key-1").Throttle;

        Assert.Same(box, Box("token-1").Throttle);
        Assert.Same(Box("token-1").ForUser("7").Throttle, Box("token-1").ForUser("7").Throttle);
        Assert.Same(key, ImageKit("key-1:").Throttle);
        Assert.Same(App("secret-1", BoxSubject.Enterprise("900")).Throttle, App("secret-2", BoxSubject.Enterprise("900")).Throttle);

        Assert.NotSame(box, Box("token-2").Throttle);
        Assert.NotSame(box, Box("token-1").ForUser("7").Throttle);
        Assert.NotSame(box, BoxConnection.FromAccessToken(new Secret("token-1"), new Uri("https://two.example.com")).Throttle);
        Assert.NotSame(key, ImageKit("key-2").Throttle);
        Assert.NotSame(App("secret-1", BoxSubject.Enterprise("900")).Throttle, App("secret-1", BoxSubject.User("900")).Throttle);
        GC.KeepAlive(box);

        BoxConnection Box(string token) => BoxConnection.FromAccessToken(new Secret(token), address);
        BoxConnection App(string secret, BoxSubject subject) => BoxConnection.FromClientCredentials("app", new Secret(secret), subject, address);
        IKConnection ImageKit(string privateKey) => IKConnection.FromPrivateKey(new Secret(privateKey), address);
    }

    [Fact]
    public void A_throttle_without_a_connection_is_released()
    {
        Throttle held = ThrottleRegistry.Get("held", _clock);
        for (int i = 0; i < 10_000; i++)
        {
            ThrottleRegistry.Get($"unused {i}", _clock);
            if (i % 1000 == 0)
            {
                GC.Collect();
            }
        }

        Assert.InRange(ThrottleRegistry.Count, 1, 5000);
        Assert.Same(held, ThrottleRegistry.Get("held", _clock));
    }

    private async Task AcceptAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await _throttle.AcquireAsync(null, default);
            _throttle.OnAccepted();
        }
    }

    // Refuses a request and waits for the end of the pause.
    private async Task RefuseAsync(TimeSpan delay)
    {
        _throttle.OnRefused(await _throttle.AcquireAsync(null, default), delay);
        _clock.Advance(delay);
    }
}
