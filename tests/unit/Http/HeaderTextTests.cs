using System.Globalization;
using FileVersions.Http;

namespace FileVersions.UnitTests.Http;

public sealed class HeaderTextTests
{
    [Theory]
    [InlineData("3", 3.0)]
    [InlineData("0", 0.0)]
    [InlineData("0.25", 0.25)]
    [InlineData(" 7 ", 7.0)]
    [InlineData("-5", 0.0)]
    [InlineData("1e300", double.MaxValue)]
    [InlineData("99999999999999999999", double.MaxValue)]
    [InlineData("Sun, 06 Nov 1994 08:49:40 GMT", 3.0)]
    [InlineData("Sunday, 06-Nov-94 08:49:40 GMT", 3.0)]
    [InlineData("Sun Nov  6 08:49:40 1994", 3.0)]
    [InlineData("Sun, 06 Nov 1994 08:00:00 GMT", 0.0)]
    [InlineData("soon", null)]
    [InlineData("1,5", null)]
    [InlineData("NaN", null)]
    [InlineData("", null)]
    public void Retry_After_is_read_in_every_format_and_culture(string text, double? seconds)
    {
        foreach (string culture in (string[])["", "de-DE", "tr-TR", "ar-SA", "th-TH", "fa-IR"])
        {
            CultureInfo before = CultureInfo.CurrentCulture;
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            try
            {
                using var reply = new HttpResponseMessage();
                reply.Headers.TryAddWithoutValidation("Retry-After", text);
                reply.Headers.TryAddWithoutValidation("Date", "Sun, 06 Nov 1994 08:49:37 GMT");

                TimeSpan? wait = HeaderText.ReadRetryAfter(reply.Headers, default);

                Assert.Equal(seconds is double.MaxValue ? TimeSpan.MaxValue : seconds is { } known ? TimeSpan.FromSeconds(known) : null, wait);
            }
            finally
            {
                CultureInfo.CurrentCulture = before;
            }
        }
    }

    [Fact]
    public void A_date_is_compared_with_the_clock_if_the_response_has_no_date()
    {
        using var reply = new HttpResponseMessage();
        reply.Headers.TryAddWithoutValidation("Retry-After", "Sun, 06 Nov 1994 08:49:40 GMT");

        Assert.Equal(TimeSpan.FromSeconds(40), HeaderText.ReadRetryAfter(reply.Headers, new DateTimeOffset(1994, 11, 6, 8, 49, 0, TimeSpan.Zero)));
    }
}
