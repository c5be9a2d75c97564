using System.Text.Json.Nodes;
using FileVersions.UnitTests.Support;

namespace FileVersions.UnitTests.Emulator;

/// <summary>Validates replies of the emulator's upload host against Box's OpenAPI document.</summary>
public sealed class BoxUploadSchemaTests : BoxUploadTestBase
{
    private const string Document = "specs/box-files.openapi.json";

    /// <summary>The real service returns null here although the document does not allow it.</summary>
    private static readonly string[] s_knownDeviations = ["shared_link is null", "sha1 is null"];

    [SharedFact(Document)]
    public async Task An_upload_in_one_request_matches_the_schema()
    {
        using HttpResponseMessage response = await Upload("77", [1, 2, 3], """{"content_modified_at":"2026-03-04T05:06:07+02:00"}""");

        Matches("Files", await JsonOf(response));
        Matches("File--Full", (await JsonOf(response))["entries"]![0]!);
    }

    [SharedFact(Document)]
    public async Task A_session_matches_the_schema()
    {
        byte[] content = await LargeContent(1500);
        JsonNode session = await Open("77", content.Length);
        using HttpResponseMessage first = await Part(session, content, 0);
        using HttpResponseMessage second = await Part(session, content, 1000);
        JsonNode parts = await BoxJson(Address(session, "list_parts"));
        JsonNode status = await BoxJson(Address(session, "status"));
        using HttpResponseMessage committed = await Commit(session, parts["entries"]!.AsArray(), content);

        Matches("UploadSession", session);
        Matches("UploadSession", status);
        Matches("UploadedPart", await JsonOf(first));
        Matches("UploadParts", parts);
        Matches("Files", await JsonOf(committed));
    }

    private static void Matches(string schema, JsonNode reply) =>
        Assert.DoesNotContain(
            OpenApiSchemas.Load(SharedFactAttribute.Locate(Document)).Check(schema, reply),
            fault => !s_knownDeviations.Any(known => fault.Contains(known, StringComparison.Ordinal)));
}
