using System.Net.Http.Headers;
using FileVersions.Box.SignIn;
using FileVersions.Http;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.SignIn;

public sealed class RenewedTokensTests
{
    private static readonly FakeClock s_clock = new();
    private static readonly TimeSpan s_hour = TimeSpan.FromMinutes(60);
    private readonly Queue<Func<AccessToken>> _answers = new();
    private readonly RenewedTokens _tokens;

    public RenewedTokensTests() => _tokens = new RenewedTokens((_, _) => Task.FromResult(_answers.Dequeue()()));

    [Theory]
    [InlineData(58.5, false)]
    [InlineData(59.1, true)]
    [InlineData(61.0, true)]
    public void A_token_is_due_for_renewal_in_its_last_minute(double ageMinutes, bool isDue) =>
        Assert.Equal(isDue, Aged("a", TimeSpan.FromMinutes(ageMinutes), s_hour).IsDue);

    [Theory]
    [InlineData(0.85, false)]
    [InlineData(0.95, true)]
    public void A_short_lived_token_is_due_for_renewal_in_the_last_tenth_of_its_lifetime(double ageOfTen, bool isDue) =>
        Assert.Equal(isDue, Aged("a", TimeSpan.FromMinutes(ageOfTen), TimeSpan.FromMinutes(1)).IsDue);

    [Fact]
    public async Task A_token_due_for_renewal_is_replaced()
    {
        _answers.Enqueue(() => Aged("old", TimeSpan.FromMinutes(59.5), s_hour));
        _answers.Enqueue(() => Aged("new", TimeSpan.Zero, s_hour));

        Assert.Equal("old", await Next());
        Assert.Equal("new", await Next());
        Assert.Equal("new", await Next());
    }

    [Fact]
    public async Task A_valid_token_stays_in_use_after_a_transient_renewal_failure()
    {
        var told = new List<string>();
        _answers.Enqueue(() => Aged("old", TimeSpan.FromMinutes(59.5), s_hour));
        _answers.Enqueue(() => throw new FileVersionException(FileVersionErrorKind.ServiceUnavailable, "Down."));
        Assert.Equal("old", await Next());

        AuthenticationHeaderValue token = await _tokens.GetAsync(told.Add, default);

        Assert.Equal("old", token.Parameter);
        Assert.Equal(["Down."], told);

        // The next renewal is deferred.
        Assert.Equal("old", await Next());
    }

    [Fact]
    public async Task An_expired_token_is_not_used_if_its_renewal_fails()
    {
        _answers.Enqueue(() => Aged("old", TimeSpan.FromMinutes(61), s_hour));
        _answers.Enqueue(() => throw new FileVersionException(FileVersionErrorKind.ServiceUnavailable, "Down."));
        Assert.Equal("old", await Next());

        FileVersionException failure = await Assert.ThrowsAsync<FileVersionException>(Next);

        Assert.Equal(FileVersionErrorKind.ServiceUnavailable, failure.Kind);
    }

    [Fact]
    public async Task A_rejected_renewal_is_an_error_even_if_the_old_token_is_valid()
    {
        _answers.Enqueue(() => Aged("old", TimeSpan.FromMinutes(59.5), s_hour));
        _answers.Enqueue(() => throw new FileVersionException(FileVersionErrorKind.AuthenticationFailed, "No."));
        Assert.Equal("old", await Next());

        await Assert.ThrowsAsync<FileVersionException>(Next);
    }

    [Fact]
    public async Task A_cancelled_request_does_not_cancel_a_shared_token_request()
    {
        int fetches = 0;
        var response = new TaskCompletionSource<AccessToken>();
        var tokens = new RenewedTokens((_, stop) =>
        {
            fetches++;
            return response.Task.WaitAsync(stop);
        });
        using var stop = new CancellationTokenSource();
        Task<AuthenticationHeaderValue> first = tokens.GetAsync(null, stop.Token);
        Task<AuthenticationHeaderValue> second = tokens.GetAsync(null, default);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        response.SetResult(Aged("shared", TimeSpan.Zero, s_hour));
        Assert.Equal("shared", (await second).Parameter);
        Assert.Equal(1, fetches);
    }

    [Fact]
    public async Task A_token_request_that_fails_while_its_request_is_cancelled_leaves_no_unobserved_exception()
    {
        var failure = new FileVersionException(FileVersionErrorKind.ServiceUnavailable, "Down.");
        int unobserved = 0;
        void Note(object? sender, UnobservedTaskExceptionEventArgs e) => unobserved += e.Exception.GetBaseException() == failure ? 1 : 0;
        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            for (int i = 0; i < 1000; i++)
            {
                await CancelAsync();
            }

            GC.Collect();
            GC.WaitForPendingFinalizers();
            Assert.Equal(0, unobserved);
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }

        async Task CancelAsync()
        {
            using var stop = new CancellationTokenSource();
            var response = new TaskCompletionSource<AccessToken>();
            var tokens = new RenewedTokens((_, _) => response.Task);
            Task<AuthenticationHeaderValue> request = tokens.GetAsync(null, stop.Token);
            response.SetException(failure);
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => request);
        }
    }

    [Fact]
    public async Task A_token_that_expires_in_transit_is_replaced_at_most_ten_times()
    {
        int renewals = 0;
        _answers.Enqueue(RunOut);
        AuthenticationHeaderValue refused = await _tokens.GetAsync(null, default);
        while (_answers.Count == 0)
        {
            _answers.Enqueue(RunOut);
            if (!await _tokens.TryRenewAsync(refused, renewals, null, default))
            {
                break;
            }

            renewals++;
            _answers.Enqueue(RunOut);
            refused = await _tokens.GetAsync(null, default);
        }

        Assert.Equal(10, renewals);

        static AccessToken RunOut() => Aged(Guid.NewGuid().ToString(), s_hour, s_hour);
    }

    private static AccessToken Aged(string text, TimeSpan age, TimeSpan lifetime) => new(new Secret(text), -age.Ticks, lifetime, s_clock);

    private async Task<string> Next() => (await _tokens.GetAsync(null, default)).Parameter!;
}
