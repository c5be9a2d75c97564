using System.Text;
using FileVersions.Json;

namespace FileVersions.UnitTests.Json;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("2016-12-07T15:59:32-08:00", "2016-12-07T15:59:32.0000000-08:00")]
    [InlineData("2016-12-07T15:59:32Z", "2016-12-07T15:59:32.0000000+00:00")]
    [InlineData("2016-12-07t15:59:32z", "2016-12-07T15:59:32.0000000+00:00")]
    [InlineData("2016-12-07T15:59:32.5+05:45", "2016-12-07T15:59:32.5000000+05:45")]
    [InlineData("2016-12-07T15:59:32.123456789Z", "2016-12-07T15:59:32.1234567+00:00")]
    [InlineData("2024-02-29T23:59:59-00:00", "2024-02-29T23:59:59.0000000+00:00")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000+00:00")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999+00:00")]
    [InlineData("2026-01-01T00:00:00+14:00", "2026-01-01T00:00:00.0000000+14:00")]
    public void A_date_keeps_its_offset_and_fraction(string text, string expected)
    {
        Assert.True(Rfc3339.TryParse(Encoding.UTF8.GetBytes(text), out DateTimeOffset date));
        Assert.Equal(expected, date.ToString("O"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("5 6")]
    [InlineData("yesterday")]
    [InlineData("2016-12-07")]
    [InlineData("2016-12-07T15:59:32")]
    [InlineData("2016-12-07T15:59Z")]
    [InlineData("2016-12-07 15:59:32Z")]
    [InlineData(" 2016-12-07T15:59:32Z")]
    [InlineData("2016-12-07T15:59:32Z ")]
    [InlineData("2016-12-07T15:59:32.Z")]
    [InlineData("2016-12-07T15:59:32+0800")]
    [InlineData("2016-12-07T15:59:32+08")]
    [InlineData("2016-12-07T15:59:32*08:00")]
    [InlineData("2016-12-07T15:59:32+15:00")]
    [InlineData("2016-12-07T15:59:32+08:60")]
    [InlineData("2016-12-07T24:00:00Z")]
    [InlineData("2016-12-07T15:60:00Z")]
    [InlineData("2016-12-31T23:59:60Z")]
    [InlineData("2016-13-07T15:59:32Z")]
    [InlineData("2016-00-07T15:59:32Z")]
    [InlineData("2023-02-29T15:59:32Z")]
    [InlineData("2016-12-00T15:59:32Z")]
    [InlineData("0000-12-07T15:59:32Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("20I6-12-07T15:59:32Z")]
    [InlineData("2016-12-07T15:59:32٣Z")]
    public void Any_other_format_is_not_a_date(string text) => Assert.False(Rfc3339.TryParse(Encoding.UTF8.GetBytes(text), out _));
}
