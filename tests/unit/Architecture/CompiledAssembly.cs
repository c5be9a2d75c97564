using Mono.Cecil;
using Mono.Cecil.Cil;

namespace FileVersions.UnitTests.Architecture;

/// <summary>The types of a compiled project, and the types that each of them uses.</summary>
internal static class CompiledAssembly
{
    /// <summary>The root folder of the repository.</summary>
    internal static string Root { get; } = FindRoot();

    internal static AssemblyDefinition Read(string project)
    {
        // .../tests/unit/bin/<configuration>/<framework>/
        string configuration = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!;
        return AssemblyDefinition.ReadAssembly(Path.Combine(Root, "src", project, "bin", configuration, "netstandard2.0", project + ".dll"));
    }

    /// <summary>The dependencies between namespaces of the assembly, each with an example.</summary>
    internal static IEnumerable<(string From, string To, string Example)> NamespaceDependencies(AssemblyDefinition assembly)
    {
        foreach (TypeDefinition type in assembly.MainModule.GetTypes())
        {
            string from = NamespaceOf(type);
            foreach ((TypeReference used, string user) in UsedTypes(type))
            {
                string to = NamespaceOf(used);
                if (used.Scope == type.Scope && to.Length > 0 && from.Length > 0 && to != from)
                {
                    yield return (from, to, $"{user} uses {used.Name}");
                }
            }
        }
    }

    internal static string NamespaceOf(TypeReference type) => type.DeclaringType is { } outer ? NamespaceOf(outer) : type.Namespace;

    private static IEnumerable<(TypeReference Type, string User)> UsedTypes(TypeDefinition type)
    {
        IEnumerable<TypeReference?> ofType =
        [
            type.BaseType,
            .. type.Interfaces.Select(i => i.InterfaceType),
            .. type.Fields.Select(field => field.FieldType),
            .. type.CustomAttributes.Select(attribute => attribute.AttributeType),
        ];
        foreach (TypeReference used in ofType.SelectMany(Expand))
        {
            yield return (used, type.FullName);
        }

        foreach (MethodDefinition method in type.Methods)
        {
            IEnumerable<TypeReference?> ofMethod =
            [
                method.ReturnType,
                .. method.Parameters.Select(parameter => parameter.ParameterType),
                .. method.Body?.Variables.Select(variable => variable.VariableType) ?? [],
                .. method.Body?.Instructions.SelectMany(Operands) ?? [],
            ];
            foreach (TypeReference used in ofMethod.SelectMany(Expand))
            {
                yield return (used, method.FullName);
            }
        }
    }

    private static IEnumerable<TypeReference?> Operands(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod method => [method.DeclaringType, method.ReturnType, .. method.GenericArguments],
        MethodReference method => [method.DeclaringType, method.ReturnType],
        FieldReference field => [field.DeclaringType, field.FieldType],
        _ => [],
    };

    // A generic type or an array uses its arguments or its element as well.
    private static IEnumerable<TypeReference> Expand(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Expand)],
        TypeSpecification specification => Expand(specification.ElementType),
        _ => [type],
    };

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "FileVersions.psd1")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("No folder above the tests contains FileVersions.psd1.");
    }
}
