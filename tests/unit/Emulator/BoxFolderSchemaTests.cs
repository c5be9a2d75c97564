using System.Text.Json.Nodes;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Emulator;

/// <summary>Validates the emulator's folders, files and events against Box's OpenAPI document.</summary>
public sealed class BoxFolderSchemaTests : EmulatorTestBase
{
    private const string Document = "specs/box-files.openapi.json";
    private const string AllFields = "sequence_id,name,description,size,sha1,file_version,path_collection,created_at,modified_at,trashed_at,purged_at,content_created_at,"
        + "content_modified_at,created_by,modified_by,owned_by,shared_link,parent,item_status,version_number,permissions,tags,lock,extension,uploader_display_name,disposition_at,url";

    /// <summary>Known deviations of the real service: null values and error codes that the document does not allow.</summary>
    private static readonly string[] s_knownDeviations =
    [
        "modified_by is null", "shared_link is null", "session_id is null", "source is null", "additional_details is null", "\"access_denied_insufficient_permissions\"", "\"trashed\"", "\"operation_blocked_temporary\"", "\"invalid_limit\"",
    ];

    private readonly Lazy<OpenApiSchemas> _schemas = new(() => OpenApiSchemas.Load(SharedFactAttribute.Locate(Document)));

    [SharedFact(Document)]
    public async Task Pages_of_items_match_the_schema()
    {
        foreach (string folder in new[] { "0", "555", "802351", "8023510000001", "5991" })
        {
            foreach (string query in new[] { "", "?usemarker=true&limit=3", "?limit=1000&fields=" + AllFields, "?usemarker=true&fields=name", "?offset=10000" })
            {
                JsonNode page = await BoxJson($"/2.0/folders/{folder}/items{query}");
                Matches("Items", page);
                foreach (JsonNode? entry in page["entries"]!.AsArray())
                {
                    Matches(SchemaOf(entry!), entry!);
                }
            }
        }
    }

    [SharedFact(Document)]
    public async Task Single_folders_and_files_match_the_schema()
    {
        foreach (string query in new[] { "", "?fields=" + AllFields, "?fields=name" })
        {
            Matches("Folder--Full", await BoxJson("/2.0/folders/0" + query));
            Matches("Folder--Full", await BoxJson("/2.0/folders/555" + query));
            Matches("Folder--Full", await BoxJson("/2.0/folders/8023510000001" + query));
            Matches("File--Full", await BoxJson("/2.0/files/5" + query));
            Matches("File--Full", await BoxJson("/2.0/files/8023510000000001" + query));
        }
    }

    [SharedFact(Document)]
    public async Task Events_match_the_schema()
    {
        await Control(HttpMethod.Post, "events", """{"generated":{"count":100,"from":"2026-01-01T00:00:00Z","to":"2026-01-31T00:00:00Z","root":"802111"}}""");
        JsonNode page = await BoxJson("/2.0/events?stream_type=admin_logs&limit=500");

        Assert.Equal(100, page["entries"]!.AsArray().Count);
        Matches("Events", page);
        foreach (JsonNode? source in page["entries"]!.AsArray().Select(item => item!["source"]).Where(source => source is not null))
        {
            Matches("EventSource", source!);
        }
    }

    [SharedFact(Document)]
    public async Task Errors_match_the_schema()
    {
        foreach (string path in new[] { "/2.0/folders/403/items", "/2.0/folders/404", "/2.0/folders/409", "/2.0/folders/500", "/2.0/folders/x", "/2.0/folders/0/items?limit=0" })
        {
            using var response = await GetBox(path);
            Assert.False(response.IsSuccessStatusCode);
            Matches("ClientError", await JsonOf(response));
        }
    }

    private static string SchemaOf(JsonNode entry) => entry["type"]!.GetValue<string>() switch
    {
        "file" => "File--Full",
        "folder" => "Folder--Full",
        _ => "WebLink--Mini",
    };

    private void Matches(string schema, JsonNode reply) =>
        Assert.DoesNotContain(_schemas.Value.Check(schema, reply), fault => !s_knownDeviations.Any(known => fault.EndsWith(known, StringComparison.Ordinal)));
}
