using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FileVersions.Emulator.Http;

/// <summary>
/// Delays with a precision of about 0.1 ms. <see cref="Task.Delay(int)"/> has a resolution of 1 ms and
/// completes late. All delays share one thread, which sleeps when there are none.
/// </summary>
internal sealed class DelayQueue : IDisposable
{
    private const double NearMs = 2;
    private const double SleepMs = 0.5;
    private const double SlackMs = 0.05;

    private readonly object _gate = new();
    private readonly PriorityQueue<TaskCompletionSource, long> _waiting = new();
    private Thread? _thread;
    private bool _closed;

    /// <summary>Waits until <see cref="Stopwatch.GetTimestamp"/> reaches <paramref name="due"/>.</summary>
    internal async Task WaitUntilAsync(long due, CancellationToken cancellationToken)
    {
        if (due <= Stopwatch.GetTimestamp())
        {
            return;
        }

        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration =
            cancellationToken.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), done);
        lock (_gate)
        {
            _thread ??= Start();
            _waiting.Enqueue(done, due);
            if (_waiting.Peek() == done)
            {
                Monitor.Pulse(_gate);
            }
        }

        await done.Task;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }

        _thread?.Join();
    }

    private Thread Start()
    {
        var thread = new Thread(Run) { IsBackground = true, Name = "emulator delays", Priority = ThreadPriority.Highest };
        thread.Start();
        return thread;
    }

    private void Run()
    {
        while (true)
        {
            double near = 0;
            lock (_gate)
            {
                if (_closed)
                {
                    return;
                }

                if (!_waiting.TryPeek(out TaskCompletionSource? first, out long due))
                {
                    Monitor.Wait(_gate);
                }
                else
                {
                    double left = (due - Stopwatch.GetTimestamp()) * 1000.0 / Stopwatch.Frequency;
                    if (left <= SlackMs)
                    {
                        _waiting.Dequeue();
                        first.TrySetResult();
                    }
                    else if (left >= NearMs)
                    {
                        Monitor.Wait(_gate, (int)(left - 1));
                    }
                    else
                    {
                        near = left;
                    }
                }
            }

            if (near > 0)
            {
                Sleep(Math.Min(near - SlackMs, SleepMs));
            }
        }
    }

    private static void Sleep(double milliseconds)
    {
        if (OperatingSystem.IsWindows())
        {
            // Windows cannot sleep for less than a clock tick, so the thread spins.
            Thread.Yield();
            return;
        }

        var span = new TimeSpec { Seconds = 0, Nanoseconds = (nint)(milliseconds * 1_000_000) };
        _ = NanoSleep(in span, 0);
    }

    [DllImport("libc", EntryPoint = "nanosleep")]
    private static extern int NanoSleep(in TimeSpec requested, nint remaining);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        internal nint Seconds;
        internal nint Nanoseconds;
    }
}
