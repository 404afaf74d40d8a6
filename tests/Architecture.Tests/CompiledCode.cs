using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Monitoring.Architecture.Tests;

/// <summary>Rules about compiled types, which see what source text hides: inferred types, extension methods, generated code.</summary>
internal static partial class CompiledCode
{
    private static readonly string[] Decisions = ["Formats", "Judging", "Geography", "Stories", "Rules", "Channels"];
    private static readonly string[] Infrastructure = ["MassTransit", "Microsoft.EntityFrameworkCore", "Npgsql", "Microsoft.AspNetCore"];

    /// <summary>Decisions know neither the bus nor the database nor the web. A feature's endpoints (<c>…Api</c>) may stand beside its decision.</summary>
    public static Finding DecisionsArePure(IEnumerable<TypeDefinition> types)
    {
        var decisions = types.Where(type => Decisions.Contains(Area(type)) && !Outermost(type).Name.EndsWith("Api", StringComparison.Ordinal)).ToList();
        return new(decisions.Count,
        [
            .. from type in decisions
               from used in UsedTypes(type)
               where Infrastructure.Any(area => used.Namespace == area || used.Namespace.StartsWith(area + ".", StringComparison.Ordinal))
               select $"{type.FullName} uses {used.FullName}",
        ]);
    }

    /// <summary>Nobody writes SQL outside <c>Storage</c>.</summary>
    public static Finding SqlStaysInStorage(IEnumerable<TypeDefinition> types)
    {
        var outside = types.Where(type => Area(type) != "Storage").ToList();
        return new(outside.Count,
        [
            .. from type in outside
               from instruction in Instructions(type)
               where instruction.Operand is string text && Sql().IsMatch(text)
               select $"{type.FullName} holds the SQL '{instruction.Operand}'",
        ]);
    }

    /// <summary>A class is made to be derived from, or is sealed.</summary>
    public static Finding ClassesAreSealed(IEnumerable<TypeDefinition> types)
    {
        var classes = types.Where(type => type.IsClass && !type.IsValueType && !IsGenerated(type)).ToList();
        return new(classes.Count, [.. classes.Where(type => !type.IsSealed && !type.IsAbstract).Select(type => $"{type.FullName} is neither sealed nor abstract")]);
    }

    /// <summary>A service's types are its own: what others may use stands in <c>shared</c>.</summary>
    public static Finding ServicesKeepTheirTypes(IEnumerable<TypeDefinition> types)
    {
        var own = types.Where(type => !type.IsNested && !IsGenerated(type)).ToList();
        return new(own.Count, [.. own.Where(type => type.IsPublic).Select(type => $"{type.FullName} is public")]);
    }

    /// <summary>The folder of a service that a type stands in: <c>Monitoring.Alerting.Rules.Rule</c> is in <c>Rules</c>.</summary>
    private static string? Area(TypeDefinition type) => Outermost(type).Namespace.Split('.').Skip(2).FirstOrDefault();

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static bool IsGenerated(TypeDefinition type) =>
        type.Name.Contains('<') || Outermost(type).Namespace.StartsWith("Microsoft.", StringComparison.Ordinal) || Outermost(type).Namespace.StartsWith("System.", StringComparison.Ordinal)
        || Outermost(type).CustomAttributes.Concat(type.CustomAttributes).Any(attribute => attribute.AttributeType.Name is "GeneratedCodeAttribute" or "CompilerGeneratedAttribute")
        // Razor compiles a component into a class that can be derived from, and Program is the compiler's.
        || type.BaseType?.FullName.StartsWith("Microsoft.AspNetCore.Components.", StringComparison.Ordinal) == true || type.FullName == "Program" || type.Name == "_Imports";

    private static IEnumerable<Instruction> Instructions(TypeDefinition type) =>
        type.Methods.Where(method => method.HasBody).SelectMany(method => method.Body.Instructions);

    private static IEnumerable<TypeReference> UsedTypes(TypeDefinition type) =>
        type.Interfaces.Select(used => used.InterfaceType).Append(type.BaseType).OfType<TypeReference>()
            .Concat(type.Fields.Select(field => field.FieldType))
            .Concat(type.Methods.SelectMany(method => method.Parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType)))
            .Concat(Instructions(type).Select(instruction => instruction.Operand switch
            {
                TypeReference used => used,
                MemberReference member => member.DeclaringType,
                _ => null,
            }).OfType<TypeReference>())
            .SelectMany(WithArguments);

    private static IEnumerable<TypeReference> WithArguments(TypeReference type) =>
        type is GenericInstanceType generic ? generic.GenericArguments.SelectMany(WithArguments).Append(generic.ElementType) : [type.GetElementType()];

    [GeneratedRegex(@"\b(select\s.+\sfrom\s|insert\s+into\s|delete\s+from\s|update\s+\w+\s+set\s)", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Sql();
}
