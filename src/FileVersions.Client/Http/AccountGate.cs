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
/// The limit is learned, because Box tells only how long to wait. At the first refusal the service has accepted as many requests
/// as it does in one span: the time from the first of them until it accepts again. From then on the rate follows a cubic curve
/// over the accepted requests, as TCP CUBIC does: from a little below what the last span held, flat near it, and ever faster
/// beyond it, until the next refusal or until the limit is forgotten.
/// All times are of <see cref="Stopwatch"/>: the computer's clock may be set meanwhile.
/// </remarks>
internal sealed class AccountGate
{
    // Fewer accepted requests tell nothing of a limit: Box's is 1000 a minute, ImageKit's 40 a second.
    private const int FewestToLearnFrom = 32;

    // A cluster of refusals comes once in so many requests: well below one in fifty, however many are in flight.
    private const int ShortestCurve = 250;
    private const int LongestCurve = 600;
    private const int RequestsPerRefusal = 75;

    private const double Margin = 0.03;
    private const double Rise = 0.3;
    private const double Back = 0.98;
    private const double FarthestBack = 0.9;
    private const double ShortestHistory = 1;
    private const double SlowestRise = 10;
    private const double SlowestGuess = 20;
    private const double DoublingLength = 16;
    private const double ForgottenFactor = 16;

    // The pauses take a small part of the time.
    private const double PauseShare = 25;

    private static readonly long s_idle = Ticks(5);
    private static readonly long s_forgetting = Ticks(120);

    // What timers that fire late may catch up, and the least that is worth waiting for.
    private static readonly long s_slack = Ticks(0.05);
    private static readonly long s_leastWait = Ticks(0.0005);

    private readonly object _lock = new();
    private int _period;

    // What all who need not wait are given.
    private Task<Ticket> _freeEntry = Task.FromResult(new Ticket(0, isPaced: false));
    private long _closedAt;
    private long _openAt;

    // Of the current period, which lasts from one closing's end to the next closing.
    private long _since;
    private int _accepted;
    private int _refused;
    private int _acceptedBefore;
    private long _lastEntry;

    // The pace: no rate while no limit is known, no history while the rate is a guess.
    private double _rate;
    private History? _history;
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
                    _accepted = 0;
                }

                _lastEntry = now;
                return _freeEntry;
            }
        }

        return EnterInTurnAsync(onClosed, cancellationToken);
    }

    /// <summary>The service took the request: it answered anything but "too many requests".</summary>
    internal void Accepted(Ticket ticket)
    {
        lock (_lock)
        {
            _history?.Add(Stopwatch.GetTimestamp(), 1);
            if (ticket.Period == _period)
            {
                // The first reply, not the first request: opening a connection takes time, and the span begins with the service.
                _since = _accepted++ == 0 ? Stopwatch.GetTimestamp() : _since;
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
        long length = Ticks(wait.TotalSeconds);
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
            Learn(now, wait.TotalSeconds);
            _period++;
            _freeEntry = Task.FromResult(new Ticket(_period, isPaced: false));
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

    private static long Ticks(double seconds) => (long)(seconds * Stopwatch.Frequency);

    private static double Seconds(long ticks) => (double)ticks / Stopwatch.Frequency;

    private void Open(long at)
    {
        _openAt = at;
        _since = at;
        _nextSlot = at;
        _lastEntry = at;
    }

    private void Learn(long now, double wait)
    {
        if (_history is { } history)
        {
            // Below the rate that was good before, one refusal means little; above it, what the last span held is the limit.
            double rate = CurrentRate();
            double held = Math.Min(history.RateAt(now), rate);
            _rate = rate < _rate ? Back * _rate : Math.Max(held, FarthestBack * _rate);
            _curveLength = Math.Max(CurveLength(_rate * history.Span), PauseShare * _rate * wait);
        }
        else if (_accepted < FewestToLearnFrom)
        {
            _rate = Math.Max(_accepted / Math.Max(0.05, Seconds(now - _since) + wait), SlowestGuess);
        }
        else
        {
            // Box tells whole seconds: it has rounded up, and its own span is one of whole seconds.
            double span = Math.Max(0.05, Seconds(now - _since) + wait);
            span = wait >= 1 && wait == Math.Floor(wait) ? Math.Floor(span) : span;
            _rate = _accepted / span;
            _history = new History(Ticks(Math.Max(span, ShortestHistory)), now, _since, _accepted);
            _curveLength = CurveLength(_rate * span / 2);
        }

        _curveLength = Math.Max(_curveLength, _refused * RequestsPerRefusal);
    }

    // Two spans, so that a rise shows in the span before it has gone far.
    private static double CurveLength(double requestsInSpan) => Math.Min(Math.Max(ShortestCurve, 2 * requestsInSpan), LongestCurve);

    private double CurrentRate()
    {
        if (_history is null)
        {
            return _rate * Math.Pow(2, _paced / DoublingLength);
        }

        // By the clock too, so that a rate that is far too low does not last.
        double way = Math.Max(_paced / _curveLength, (_paced > 0 ? Seconds(_lastHeld - _since) : 0) / Math.Max(SlowestRise, 4 * _history.Span)) - 1;
        return _rate * (1 + ((way < 0 ? Margin : Rise) * way * way * way));
    }

    private async Task<Ticket> EnterInTurnAsync(Action<TimeSpan>? onClosed, CancellationToken cancellationToken)
    {
        while (true)
        {
            Ticket? ticket = null;
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
                onClosed?.Invoke(TimeSpan.FromSeconds(Seconds(wait)));
                onClosed = null;
            }
            else if (wait < s_leastWait)
            {
                return ticket!;
            }

            await Task.Delay(TimeSpan.FromSeconds(Seconds(wait) + 0.0005), cancellationToken).ConfigureAwait(false);
            lock (_lock)
            {
                // A turn from before a closing is none any more.
                if (!isClosed && ticket!.Period == _period)
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
            _history = null;
            _lastEntry = now;
            ticket = new Ticket(_period, isPaced: false);
            return 0;
        }

        // Only a request that was held back, or catches up, shows that the rate is too low for what is asked for.
        long earliest = now - s_slack;
        bool isHeld = _nextSlot > earliest;
        long slot = isHeld ? _nextSlot : earliest;
        _nextSlot = slot + Ticks(1 / rate);
        if (isHeld)
        {
            _lastHeld = now;
        }

        ticket = new Ticket(_period, isHeld);
        return slot - now;
    }

    /// <summary>A request's passage through the gate.</summary>
    internal sealed class Ticket
    {
        internal Ticket(int period, bool isPaced)
        {
            Period = period;
            IsPaced = isPaced;
        }

        internal int Period { get; }

        /// <summary>Whether it had to wait for its turn.</summary>
        internal bool IsPaced { get; }
    }

    /// <summary>How many requests the service accepted in the last span.</summary>
    private sealed class History
    {
        private const int PartCount = 32;

        private readonly double[] _parts = new double[PartCount];
        private readonly long _partLength;
        private long _lastPart;

        internal History(long span, long now, long since, int accepted)
        {
            Span = Seconds(span);
            _partLength = Math.Max(1, span / PartCount);
            _lastPart = now / _partLength;

            // When each of them was accepted is not known: evenly over the time.
            long first = Math.Min(_lastPart, Math.Max(since / _partLength, _lastPart - PartCount + 1));
            for (long part = first; part <= _lastPart; part++)
            {
                _parts[part % PartCount] = (double)accepted / (_lastPart - first + 1);
            }
        }

        /// <summary>In seconds.</summary>
        internal double Span { get; }

        internal void Add(long now, int accepted)
        {
            MoveTo(now);
            _parts[_lastPart % PartCount] += accepted;
        }

        internal double RateAt(long now)
        {
            MoveTo(now);
            double sum = 0;
            foreach (double part in _parts)
            {
                sum += part;
            }

            // The last part has only begun.
            double length = ((PartCount - 1) * _partLength) + (now % _partLength);
            return sum * Stopwatch.Frequency / length;
        }

        private void MoveTo(long now)
        {
            long part = now / _partLength;
            for (long next = Math.Max(_lastPart + 1, part - PartCount + 1); next <= part; next++)
            {
                _parts[next % PartCount] = 0;
            }

            _lastPart = Math.Max(_lastPart, part);
        }
    }
}
