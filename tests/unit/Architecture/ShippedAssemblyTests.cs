using System.Text.RegularExpressions;
using System.Xml.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace FileVersions.UnitTests.Architecture;

public sealed partial class ShippedAssemblyTests
{
    [Theory]
    [InlineData("FileVersions.Client")]
    [InlineData("FileVersions.PS")]
    public void No_assembly_references_a_Microsoft_Bcl_package(string project)
    {
        // PowerShell ships other versions of these packages, or none.
        using AssemblyDefinition assembly = CompiledAssembly.Read(project);

        Assert.DoesNotContain(assembly.MainModule.AssemblyReferences, reference => reference.Name.StartsWith("Microsoft.Bcl.", System.StringComparison.Ordinal));
    }

    [Fact]
    public void The_client_does_not_reference_PowerShell()
    {
        using AssemblyDefinition client = CompiledAssembly.Read("FileVersions.Client");

        Assert.DoesNotContain(client.MainModule.AssemblyReferences, reference => reference.Name.Contains("Management.Automation", System.StringComparison.Ordinal));
    }

    [Fact]
    public void Client_messages_do_not_name_cmdlets_or_parameters()
    {
        using AssemblyDefinition client = CompiledAssembly.Read("FileVersions.Client");
        IEnumerable<(string Name, string Text)> literals = client.MainModule.GetTypes().SelectMany(type => type.Methods)
            .Where(method => method.HasBody).SelectMany(method => method.Body.Instructions)
            .Where(instruction => instruction.OpCode == OpCodes.Ldstr).Select(instruction => ((string)instruction.Operand, (string)instruction.Operand));
        IEnumerable<(string Name, string Text)> resources = XDocument.Load(Path.Combine(CompiledAssembly.Root, "src", "FileVersions.Client", "Texts.resx"))
            .Root!.Elements("data").Select(data => ((string)data.Attribute("name")!, (string)data.Element("value")!));

        Assert.Equal([], literals.Concat(resources).Where(text => CmdletOrParameter().IsMatch(text.Text)).Select(text => text.Name));
    }

    [GeneratedRegex(@"(^|[\s'""(])-[A-Z][A-Za-z]+|\b[A-Z][a-z]+-(Box|IK|Expired|FileVersion)[A-Za-z]*|PowerShell")]
    private static partial Regex CmdletOrParameter();
}
