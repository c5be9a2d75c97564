using System.Net;
using System.Text.Json.Nodes;

namespace FileVersions.UnitTests.Emulator;

public sealed class ImageKitDownloadTests : EmulatorTestBase
{
    [Theory]
    [InlineData("n004-a")]
    [InlineData("n004-b")]
    [InlineData("n004-c")]
    public async Task The_url_returns_the_content_of_its_version_without_image_optimisation(string fileId)
    {
        await Settings("""{"ikOptimisedImages":false}""");
        JsonNode state = await Control(HttpMethod.Get, $"files/ik/{fileId}");
        JsonNode list = await IkJson($"/v1/files/{fileId}/versions");
        foreach ((JsonNode? version, JsonNode? known) in list.AsArray().Zip(state["versions"]!.AsArray()))
        {
            byte[] bytes = await Http.GetByteArrayAsync(version!["url"]!.GetValue<string>());
            Assert.Equal(known!["sha1"]!.GetValue<string>(), Hashes.Sha1(bytes));
            Assert.Equal(version["size"]!.GetValue<int>(), bytes.Length);
        }
    }

    [Fact]
    public async Task An_image_is_optimised_unless_the_original_is_requested()
    {
        (string url, string sha1) = await Url(await FileWhere(isPrivate: false, ".jpg"), 1);
        byte[] optimised = await Http.GetByteArrayAsync(url);
        byte[] again = await Http.GetByteArrayAsync(url);
        byte[] original = await Http.GetByteArrayAsync(url + "&tr=orig-true");
        byte[] byPath = await Http.GetByteArrayAsync(url.Replace("/demo/", "/demo/tr:orig-true/", StringComparison.Ordinal));

        Assert.Equal(sha1, Hashes.Sha1(original));
        Assert.Equal(sha1, Hashes.Sha1(byPath));
        Assert.NotEqual(original.Length, optimised.Length);
        Assert.Equal(optimised, again);
    }

    [Theory]
    [InlineData(".mp4")]
    [InlineData(".pdf")]
    public async Task A_file_other_than_an_image_is_delivered_unchanged(string extension)
    {
        (string url, string sha1) = await Url(await FileWhere(isPrivate: false, extension), 0);

        Assert.Equal(sha1, Hashes.Sha1(await Http.GetByteArrayAsync(url)));
    }

    [Fact]
    public async Task A_signed_url_is_tamper_proof_and_returns_an_optimised_image()
    {
        (string url, string sha1) = await Url(await FileWhere(isPrivate: true, ".jpg"), 1);
        byte[] optimised = await Http.GetByteArrayAsync(url);
        using HttpResponseMessage changed = await Http.GetAsync(url + "&tr=orig-true");
        using HttpResponseMessage unsigned = await Http.GetAsync(url[..url.IndexOf("&ik-t", StringComparison.Ordinal)]);

        Assert.NotEqual(sha1, Hashes.Sha1(optimised));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (changed.StatusCode, unsigned.StatusCode));
    }

    [Fact]
    public async Task A_client_can_sign_the_address_of_an_original_with_the_private_key()
    {
        await Settings("""{"ikSignedUrls":false}""");
        (string url, string sha1) = await Url(await FileWhere(isPrivate: true, ".jpg"), 0);
        Assert.DoesNotContain("ik-s=", url, StringComparison.Ordinal);
        string address = url + "?tr=orig-true";
        string path = new Uri(address).PathAndQuery["/demo/".Length..];
        string signature = Hashes.HmacSha1(IkKey, path + "9999999999");
        byte[] original = await Http.GetByteArrayAsync($"{address}&ik-s={signature}");
        using HttpResponseMessage wrong = await Http.GetAsync($"{address}&ik-s={new string('0', 40)}");

        Assert.Equal(sha1, Hashes.Sha1(original));
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
    }

    [Fact]
    public async Task The_address_of_a_version_stops_working_when_its_id_changes()
    {
        string fileId = await FileWhere(isPrivate: false, ".pdf");
        JsonNode list = await IkJson($"/v1/files/{fileId}/versions");
        string past = list[1]!["url"]!.GetValue<string>();
        for (int i = 0; i < 2; i++)
        {
            string id = VersionIds(await IkJson($"/v1/files/{fileId}/versions"))[1];
            using HttpResponseMessage restored = await Http.SendAsync(Ik(HttpMethod.Put, $"/v1/files/{fileId}/versions/{id}/restore"));
            restored.EnsureSuccessStatusCode();
        }

        using HttpResponseMessage response = await Http.GetAsync(past);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_name_in_any_alphabet_is_found_by_its_address()
    {
        await Control(HttpMethod.Post, "files", """{"service":"ik","id":"umlaut","folder":"/Größe/商品","private":false,"versions":[{"name":"a b & c+d.txt","content":"x"}]}""");
        (string url, _) = await Url("umlaut", 0);

        Assert.Equal("x", await Http.GetStringAsync(url));
    }

    /// <summary>The address of a version, and the SHA-1 of its original.</summary>
    private async Task<(string Url, string Sha1)> Url(string fileId, int place)
    {
        JsonNode list = await IkJson($"/v1/files/{fileId}/versions");
        JsonNode state = await Control(HttpMethod.Get, $"files/ik/{fileId}");
        return (list[place]!["url"]!.GetValue<string>(), state["versions"]![place]!["sha1"]!.GetValue<string>());
    }
}
