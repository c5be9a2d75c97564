using System.Globalization;
using FileVersions.Emulator.Data;
using FileVersions.Emulator.Http;

namespace FileVersions.Emulator.Box;

/// <summary>The event stream of the enterprise, for administrators.</summary>
internal sealed class BoxEvents(BoxEventLog log)
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 500;
    private const int BytesPerEvent = 768;

    /// <summary>The first position. It is large, so a client that reads it as a floating-point number loses digits.</summary>
    private const long FirstPosition = 1_152_922_976_252_290_001;

    internal Reply List(Call call, Account account)
    {
        if (!account.IsAdmin)
        {
            return BoxErrors.AccessDenied();
        }

        if (call.Query("stream_type") != "admin_logs")
        {
            return BoxErrors.BadRequest("stream_type", "The emulator has the stream admin_logs only");
        }

        if (Read(call, out BoxEventQuery query) is { } invalid)
        {
            return invalid;
        }

        (IReadOnlyList<(int, BoxEvent)> found, int next) = call.Query("stream_position") == "now" ? ([], log.End()) : log.Read(query);
        return BoxReplies.Json(200, call.Settings, account, 256 + (found.Count * BytesPerEvent), json => json.Events(found, FirstPosition + next));
    }

    private static Reply? Read(Call call, out BoxEventQuery query)
    {
        query = null!;
        int limit = DefaultLimit;
        if (call.Query("limit") is { } limitText && (!int.TryParse(limitText, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit == 0))
        {
            return BoxErrors.InvalidLimit(limitText);
        }

        int position = 0;
        if (call.Query("stream_position") is { } positionText and not ("" or "0" or "now"))
        {
            if (!long.TryParse(positionText, NumberStyles.None, CultureInfo.InvariantCulture, out long sent) || sent < FirstPosition || sent > FirstPosition + int.MaxValue)
            {
                return BoxErrors.BadRequest("stream_position", $"Invalid value '{positionText}'. Expected a next_stream_position");
            }

            position = (int)(sent - FirstPosition);
        }

        if (ReadDate(call, "created_after", out DateTimeOffset? after) is { } badAfter)
        {
            return badAfter;
        }

        if (ReadDate(call, "created_before", out DateTimeOffset? before) is { } badBefore)
        {
            return badBefore;
        }

        var types = new HashSet<string>(call.Query("event_type")?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [], StringComparer.Ordinal);
        limit = Math.Min(limit, MaxLimit);
        query = new BoxEventQuery(position, after, before, types, call.Settings.ShortPages ? (limit + 1) / 2 : limit);
        return null;
    }

    private static Reply? ReadDate(Call call, string name, out DateTimeOffset? date)
    {
        date = null;
        if (call.Query(name) is not { } text)
        {
            return null;
        }

        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset value))
        {
            return BoxErrors.BadRequest(name, $"Invalid value '{text}'. Expected a date and time");
        }

        date = value;
        return null;
    }
}
