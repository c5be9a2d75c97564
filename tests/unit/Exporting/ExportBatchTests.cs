using System.Text;
using FileVersions.Exporting;

namespace FileVersions.UnitTests.Exporting;

public class ExportBatchTests
{
    [Fact]
    public void Parts_arrive_with_all_values_and_in_order()
    {
        ExportPart[] parts =
        [
            new() { FileId = "1", Content = Encoding.UTF8.GetBytes("{\"Name\":\"é\"}\n{}\n"), Versions = 2 },
            new() { FileId = "1", IsLast = true },
            ExportPart.OfError("2", new FileVersionException(FileVersionErrorKind.AccessDenied, "No access to file '2'.")),
        ];

        ExportPart[] arrived = [.. ExportBatch.Unpack(ExportBatch.Pack(parts))];

        Assert.Equal(parts.Select(Values), arrived.Select(Values));
        Assert.Equal(parts[0].Content, arrived[0].Content);
        Assert.Null(arrived[1].Content);

        static object Values(ExportPart part) => (part.FileId, part.Versions, part.IsLast, part.ErrorKind, part.ErrorMessage);
    }

    [Fact]
    public void An_empty_batch_has_no_parts() => Assert.Empty(ExportBatch.Unpack(ExportBatch.Pack([])));

    [Fact]
    public void Batches_are_compressed()
    {
        byte[] content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 1000).Select(i => $"{{\"Id\":\"{i}\",\"Name\":\"report.docx\",\"Size\":{i * 7}}}\n")));

        byte[] batch = ExportBatch.Pack([new ExportPart { FileId = "1", Content = content, Versions = 1000 }]);

        Assert.InRange(batch.Length, 1, content.Length / 4);
    }
}
