using System.Text;
using System.Xml.Linq;
using FileVersions.Box;
using FileVersions.Box.Replies;
using FileVersions.ImageKit;
using FileVersions.ImageKit.Replies;
using FileVersions.Json;

namespace FileVersions.UnitTests.Json;

public sealed class ServiceObjectTests
{
    private static readonly Type[] s_types =
        [.. typeof(ServiceObject).Assembly.GetExportedTypes().Where(type => !type.IsAbstract && typeof(ServiceObject).IsAssignableFrom(type))];

    [Fact]
    public void An_object_can_be_created_from_the_values_of_its_properties()
    {
        foreach (ServiceObject original in Samples())
        {
            ServiceObject copy = ServiceObject.FromProperties(original.GetType(), Values(original));

            Assert.Equal(Values(original), Values(copy));
            Assert.Null(copy.GetAdditionalFields());
        }
    }

    [Fact]
    public void Unknown_names_and_values_of_the_wrong_type_become_additional_fields()
    {
        var version = (BoxFileVersion)ServiceObject.FromProperties(typeof(BoxFileVersion), new Dictionary<string, object?>
        {
            ["FileId"] = "1",
            ["Size"] = "big",
            ["size"] = 1.5m,
            ["extension"] = "txt",
            ["State"] = "calculated",
            ["ModifiedBy"] = null,
        });

        Assert.Equal(("1", null), (version.FileId, version.Size));
        Assert.Equal(["Size", "extension", "size"], version.GetAdditionalFields()!.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("big", version.GetAdditionalFields()!["Size"]);
    }

    [Fact]
    public void A_list_is_created_only_if_all_items_have_the_right_type()
    {
        AITag tag = new() { Name = "x" };
        var fitting = (IKFileVersion)ServiceObject.FromProperties(typeof(IKFileVersion), Fields("AITags", new ValueList<object?>([tag])));
        var odd = (IKFileVersion)ServiceObject.FromProperties(typeof(IKFileVersion), Fields("AITags", new ValueList<object?>([tag, 5L])));

        Assert.Same(tag, Assert.Single(fitting.AITags!));
        Assert.Null(odd.AITags);
        Assert.IsType<ValueList<object?>>(odd.GetAdditionalFields()!["AITags"]);
    }

    [Fact]
    public void Only_service_object_classes_can_be_created()
    {
        Assert.Throws<ArgumentException>(() => ServiceObject.FromProperties(typeof(ServiceObject), []));
        Assert.Throws<ArgumentException>(() => ServiceObject.FromProperties(typeof(string), []));
    }

    [Fact]
    public void The_types_file_restores_every_class_after_deserialization()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "FileVersions.psd1")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        XElement[] types = [.. XElement.Load(Path.Combine(folder, "src/FileVersions.PS/FileVersions.Types.ps1xml")).Elements("Type")];
        Dictionary<string, string> targets = types
            .Where(type => type.Descendants("NoteProperty").Any(note => (string?)note.Element("Name") == "TargetTypeForDeserialization"))
            .ToDictionary(type => (string)type.Element("Name")!, type => (string)type.Descendants("Value").Single());
        IEnumerable<string> converted = types.Where(type => type.Element("TypeConverter") is not null).Select(type => (string)type.Element("Name")!);

        Assert.Equal(s_types.Select(type => type.FullName!).Order(), converted.Order());
        Assert.Equal(s_types.ToDictionary(type => "Deserialized." + type.FullName, type => type.FullName!), targets);
    }

    private static IEnumerable<ServiceObject> Samples()
    {
        yield return new BoxUser { Id = "1", Name = "Ada", Login = "ada@example.com" };
        yield return new AITag { Name = "x", Confidence = 90.5, Source = "s" };
        yield return BoxVersionReplies.ReadVersion(Bytes(
            """{"id":"1","name":"a","size":5,"sha1":"ab","created_at":"2020-01-02T03:04:05-07:00","modified_by":{"id":"2"},"version_number":"3"}"""));
        yield return BoxFileReplies.ReadFile(Bytes("""{"id":"1","name":"a","path_collection":{"entries":[]},"version_number":"3","file_version":{"id":"4"}}"""));
        yield return IKReplies.ReadVersion(Bytes(
            """{"fileId":"f","type":"file","tags":["a",null],"AITags":[{"name":"b"}],"customMetadata":{"c":1},"duration":1.5,"hasAlpha":true,"versionInfo":{"id":"v","name":"Version 2"}}"""));
        yield return IKReplies.ReadFile(Bytes("""{"fileId":"f","type":"file","tags":["a"],"width":5,"versionInfo":{"id":"v","name":"Version 2"}}"""));
    }

    private static List<KeyValuePair<string, object?>> Values(ServiceObject source) =>
        [.. source.GetType().GetProperties().Select(property => KeyValuePair.Create<string, object?>(property.Name, property.GetValue(source)))];

    private static Dictionary<string, object?> Fields(string name, object? value) => new() { [name] = value };

    private static ReadOnlyMemory<byte> Bytes(string json) => Encoding.UTF8.GetBytes(json);
}
