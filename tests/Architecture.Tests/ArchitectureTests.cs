using System.Runtime.CompilerServices;
using Mono.Cecil;

namespace Monitoring.Architecture.Tests;

public sealed class ArchitectureTests
{
    private static readonly string Root = FindRoot();
    private static readonly string[] Services = ["Ingestion", "Classification", "Alerting", "Dashboard"];

    [Fact]
    public void Services_know_the_shared_projects_and_never_each_other() => ProjectReferences.Check(Project.ReadAll(Root)).AssertHolds();

    [Fact]
    public void A_service_that_refers_to_another_is_found() =>
        Assert.Equal(["Alerting refers to Classification"], ProjectReferences.Check([new("services", "Alerting", ["Contracts", "Classification"], [])]).Violations);

    [Fact]
    public void Contracts_that_need_a_package_are_found() =>
        Assert.Equal(["Contracts refers to the package MassTransit"], ProjectReferences.Check([new("shared", "Contracts", [], ["MassTransit"])]).Violations);

    [Fact]
    public void Decisions_know_neither_bus_nor_database_nor_web() => CompiledCode.DecisionsArePure(ServiceTypes()).AssertHolds();

    [Fact]
    public void A_decision_that_knows_the_database_or_the_web_is_found() =>
        AssertFound(CompiledCode.DecisionsArePure(PlantedTypes()), "KnowsTheDatabase", "KnowsTheWebByInference");

    [Fact]
    public void Nobody_writes_sql_outside_of_storage() => CompiledCode.SqlStaysInStorage(ServiceTypes()).AssertHolds();

    [Fact]
    public void Sql_in_a_feature_is_found() => AssertFound(CompiledCode.SqlStaysInStorage(PlantedTypes()), "WritesSql");

    [Fact]
    public void Classes_are_sealed_unless_made_to_be_derived_from() => CompiledCode.ClassesAreSealed([.. ServiceTypes(), .. SharedTypes()]).AssertHolds();

    [Fact]
    public void An_open_class_is_found() => AssertFound(CompiledCode.ClassesAreSealed(PlantedTypes()), "IsOpen");

    /// <summary>Razor makes the Dashboard's components public, and so must be what their parameters speak of.</summary>
    [Fact]
    public void The_types_of_a_service_are_its_own() => CompiledCode.ServicesKeepTheirTypes(Services.Where(service => service != "Dashboard").SelectMany(Types)).AssertHolds();

    [Fact]
    public void A_public_type_of_a_service_is_found() => AssertFound(CompiledCode.ServicesKeepTheirTypes(PlantedTypes()), "IsForAll", "IsOpen");

    [Fact]
    public void The_start_of_a_service_is_a_table_of_contents() => Assert.All(Services, service =>
        Assert.InRange(File.ReadAllLines(Path.Combine(Root, "services", service, "Program.cs")).Length, 1, 30));

    private static void AssertFound(Finding finding, params string[] names)
    {
        Assert.All(names, name => Assert.Contains(finding.Violations, violation => violation.Contains(name, StringComparison.Ordinal)));
        Assert.All(finding.Violations, violation => Assert.Contains(names, name => violation.Contains(name, StringComparison.Ordinal)));
    }

    private static IEnumerable<TypeDefinition> ServiceTypes() => Services.SelectMany(Types);

    private static IEnumerable<TypeDefinition> SharedTypes() => new[] { "Contracts", "World", "ServiceDefaults" }.SelectMany(Types);

    private static IEnumerable<TypeDefinition> PlantedTypes() =>
        Types("Architecture.Tests").Where(type => type.FullName.StartsWith("Monitoring.Planted.", StringComparison.Ordinal));

    private static IEnumerable<TypeDefinition> Types(string project) =>
        ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, $"Monitoring.{project}.dll")).GetTypes().Where(type => type.FullName != "<Module>");

    private static string FindRoot([CallerFilePath] string file = "")
    {
        for (var folder = Path.GetDirectoryName(file); folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Monitoring.sln"))) return folder;
        throw new InvalidOperationException("The repository's root was not found above the tests' source.");
    }
}
