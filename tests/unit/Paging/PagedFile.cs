using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace FileVersions.UnitTests.Paging;

/// <summary>The positions of a list that have no version.</summary>
public enum Gaps
{
    /// <summary>No gaps: all pages are full.</summary>
    None,

    /// <summary>One position in four.</summary>
    Scattered,

    /// <summary>Long gaps, so that some pages are empty.</summary>
    Stretches,
}

/// <summary>A file and the paging behaviour of its service. Version ids are positions.</summary>
public sealed record PagedFile
{
    /// <summary>The number of positions, with and without a version.</summary>
    public required int Positions { get; init; }

    /// <summary>The positions without a version.</summary>
    public Gaps Gaps { get; init; }

    /// <summary>The maximum to which the service reduces <c>limit</c>.</summary>
    public int MaxLimit { get; init; } = 1000;

    /// <summary>The maximum offset that the service accepts.</summary>
    public int MaxOffset { get; init; } = 10_000;

    /// <summary>Whether responses contain <c>limit</c>.</summary>
    public bool HasLimit { get; init; } = true;

    /// <summary>Whether responses contain <c>offset</c>.</summary>
    public bool HasOffset { get; init; } = true;

    /// <summary>Whether responses contain <c>total_count</c>.</summary>
    public bool HasTotal { get; init; } = true;

    /// <summary>The number by which <c>total_count</c> exceeds the number of positions.</summary>
    public int Bias { get; init; }

    internal bool Has(long position) => position < Positions && Gaps switch
    {
        Gaps.Scattered => (position * 2654435761) % 4 != 1,
        Gaps.Stretches => (position / 130) % 3 != 1,
        _ => true,
    };

    internal IEnumerable<long> From(long position) =>
        Enumerable.Range(0, Positions).Select(at => (long)at).Where(at => at >= position && Has(at));
}

/// <summary>A list request, and the limit that the service used.</summary>
internal readonly record struct ListRequest(long Offset, long Limit, long Used);

/// <summary>Emulates Box's responses for a <see cref="PagedFile"/> and records the requests.</summary>
internal sealed class PagedFileServer(PagedFile file)
{
    private readonly Lock _lock = new();
    private readonly List<ListRequest> _requests = [];
    private int _running;

    internal IReadOnlyList<ListRequest> Requests => _requests;

    internal int FileRequests { get; private set; }

    internal int PeakRunning { get; private set; }

    internal async Task AnswerAsync(HttpContext context)
    {
        lock (_lock)
        {
            PeakRunning = Math.Max(PeakRunning, ++_running);
        }

        try
        {
            string path = context.Request.Path.Value!;
            if (path.EndsWith("/versions/current", StringComparison.Ordinal))
            {
                await context.Response.WriteAsync("""{"type":"file_version","id":"current","created_at":"2026-11-20T08:00:00-08:00"}""");
                return;
            }

            if (!path.EndsWith("/versions", StringComparison.Ordinal))
            {
                FileRequests++;
                await context.Response.WriteAsync("""{"type":"file","id":"1","file_version":{"type":"file_version","id":"current"}}""");
                return;
            }

            long offset = long.Parse(context.Request.Query["offset"]!, CultureInfo.InvariantCulture);
            long limit = long.Parse(context.Request.Query["limit"]!, CultureInfo.InvariantCulture);
            var request = new ListRequest(offset, limit, Math.Min(limit, file.MaxLimit));
            lock (_lock)
            {
                _requests.Add(request);
            }

            if (offset % 3 == 1)
            {
                // Responses must not arrive in the order of the requests.
                await Task.Delay(1);
            }

            if (offset > file.MaxOffset || limit < 1)
            {
                context.Response.StatusCode = 400;
                await context.Response.WriteAsync("""{"type":"error","status":400,"code":"invalid_offset","message":"Bad Request"}""");
                return;
            }

            await context.Response.WriteAsync(Page(request));
        }
        finally
        {
            lock (_lock)
            {
                _running--;
            }
        }
    }

    private string Page(ListRequest request)
    {
        var json = new StringBuilder("{");
        if (file.HasTotal)
        {
            json.Append(CultureInfo.InvariantCulture, $"\"total_count\":{file.Positions + file.Bias},");
        }

        if (file.HasLimit)
        {
            json.Append(CultureInfo.InvariantCulture, $"\"limit\":{request.Used},");
        }

        if (file.HasOffset)
        {
            json.Append(CultureInfo.InvariantCulture, $"\"offset\":{request.Offset},");
        }

        json.Append("\"entries\":[");
        string separator = string.Empty;
        for (long at = request.Offset; at < request.Offset + request.Used; at++)
        {
            if (file.Has(at))
            {
                json.Append(CultureInfo.InvariantCulture, $"{separator}{{\"type\":\"file_version\",\"id\":\"{at}\"}}");
                separator = ",";
            }
        }

        return json.Append("]}").ToString();
    }
}
