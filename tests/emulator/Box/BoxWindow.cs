using System.Globalization;
using FileVersions.Emulator.Http;

namespace FileVersions.Emulator.Box;

/// <summary>The part of a list that <c>offset</c> and <c>limit</c> select.</summary>
internal static class BoxWindow
{
    /// <summary>Reads both parameters. Returns an error reply if one is invalid.</summary>
    internal static Reply? Read(Call call, out int offset, out int limit)
    {
        EmulatorSettings settings = call.Settings;
        offset = 0;
        limit = settings.BoxDefaultLimit;
        if (call.Query("limit") is { } limitText)
        {
            if (!long.TryParse(limitText, NumberStyles.None, CultureInfo.InvariantCulture, out long asked) || asked <= 0)
            {
                return BoxErrors.InvalidLimit(limitText);
            }

            limit = (int)Math.Min(asked, settings.BoxPageLimit);
        }

        if (call.Query("offset") is { } offsetText)
        {
            if (!long.TryParse(offsetText, NumberStyles.None, CultureInfo.InvariantCulture, out long asked) || asked > settings.BoxOffsetCeiling)
            {
                return BoxErrors.InvalidOffset(offsetText, settings.BoxOffsetCeiling);
            }

            offset = (int)asked;
        }

        return null;
    }
}
