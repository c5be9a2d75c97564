using System.Text;
using System.Text.Json;
using FileVersions.Json;

namespace FileVersions.UnitTests.Json;

public sealed class JsonNumberTests
{
    [Theory]
    [InlineData("0", 0L)]
    [InlineData("-0.0", 0L)]
    [InlineData("0e999", 0L)]
    [InlineData("12.0", 12L)]
    [InlineData("1.5e3", 1500L)]
    [InlineData("1.5E+3", 1500L)]
    [InlineData("1500e-2", 15L)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("9223372036854775807.0", long.MaxValue)]
    public void An_integer_can_be_in_any_number_format(string json, long expected)
    {
        Utf8JsonReader reader = Read(json);
        Assert.True(JsonNumber.TryGetWhole(ref reader, out long number));
        Assert.Equal(expected, number);
    }

    [Theory]
    [InlineData("0.5")]
    [InlineData("1e-30")]
    [InlineData("1.00000000000000000000000000001")]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("1.2e31")]
    [InlineData("1e999")]
    public void A_number_is_never_rounded_to_an_integer(string json)
    {
        Utf8JsonReader reader = Read(json);
        Assert.False(JsonNumber.TryGetWhole(ref reader, out _));
    }

    [Fact]
    public void Numbers_keep_the_greatest_possible_precision()
    {
        Check(5L, "5");
        Check(9223372036854775808m, "9223372036854775808");
        Check(0.1m, "0.1");
        Check(1.2e31, "1.2e31");
        Check(1e-30, "1e-30");
        Check("-1e999", "-1e999");

        static void Check(object expected, string json)
        {
            Utf8JsonReader reader = Read(json);
            Assert.Equal(expected, JsonNumber.GetAny(ref reader));
        }
    }

    private static Utf8JsonReader Read(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        return reader;
    }
}
