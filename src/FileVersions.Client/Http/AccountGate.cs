using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace FileVersions.Http;

/// <summary>
/// Through this every request of an account goes. Until the service says "too many requests" it lets all of them through. Then
/// it closes for all, and afterwards lets them out evenly, at the rate that the service let through before; from there the rate
/// rises slowly, so that the limit is met again only now and then.
/// </summary>
/// <remarks>
/// The limit is learned, because Box tells only how long to wait: what the service accepted until its first refusal, over the
/// time until it accepts again. From then on the rate follows a cubic curve over the accepted requests, as TCP CUBIC does:
/// from a little below the last rate, flat near it, and ever faster beyond it, until the next refusal or until it is forgotten.
/// All times are of <see cref="Stopwatch"/>: the computer's clock may be set meanwhile.
/// </remarks>
internal sealed class AccountGate
{
    // Fewer accepted requests tell nothing of a limit: Box's is 1000 a minute, ImageKit's 40 a second.
    private const int FewestToLearnFrom = 32;

    // A cluster of refusals in so many requests: well below one in fifty, however many are in flight.
    private const int ShortestCurve = 250;
    private const int RequestsPerRefusal = 75;

    private const double Margin = 0.03;
    private const double SlowestStart = 20;
    private const double DoublingLength = 16;
    private const double ForgottenFactor = 16;

    private static readonly long s_idle = 5 * Stopwatch.Frequency;
    private static readonly long s_forgetting = 120 * Stopwatch.Frequency;

    // What timers that fire late may catch up, and the least that is worth waiting for.
    private static readonly long s_slack = Stopwatch.Frequency / 40;
    private static readonly long s_leastWait = Stopwatch.Frequency / 2000;

    private readonly object _lock = new();
    private int _period;
    private long _closedAt;
    private long _openAt;

    // Of the current period, which lasts from one closing's end to the next closing.
    private long _since;
    private int _accepted;
    private int _refused;
    private int _acceptedBefore;
    private long _lastEntry;

    // The pace: none while the limit is unknown.
    private double _rate;
    private bool _isGuess;
    private double _curveLength = ShortestCurve;
    private double _paced;
    private long _nextSlot;
    private long _lastHeld;

    /// <summary>Requests a second that are let out at present; infinite while no limit is known.</summary>
    internal double Rate
    {
        get
        {
            lock (_lock)
            {
                return _rate == 0 ? double.PositiveInfinity : CurrentRate();
            }
        }
    }

    /// <summary>Waits while the gate is closed, and for the request's turn.</summary>
    /// <param name="onClosed">Told how long the gate is still closed, when it is.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What <see cref="Accepted"/> and <see cref="Refused"/> want to know about the request.</returns>
    internal Task<Ticket> EnterAsync(Action<TimeSpan>? onClosed, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            long now = Stopwatch.GetTimestamp();
            if (_rate == 0 && now >= _openAt)
            {
                if (now - _lastEntry > s_idle)
                {
                    _since = now;
                    _accepted = 0;
                }

                _lastEntry = now;
                return Task.FromResult(new Ticket(_period, isPaced: false));
            }
        }

        return EnterInTurnAsync(onClosed, cancellationToken);
    }

    /// <summary>The service took the request: it answered anything but "too many requests".</summary>
    internal void Accepted(Ticket ticket)
    {
        lock (_lock)
        {
            if (ticket.Period == _period)
            {
                _accepted++;
                _paced += ticket.IsPaced ? 1 : 0;
            }
            else if (ticket.Period == _period - 1)
            {
                _acceptedBefore++;
            }
        }
    }

    /// <summary>The service refused the request as one too many: closes the gate for all.</summary>
    /// <param name="ticket">Of the request.</param>
    /// <param name="wait">For how long.</param>
    /// <returns>
    /// False when the request is not to blame: it was under way when another one's refusal closed the gate, and the service did
    /// take requests before that.
    /// </returns>
    internal bool Refused(Ticket ticket, TimeSpan wait)
    {
        long length = (long)(wait.TotalSeconds * Stopwatch.Frequency);
        lock (_lock)
        {
            if (ticket.Period != _period)
            {
                // Seen from the first refusal, so that a second one with the same wait does not prolong the pause.
                _refused += ticket.IsPaced ? 1 : 0;
                if (_closedAt + length > _openAt)
                {
                    Open(_closedAt + length);
                }

                return _acceptedBefore == 0;
            }

            long now = Stopwatch.GetTimestamp();
            Learn((double)(now - _since + length) / Stopwatch.Frequency);
            _period++;
            _acceptedBefore = _accepted;
            _accepted = 0;
            _refused = ticket.IsPaced ? 1 : 0;
            _paced = 0;
            _closedAt = now;
            _lastHeld = now;
            Open(now + length);
            return true;
        }
    }

    private void Open(long at)
    {
        _openAt = at;
        _since = at;
        _nextSlot = at;
        _lastEntry = at;
    }

    /// <param name="seconds">From the period's beginning until the service takes requests again.</param>
    private void Learn(double seconds)
    {
        double measured = _accepted / Math.Max(seconds, 0.001);
        bool isTelling = _accepted >= FewestToLearnFrom;
        if (_rate == 0 || _isGuess)
        {
            _isGuess = !isTelling;
            _rate = isTelling ? measured : Math.Max(measured, SlowestStart);
            return;
        }

        // Refused on the way up the curve: the rate is a little above the limit. Refused at once or for long: far above it.
        double rate = CurrentRate();
        _rate = isTelling && measured > 0.7 * rate ? rate : Math.Max(1, Math.Max(measured, 0.8 * rate));
        _curveLength = Math.Max(ShortestCurve, _refused * RequestsPerRefusal);
    }

    private double CurrentRate()
    {
        if (_isGuess)
        {
            return _rate * Math.Pow(2, _paced / DoublingLength);
        }

        double way = (_paced / _curveLength) - 1;
        return _rate * (1 + (Margin * way * way * way));
    }

    private async Task<Ticket> EnterInTurnAsync(Action<TimeSpan>? onClosed, CancellationToken cancellationToken)
    {
        while (true)
        {
            Ticket ticket = default;
            bool isClosed;
            long wait;
            lock (_lock)
            {
                long now = Stopwatch.GetTimestamp();
                isClosed = now < _openAt;
                wait = isClosed ? _openAt - now : TakeSlot(now, out ticket);
            }

            if (isClosed)
            {
                onClosed?.Invoke(Time(wait));
                onClosed = null;
            }
            else if (wait < s_leastWait)
            {
                return ticket;
            }

            await Task.Delay(Time(wait) + TimeSpan.FromMilliseconds(0.5), cancellationToken).ConfigureAwait(false);
            lock (_lock)
            {
                // A turn from before a closing is none any more.
                if (!isClosed && ticket.Period == _period)
                {
                    return ticket;
                }
            }
        }
    }

    /// <returns>The time until the request's turn.</returns>
    private long TakeSlot(long now, out Ticket ticket)
    {
        double rate = _rate == 0 ? double.PositiveInfinity : CurrentRate();
        if (now - _lastHeld > s_forgetting || rate > _rate * ForgottenFactor)
        {
            _rate = 0;
            _lastEntry = now;
            ticket = new Ticket(_period, isPaced: false);
            return 0;
        }

        // Only a request that was held back, or catches up, shows that the rate is too low for what is asked for.
        long earliest = now - s_slack;
        bool isPaced = _nextSlot > earliest;
        long slot = isPaced ? _nextSlot : earliest;
        _nextSlot = slot + (long)(Stopwatch.Frequency / rate);
        if (isPaced)
        {
            _lastHeld = now;
        }

        ticket = new Ticket(_period, isPaced);
        return slot - now;
    }

    private static TimeSpan Time(long wait) => TimeSpan.FromSeconds((double)wait / Stopwatch.Frequency);

    /// <summary>A request's passage through the gate.</summary>
    internal readonly struct Ticket
    {
        internal Ticket(int period, bool isPaced)
        {
            Period = period;
            IsPaced = isPaced;
        }

        internal int Period { get; }

        internal bool IsPaced { get; }
    }
}
