using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests;

/// <summary>The layers of the library, as the compiled code has them: which types each type refers to.</summary>
public sealed class ArchitectureTests
{
    private const string Root = "HlDynamic";

    // In the order of the design: a layer knows those named with it, and what all know.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Bytecode"] = [],
        ["Runtime"] = ["Bytecode"],
        ["Primitives"] = ["Bytecode", "Runtime"],
        ["Compilation"] = ["Bytecode", "Runtime", "Primitives"],
        ["Dynamic"] = ["Bytecode", "Runtime"],
        ["Interop"] = ["Bytecode", "Runtime"],
        ["Hosting"] = ["Bytecode", "Runtime", "Primitives", "Compilation", "Dynamic", "Interop"],
    };

    // Base classes of errors, which are in the namespace of the façade but belong to no layer.
    private static readonly string[] Common = ["HlException", "HlErrorCode"];

    // Partial classes of Runtime/ whose other half is in Dynamic/ and reaches what it needs there.
    private static readonly string[] Partial = ["HlObject", "HlMember", "HlField", "HlMethod"];

    private static readonly (string From, string To)[] References = Read();

    private static IEnumerable<string> Layers => Allowed.Keys;

    [TestCaseSource(nameof(Layers))]
    public void A_layer_refers_only_to_layers_above_it(string layer)
    {
        var wrong = from reference in References
                    where Layer(reference.From) == layer && !Common.Contains(Name(reference.From))
                    let target = Layer(reference.To)
                    where target != layer && !Common.Contains(Name(reference.To)) && !Allowed[layer].Contains(target)
                    where !(layer == "Runtime" && target == "Dynamic" && Partial.Contains(Name(reference.From)))
                    select $"{reference.From} -> {reference.To}";
        Assert.That(wrong.Distinct().Order(), Is.Empty);
    }

    [Test]
    public void Every_type_is_in_a_layer()
    {
        Assert.That(References.Select(r => Layer(r.From)).Distinct(), Is.SubsetOf(Allowed.Keys));
    }

    [Test]
    public void Only_the_runtime_s_halves_of_the_dynamic_bridge_are_excepted()
    {
        string[] used = [.. References.Where(r => Layer(r.From) == "Runtime" && Layer(r.To) == "Dynamic").Select(r => Name(r.From)).Distinct().Order(StringComparer.Ordinal)];
        Assert.That(used, Is.EqualTo(Partial.Order(StringComparer.Ordinal)));
    }

    [Test]
    public void Classes_are_sealed_static_or_abstract()
    {
        var open = from type in typeof(HlVm).Assembly.GetTypes()
                   where type is { IsClass: true, IsSealed: false, IsAbstract: false } && !type.FullName!.Contains('<')
                   where !type.Assembly.GetTypes().Any(t => t.BaseType is { } b && (b.IsGenericType ? b.GetGenericTypeDefinition() : b) == type)
                   select type.FullName;
        Assert.That(open, Is.Empty);
    }

    // The namespace of the façade is that of the library itself.
    private static string Layer(string type)
    {
        string space = type[..type.LastIndexOf('.')];
        return space == Root ? "Hosting" : space[(Root.Length + 1)..].Split('.')[0];
    }

    private static string Name(string type) => type[(type.LastIndexOf('.') + 1)..];

    /// <summary>All references from one type of ours to another, nested ones counted as the type they are in.</summary>
    private static (string From, string To)[] Read()
    {
        using var file = new PEReader(File.OpenRead(typeof(HlObject).Assembly.Location));
        MetadataReader metadata = file.GetMetadataReader();
        var found = new HashSet<(string, string)>();
        foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions)
        {
            string from = FullName(metadata, handle);
            if (!from.StartsWith(Root, StringComparison.Ordinal))
                continue;
            var collector = new Collector(metadata, name => { if (name.StartsWith(Root, StringComparison.Ordinal)) found.Add((from, name)); });
            collector.Visit(file, metadata.GetTypeDefinition(handle));
        }
        return [.. found];
    }

    private static string FullName(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil)
            type = metadata.GetTypeDefinition(type.GetDeclaringType());
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name).Split('`')[0]}";
    }

    /// <summary>Finds the types that a type's base, members and code name.</summary>
    private sealed class Collector(MetadataReader metadata, Action<string> add) : ISignatureTypeProvider<int, int>
    {
        public void Visit(PEReader file, TypeDefinition type)
        {
            Visit(type.BaseType);
            foreach (InterfaceImplementationHandle handle in type.GetInterfaceImplementations())
                Visit(metadata.GetInterfaceImplementation(handle).Interface);
            foreach (FieldDefinitionHandle handle in type.GetFields())
                metadata.GetFieldDefinition(handle).DecodeSignature(this, 0);
            foreach (MethodDefinitionHandle handle in type.GetMethods())
            {
                MethodDefinition method = metadata.GetMethodDefinition(handle);
                method.DecodeSignature(this, 0);
                if (method.RelativeVirtualAddress == 0)
                    continue;
                MethodBodyBlock body = file.GetMethodBody(method.RelativeVirtualAddress);
                if (!body.LocalSignature.IsNil)
                    metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(this, 0);
                foreach (ExceptionRegion region in body.ExceptionRegions)
                    Visit(region.CatchType);
                foreach (EntityHandle token in IlTokens.Of(body.GetILReader()))
                    Visit(token);
            }
        }

        private void Visit(EntityHandle handle)
        {
            if (handle.IsNil)
                return;
            switch (handle.Kind)
            {
                case HandleKind.TypeDefinition:
                    add(FullName(metadata, (TypeDefinitionHandle)handle));
                    break;
                case HandleKind.TypeSpecification:
                    metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, 0);
                    break;
                case HandleKind.MethodDefinition:
                    Visit(metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                    break;
                case HandleKind.FieldDefinition:
                    Visit(metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                    break;
                case HandleKind.MemberReference:
                    Visit(metadata.GetMemberReference((MemberReferenceHandle)handle).Parent);
                    break;
                case HandleKind.MethodSpecification:
                    MethodSpecification specification = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                    specification.DecodeSignature(this, 0);
                    Visit(specification.Method);
                    break;
            }
        }

        public int GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
        {
            Visit(handle);
            return 0;
        }

        public int GetTypeFromSpecification(MetadataReader reader, int genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
        {
            Visit(handle);
            return 0;
        }

        public int GetArrayType(int elementType, ArrayShape shape) => 0;
        public int GetByReferenceType(int elementType) => 0;
        public int GetFunctionPointerType(MethodSignature<int> signature) => 0;
        public int GetGenericInstantiation(int genericType, ImmutableArray<int> typeArguments) => 0;
        public int GetGenericMethodParameter(int genericContext, int index) => 0;
        public int GetGenericTypeParameter(int genericContext, int index) => 0;
        public int GetModifiedType(int modifier, int unmodifiedType, bool isRequired) => 0;
        public int GetPinnedType(int elementType) => 0;
        public int GetPointerType(int elementType) => 0;
        public int GetPrimitiveType(PrimitiveTypeCode typeCode) => 0;
        public int GetSZArrayType(int elementType) => 0;
        public int GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => 0;
    }
}
