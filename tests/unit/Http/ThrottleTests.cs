using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Box;
using FileVersions.Http;
using FileVersions.Http.Throttling;
using FileVersions.ImageKit;
using FileVersions.UnitTests.Support;
using Xunit;

namespace FileVersions.UnitTests.Http;

/// <summary>The throttle that all requests of an account share.</summary>
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
    public async Task A_refusal_stops_all_requests_for_the_time_that_the_service_asks_for()
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
    public async Task Afterwards_requests_start_evenly_at_a_little_less_than_the_accepted_rate()
    {
        // 100 requests at once, then the window of 10 s is used up: 10 per second.
        await AcceptAsync(100);
        _throttle.OnRefused(await _throttle.AcquireAsync(null, default), TimeSpan.FromSeconds(10));
        Assert.Equal(10 * Throttle.RestartFactor, _throttle.Rate, 6);
        _clock.Advance(TimeSpan.FromSeconds(10));

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

    [Fact]
    public async Task The_rate_rises_linearly_until_the_next_refusal()
    {
        await AcceptAsync(100);
        _throttle.OnRefused(await _throttle.AcquireAsync(null, default), TimeSpan.FromSeconds(10));
        double first = _throttle.Rate;

        _clock.Advance(TimeSpan.FromSeconds(10 + 20));
        Assert.Equal(first * (1 + (20 * Throttle.RisePerSecond)), _throttle.Rate, 6);
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(first * (1 + (40 * Throttle.RisePerSecond)), _throttle.Rate, 6);
    }

    [Fact]
    public async Task Refusals_of_requests_in_flight_prolong_the_pause_but_leave_the_rate()
    {
        int[] inFlight = [await _throttle.AcquireAsync(null, default), await _throttle.AcquireAsync(null, default)];
        await AcceptAsync(100);
        _throttle.OnRefused(inFlight[0], TimeSpan.FromSeconds(10));
        double rate = _throttle.Rate;

        _clock.Advance(TimeSpan.FromSeconds(4));
        _throttle.OnRefused(inFlight[1], TimeSpan.FromSeconds(9));

        Assert.Equal(rate, _throttle.Rate);
        await _throttle.AcquireAsync(null, default);
        Assert.Equal(13, _clock.Elapsed.TotalSeconds);
    }

    [Fact]
    public async Task A_late_refusal_from_an_earlier_period_leaves_the_rate_finite()
    {
        int late = await _throttle.AcquireAsync(null, default);
        await AcceptAsync(100);
        _throttle.OnRefused(await _throttle.AcquireAsync(null, default), TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await AcceptAsync(100);

        // The response of the first request arrives only now, and asks for a delay into the future. The next refusal is earlier than that.
        int current = await _throttle.AcquireAsync(null, default);
        _throttle.OnRefused(late, TimeSpan.FromSeconds(60));
        _throttle.OnRefused(current, TimeSpan.Zero);

        Assert.InRange(_throttle.Rate, 1, 1000);
        _clock.Advance(TimeSpan.FromSeconds(60));
        await AcceptAsync(100);
        _throttle.OnRefused(await _throttle.AcquireAsync(null, default), TimeSpan.Zero);
        Assert.InRange(_throttle.Rate, 1, 1000);
    }

    [Fact]
    public async Task Refusals_without_a_delay_leave_the_rate_finite()
    {
        await AcceptAsync(Throttle.MinSampleCount);

        _throttle.OnRefused(await _throttle.AcquireAsync(null, default), TimeSpan.Zero);

        Assert.True(double.IsFinite(_throttle.Rate));
    }

    [Fact]
    public async Task Too_few_accepted_requests_say_nothing_about_the_limit()
    {
        await AcceptAsync(Throttle.MinSampleCount - 1);
        _throttle.OnRefused(await _throttle.AcquireAsync(null, default), TimeSpan.FromSeconds(1));

        Assert.Equal(double.PositiveInfinity, _throttle.Rate);
    }

    [Fact]
    public async Task Refusals_in_quick_succession_halve_the_rate_but_never_stop_it()
    {
        await AcceptAsync(100);
        _throttle.OnRefused(await _throttle.AcquireAsync(null, default), TimeSpan.FromSeconds(10));
        double rate = _throttle.Rate;
        _throttle.OnRefused(await _throttle.AcquireAsync(null, default), TimeSpan.FromSeconds(1));
        Assert.Equal(rate / 2, _throttle.Rate, 6);

        for (int i = 0; i < 100; i++)
        {
            _throttle.OnRefused(await _throttle.AcquireAsync(null, default), TimeSpan.FromSeconds(1));
        }

        Assert.Equal(1, _throttle.Rate, 6);
    }

    [Fact]
    public async Task Requests_that_were_accepted_before_a_refusal_count_even_if_their_responses_arrive_later()
    {
        int[] accepted = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => _throttle.AcquireAsync(null, default)));
        int refused = await _throttle.AcquireAsync(null, default);
        _throttle.OnAccepted(accepted[0]);
        _throttle.OnRefused(refused, TimeSpan.FromSeconds(1));
        foreach (int period in accepted.Skip(1))
        {
            _throttle.OnAccepted(period);
        }

        Assert.Equal(40 * Throttle.RestartFactor, _throttle.Rate, 6);
    }

    [Fact]
    public async Task A_refusal_reduces_a_known_rate_by_a_fifth_at_most()
    {
        await AcceptAsync(100);
        _throttle.OnRefused(await _throttle.AcquireAsync(null, default), TimeSpan.FromSeconds(1));
        double rate = _throttle.Rate;
        _clock.Advance(TimeSpan.FromSeconds(1));

        // Few requests need the rate, so that the service accepted far fewer than it would.
        for (int i = 0; i < 20; i++)
        {
            await AcceptAsync(1);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        double current = _throttle.Rate;
        _throttle.OnRefused(await _throttle.AcquireAsync(null, default), TimeSpan.FromSeconds(1));
        Assert.True(current > rate);
        Assert.Equal(current * Throttle.MinRemainder, _throttle.Rate, 6);
    }

    [Fact]
    public async Task The_estimate_follows_the_last_minute()
    {
        // One request per second for ten minutes, then 100 at once and a pause of ten seconds.
        for (int i = 0; i < 600; i++)
        {
            await AcceptAsync(1);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        await AcceptAsync(100);
        _throttle.OnRefused(await _throttle.AcquireAsync(null, default), TimeSpan.FromSeconds(10));

        Assert.InRange(_throttle.Rate, 1.8, 3.5);
    }

    [Fact]
    public async Task An_idle_time_does_not_count_as_part_of_the_limit()
    {
        await AcceptAsync(50);
        _clock.Advance(TimeSpan.FromHours(1));
        await AcceptAsync(100);
        _throttle.OnRefused(await _throttle.AcquireAsync(null, default), TimeSpan.FromSeconds(10));

        Assert.Equal(10 * Throttle.RestartFactor, _throttle.Rate, 6);
    }

    [Fact]
    public async Task Cancellation_ends_the_wait_of_one_request_only()
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
    public void A_throttle_without_a_connection_is_forgotten()
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
            _throttle.OnAccepted(await _throttle.AcquireAsync(null, default));
        }
    }
}
