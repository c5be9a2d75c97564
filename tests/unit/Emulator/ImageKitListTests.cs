using System.Net;
using System.Text.Json.Nodes;

namespace FileVersions.UnitTests.Emulator;

public sealed class ImageKitListTests : EmulatorTestBase
{
    [Fact]
    public async Task A_folder_lists_its_own_files_and_a_search_includes_subfolders()
    {
        await Seed("/a", "1.jpg", "2.pdf");
        await Seed("/a/b", "3.jpg");
        await Seed("/ab", "4.jpg");

        Assert.Equal(["1.jpg", "2.pdf"], await Names("path=/a/"));
        Assert.Equal(["1.jpg", "2.pdf"], await Names("path=/a"));
        Assert.Equal(["1.jpg", "2.pdf"], await Search("""path = "/a/" """));
        Assert.Equal(["1.jpg", "2.pdf", "3.jpg"], await Search("""path : "/a/" """));
        Assert.Equal(["2.pdf"], await Names("path=/a/&fileType=non-image"));
    }

    [Theory]
    [InlineData("""name = "b.jpg" """, "b.jpg")]
    [InlineData("""name : "b" """, "b.jpg b2.pdf")]
    [InlineData("""name : "B" """, "")]
    [InlineData("""name HAS "B2" """, "b2.pdf")]
    [InlineData("""name IN ["a.jpg", "c.jpg"] """, "a.jpg c.jpg")]
    [InlineData("""name NOT IN ["a.jpg", "c.jpg"] """, "b.jpg b2.pdf")]
    [InlineData("""name NOT = "a.jpg" AND type = "file" """, "b.jpg b2.pdf c.jpg")]
    [InlineData("""createdAt >= "2026-01-02" """, "b.jpg b2.pdf c.jpg")]
    [InlineData("""createdAt < "2026-01-02T00:00:00" """, "a.jpg")]
    [InlineData("""updatedAt > "2026-01-03T00:00:00Z" """, "c.jpg")]
    [InlineData("createdAt < 1d", "a.jpg b.jpg b2.pdf c.jpg")]
    [InlineData("""createdAt > "1h" """, "")]
    [InlineData("""name = "a.jpg" OR name = "b.jpg" AND createdAt > "2026-01-02T12:00:00Z" """, "a.jpg")]
    [InlineData("""(name = "a.jpg" OR name = "b.jpg") AND createdAt > "2026-01-01T12:00:00Z" """, "b.jpg")]
    [InlineData("""format = "pdf" """, "b2.pdf")]
    [InlineData("""size > "1kb" """, "c.jpg")]
    [InlineData("""private = false AND id IN ["x-a.jpg"]""", "a.jpg")]
    public async Task A_query_selects_files(string query, string names)
    {
        await Control(HttpMethod.Post, "files", """
            [{"service":"ik","id":"x-a.jpg","folder":"/","private":false,"versions":[{"name":"a.jpg","size":10,"uploadedAt":"2026-01-01T00:00:00Z"}]},
             {"service":"ik","id":"x-b","folder":"/","private":false,"versions":[{"name":"b.jpg","size":10,"uploadedAt":"2026-01-02T00:00:00Z"}]},
             {"service":"ik","id":"x-b2","folder":"/","private":false,"versions":[{"name":"b2.pdf","size":10,"uploadedAt":"2026-01-02T06:00:00Z"}]},
             {"service":"ik","id":"x-c","folder":"/","private":false,"versions":[{"name":"c.jpg","size":5000,"uploadedAt":"2026-01-04T00:00:00Z"}]}]
            """);

        Assert.Equal(names, string.Join(' ', await Search(query)));
    }

    [Theory]
    [InlineData("a\"b.txt")]
    [InlineData("back\\slash.txt")]
    [InlineData("Größe 商品 файл.txt")]
    [InlineData("a AND (b).txt")]
    public async Task A_quoted_string_can_contain_any_character(string name)
    {
        string folder = "/" + name;
        await Seed(folder, name);
        string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

        Assert.Equal([name], await Search($"name = \"{Escaped(name)}\""));
        Assert.Equal([name], await Search($"path = \"{Escaped(folder)}/\""));
    }

    [Theory]
    [InlineData("limit=2000", "Maximum value of limit parameter is 1000. Value sent is 2000.")]
    [InlineData("limit=0", "Minimum value of limit parameter is 1. Value sent is 0.")]
    [InlineData("skip=-1", "The value of skip parameter should be greater than or equal to 0. Value sent is -1.")]
    [InlineData("type=all-of-it", "Your request contains invalid value for type parameter. Please provide one of the following: file, file-version, folder, all.")]
    [InlineData("sort=ASC_COLOUR", "Your request contains invalid value for sort parameter.")]
    [InlineData("searchQuery=createdAt%20%3E%20yesterday", "Invalid search query - createdAt field must have a valid date value. Make sure the value is enclosed within quotes. Please refer to the documentation for syntax specification.")]
    [InlineData("searchQuery=(name%3D%22a%22", "Invalid search query - ')' is missing. Please refer to the documentation for syntax specification.")]
    [InlineData("searchQuery=name%3D%22a", "Invalid search query - a quotation mark is missing. Please refer to the documentation for syntax specification.")]
    [InlineData("searchQuery=colour%3D%22a%22", "Invalid search query - unknown field 'colour'. Please refer to the documentation for syntax specification.")]
    [InlineData("searchQuery=name%3D%22a%22%20path", "Invalid search query - unexpected 'path'. Please refer to the documentation for syntax specification.")]
    public async Task An_invalid_parameter_is_rejected(string query, string message)
    {
        using HttpResponseMessage response = await GetIk("/v1/files?" + query);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(message, (await JsonOf(response))["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_generated_tree_is_paged_in_file_order()
    {
        const string Query = "searchQuery=path%20%3A%20%22%2Ftree-2500-40%2F%22";
        var ids = new List<string>();
        JsonArray page;
        do
        {
            page = (await IkJson($"/v1/files?{Query}&limit=1000&skip={ids.Count}")).AsArray();
            ids.AddRange(page.Select(file => file!["fileId"]!.GetValue<string>()));
        }
        while (page.Count == 1000);

        Assert.Equal(Enumerable.Range(0, 2500).Select(i => "tree-2500-40-" + i), ids);
        Assert.Equal(40, (await IkJson("/v1/files?type=folder&path=/tree-2500-40/part-000")).AsArray().Count);
        Assert.Equal(63, (await IkJson("/v1/files?path=/tree-2500-40/part-000/folder-00000")).AsArray().Count);
    }

    [Fact]
    public async Task A_generated_tree_file_has_details_versions_and_content()
    {
        JsonNode listed = (await IkJson("/v1/files?searchQuery=path%20%3A%20%22%2Ftree-2500-40%2F%22&limit=1&skip=7"))[0]!;
        JsonNode details = await IkJson("/v1/files/tree-2500-40-7/details");
        JsonNode versions = await IkJson("/v1/files/tree-2500-40-7/versions");
        string name = details["name"]!.GetValue<string>();

        Assert.Equal(listed["filePath"]!.ToString(), details["filePath"]!.ToString());
        Assert.Equal("/tree-2500-40/part-000/folder-00000/" + name, details["filePath"]!.GetValue<string>());
        Assert.Equal(4, versions.AsArray().Count);
        Assert.Single((await IkJson("/v1/files/tree-2500-40-8/versions")).AsArray());
    }

    [Fact]
    public async Task Past_versions_of_a_tree_can_be_selected_by_type()
    {
        JsonArray list = (await IkJson("/v1/files?searchQuery=" + Uri.EscapeDataString("""type IN ["file","file-version"] AND path : "/tree-100-2/" """))).AsArray();

        Assert.Equal(100, list.Count(item => item!["type"]!.GetValue<string>() == "file"));
        Assert.Equal(15, list.Count(item => item!["type"]!.GetValue<string>() == "file-version"));
    }

    [Theory]
    [InlineData("ASC_NAME", "a.jpg b.jpg c.jpg")]
    [InlineData("DESC_NAME", "c.jpg b.jpg a.jpg")]
    [InlineData("DESC_CREATED", "a.jpg c.jpg b.jpg")]
    [InlineData("ASC_SIZE", "c.jpg a.jpg b.jpg")]
    public async Task A_listing_is_sorted(string sort, string names)
    {
        await Control(HttpMethod.Post, "files", """
            [{"service":"ik","id":"x-b","folder":"/s","versions":[{"name":"b.jpg","size":30,"uploadedAt":"2026-01-01T00:00:00Z"}]},
             {"service":"ik","id":"x-c","folder":"/s","versions":[{"name":"c.jpg","size":10,"uploadedAt":"2026-01-02T00:00:00Z"}]},
             {"service":"ik","id":"x-a","folder":"/s","versions":[{"name":"a.jpg","size":20,"uploadedAt":"2026-01-03T00:00:00Z"}]}]
            """);

        Assert.Equal(names, string.Join(' ', await Names("path=/s&sort=" + sort)));
    }

    [Theory]
    [InlineData("missing-1", HttpStatusCode.NotFound, "The requested file does not exist.")]
    [InlineData("a%20b", HttpStatusCode.BadRequest, "Your request contains invalid fileId parameter.")]
    public async Task Details_return_the_documented_errors(string fileId, HttpStatusCode status, string message)
    {
        using HttpResponseMessage response = await GetIk($"/v1/files/{fileId}/details");

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(message, (await JsonOf(response))["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task Details_describe_the_current_version()
    {
        Assert.Equal((await IkJson("/v1/files/n003-d/versions"))[0]!.ToJsonString(), (await IkJson("/v1/files/n003-d/details")).ToJsonString());
    }

    [Fact]
    public async Task Files_can_appear_and_vanish_between_pages()
    {
        const string Page = "/v1/files?searchQuery=path%20%3A%20%22%2Ftree-30-3%2F%22&limit=10&skip=";
        async Task<string[]> Ids(int skip) => [.. (await IkJson(Page + skip)).AsArray().Select(file => file!["fileId"]!.GetValue<string>())];

        await Settings("""{"ikFilesVanish":{"after":1,"count":2}}""");
        string[] first = await Ids(0);
        string[] second = await Ids(10);
        await Control(HttpMethod.Post, "reset");
        await Settings("""{"ikFilesAppear":{"after":1,"count":2,"isOld":true}}""");
        await Ids(0);
        string[] shifted = await Ids(10);

        Assert.Equal("tree-30-3-9", first[^1]);
        Assert.Equal("tree-30-3-12", second[0]);
        Assert.Equal("tree-30-3-8", shifted[0]);
    }

    [Fact]
    public async Task A_key_can_be_tested_on_an_account_without_stored_files()
    {
        Assert.Single((await IkJson("/v1/files?limit=1")).AsArray());
    }

    private async Task Seed(string folder, params string[] names)
    {
        IEnumerable<JsonNode> files = names.Select(name => new JsonObject
        {
            ["service"] = "ik",
            ["id"] = "s-" + Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(name))[..8],
            ["folder"] = folder,
            ["name"] = name,
        });
        await Control(HttpMethod.Post, "files", new JsonArray([.. files]).ToJsonString());
    }

    private Task<string[]> Search(string query) => Names("sort=ASC_NAME&searchQuery=" + Uri.EscapeDataString(query.Trim()));

    private async Task<string[]> Names(string query) =>
        [.. (await IkJson("/v1/files?" + (query.Contains("sort=", StringComparison.Ordinal) ? "" : "sort=ASC_NAME&") + query)).AsArray().Select(file => file!["name"]!.GetValue<string>())];
}
