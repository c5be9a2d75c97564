using System.Globalization;
using System.Net;

namespace FileVersions.UnitTests.Emulator;

public sealed class LimitTests : EmulatorTestBase
{
    [Fact]
    public async Task Box_limits_each_user()
    {
        await Settings("""{"boxRateLimit":{"perWindow":5,"windowMs":30000}}""");
        var statuses = new HttpStatusCode[7];
        for (int i = 0; i < statuses.Length; i++)
        {
            using HttpResponseMessage response = await GetBox("/2.0/files/1/versions");
            statuses[i] = response.StatusCode;
            Assert.Equal(i < 5 ? "" : "30", Header(response, "Retry-After"));
        }

        using HttpResponseMessage other = await GetBox("/2.0/files/1/versions", "box-token-2");
        Assert.Equal(2, statuses.Count(status => status == HttpStatusCode.TooManyRequests));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(2, await Stat("box.limited"));
    }

    [Fact]
    public async Task Box_accepts_requests_again_after_its_window()
    {
        await Settings("""{"boxRateLimit":{"perWindow":2,"windowMs":1000,"fractional":true}}""");
        int limited = 0;
        for (int done = 0; done < 4;)
        {
            using HttpResponseMessage response = await GetBox("/2.0/files/1/versions");
            if (response.IsSuccessStatusCode)
            {
                done++;
            }
            else
            {
                limited++;
                double seconds = double.Parse(Header(response, "Retry-After"), CultureInfo.InvariantCulture);
                Assert.InRange(seconds, 0, 1);
                await Task.Delay((int)(seconds * 1000) + 1);
            }
        }

        Assert.InRange(limited, 1, 20);
    }
}
