using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FileVersions.Box;
using FileVersions.Http;
using FileVersions.ImageKit;
using Xunit;

namespace FileVersions.UnitTests.Http;

/// <summary>The gate that all requests of an account share.</summary>
public class AccountGateTests
{
    private readonly AccountGate _gate = new();

    [Fact]
    public void Connections_of_one_account_share_it()
    {
        var address = new Uri("https://one.example.com");
        AccountGate box = Box("token-1").GateFor(null);
        AccountGate key = ImageKit("key-1").GateFor(null);

        Assert.Same(box, Box("token-1").GateFor(null));
        Assert.Same(Box("token-1").GateFor("7"), Box("token-1").GateFor("7"));
        Assert.Same(key, ImageKit("key-1:").GateFor(null));
        Assert.Same(App("secret-1", BoxSubject.Enterprise("900")).GateFor(null), App("secret-2", BoxSubject.Enterprise("900")).GateFor(null));

        Assert.NotSame(box, Box("token-2").GateFor(null));
        Assert.NotSame(box, Box("token-1").GateFor("7"));
        Assert.NotSame(box, BoxConnection.FromAccessToken(new Secret("token-1"), new Uri("https://two.example.com")).GateFor(null));
        Assert.NotSame(key, ImageKit("key-2").GateFor(null));
        Assert.NotSame(App("secret-1", BoxSubject.Enterprise("900")).GateFor(null), App("secret-1", BoxSubject.User("900")).GateFor(null));
        GC.KeepAlive(box);

        BoxConnection Box(string token) => BoxConnection.FromAccessToken(new Secret(token), address);
        BoxConnection App(string secret, BoxSubject subject) => BoxConnection.FromClientCredentials("app", new Secret(secret), subject, address);
        IKConnection ImageKit(string privateKey) => IKConnection.FromPrivateKey(new Secret(privateKey), address);
    }

    [Fact]
    public void A_gate_that_nobody_holds_is_forgotten()
    {
        AccountGate held = AccountGates.Get("held");
        for (int i = 0; i < 10_000; i++)
        {
            AccountGates.Get($"of nobody {i}");
            if (i % 1000 == 0)
            {
                GC.Collect();
            }
        }

        Assert.InRange(AccountGates.Count, 1, 5000);
        Assert.Same(held, AccountGates.Get("held"));
    }

    [Fact]
    public async Task Without_a_refusal_nobody_waits()
    {
        for (int i = 0; i < 100_000; i++)
        {
            Task<AccountGate.Ticket> entry = Enter();
            Assert.True(entry.IsCompletedSuccessfully);
            _gate.Accepted(await entry);
        }

        Assert.Equal(double.PositiveInfinity, _gate.Rate);
    }

    [Fact]
    public async Task One_refusal_stops_all()
    {
        _gate.Accepted(await Enter());
        Assert.True(_gate.Refused(await Enter(), TimeSpan.FromMilliseconds(300)));
        long start = Stopwatch.GetTimestamp();
        var told = new List<TimeSpan>();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _gate.EnterAsync(wait => told.Add(wait), CancellationToken.None)));

        Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(290));
        Assert.Equal(4, told.Count);
        Assert.All(told, wait => Assert.InRange(wait.TotalMilliseconds, 1, 300));
    }

    [Fact]
    public async Task Requests_under_way_are_not_to_blame_and_do_not_prolong_the_pause()
    {
        AccountGate.Ticket[] underWay = [await Enter(), await Enter(), await Enter()];
        _gate.Accepted(await Enter());
        Assert.True(_gate.Refused(underWay[0], TimeSpan.FromSeconds(60)));
        await Task.Delay(150);
        Assert.False(_gate.Refused(underWay[1], TimeSpan.FromSeconds(60)));
        Assert.InRange(LeftOfThePause(), 0, 59.9);

        // A longer wait is obeyed all the same.
        Assert.False(_gate.Refused(underWay[2], TimeSpan.FromSeconds(120)));
        Assert.InRange(LeftOfThePause(), 60, 119.9);
    }

    [Fact]
    public async Task Where_the_service_takes_nothing_every_refusal_counts()
    {
        AccountGate.Ticket[] underWay = [await Enter(), await Enter(), await Enter()];
        Assert.All(underWay, ticket => Assert.True(_gate.Refused(ticket, TimeSpan.Zero)));
    }

    [Fact]
    public async Task Afterwards_requests_come_evenly_and_grow()
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < 100; i++)
        {
            _gate.Accepted(await Enter());
        }

        _gate.Refused(await Enter(), TimeSpan.FromSeconds(0.5));
        double first = _gate.Rate;

        // A hundred in half a second and what the hundred took.
        Assert.InRange(first, 90 / (0.5 + Stopwatch.GetElapsedTime(start).TotalSeconds), 200);
        for (int i = 0; i < 600; i++)
        {
            _gate.Accepted(await Enter());
        }

        Assert.True(_gate.Rate > first);
    }

    [Fact]
    public async Task A_limit_that_is_none_is_forgotten()
    {
        _gate.Refused(await Enter(), TimeSpan.Zero);
        Assert.NotEqual(double.PositiveInfinity, _gate.Rate);
        for (int i = 0; i < 200 && !double.IsPositiveInfinity(_gate.Rate); i++)
        {
            _gate.Accepted(await Enter());
        }

        Assert.Equal(double.PositiveInfinity, _gate.Rate);
        Assert.True(Enter().IsCompletedSuccessfully);
    }

    // In seconds, as one who comes now is told.
    private double LeftOfThePause()
    {
        double left = 0;
        using var stop = new CancellationTokenSource();
        _ = _gate.EnterAsync(wait => left = wait.TotalSeconds, stop.Token);
        stop.Cancel();
        return left;
    }

    private Task<AccountGate.Ticket> Enter() => _gate.EnterAsync(null, CancellationToken.None);
}
