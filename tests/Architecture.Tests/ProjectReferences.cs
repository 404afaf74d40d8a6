using System.Xml.Linq;

namespace Monitoring.Architecture.Tests;

/// <summary>A project file: what it is, and what it refers to.</summary>
internal sealed record Project(string Folder, string Name, IReadOnlyList<string> References, IReadOnlyList<string> Packages)
{
    /// <summary>All projects of the folders <c>shared</c> and <c>services</c>.</summary>
    public static IReadOnlyList<Project> ReadAll(string root) =>
        [.. from folder in new[] { "shared", "services" }
            from file in Directory.EnumerateFiles(Path.Combine(root, folder), "*.csproj", SearchOption.AllDirectories)
            select Read(folder, file)];

    private static Project Read(string folder, string file)
    {
        var xml = XDocument.Load(file);
        return new Project(
            folder,
            Path.GetFileNameWithoutExtension(file),
            [.. Includes(xml, "ProjectReference").Select(Path.GetFileNameWithoutExtension)!],
            [.. Includes(xml, "PackageReference")]);
    }

    private static IEnumerable<string> Includes(XDocument xml, string element) => xml.Descendants(element).Select(reference => reference.Attribute("Include")!.Value);
}

/// <summary>Who may refer to whom.</summary>
internal static class ProjectReferences
{
    private static readonly string[] ForServices = ["Contracts", "World", "ServiceDefaults"];

    public static Finding Check(IReadOnlyList<Project> projects) => new(projects.Count,
    [
        .. from project in projects
           from reference in project.References
           where !Allowed(project).Contains(reference)
           select $"{project.Name} refers to {reference}",
        .. from project in projects
           where project.Name is "Contracts" or "World"
           from package in project.Packages
           select $"{project.Name} refers to the package {package}",
    ]);

    private static string[] Allowed(Project project) => project switch
    {
        { Folder: "services" } => ForServices,
        { Name: "ServiceDefaults" } => ["Contracts"],
        _ => [],
    };
}
