namespace Monitoring.Classification.Training;

/// <summary>The options of a command line: <c>--name value</c>, or <c>--name</c> alone.</summary>
internal sealed class CommandOptions
{
    private readonly Dictionary<string, string?> values = [];

    /// <summary>Reads options of which only the named ones are known; what is wrong goes to <paramref name="problem"/>.</summary>
    public static CommandOptions? Read(string[] args, string[] withValue, string[] alone, out string? problem)
    {
        var options = new CommandOptions();
        problem = null;
        for (var index = 0; index < args.Length; index++)
        {
            var name = args[index];
            if (alone.Contains(name)) options.values[name] = null;
            else if (!withValue.Contains(name)) problem = $"'{name}' is not an option.";
            else if (++index == args.Length) problem = $"{name} takes a value.";
            else options.values[name] = args[index];
            if (problem is not null) return null;
        }
        return options;
    }

    public bool Has(string name) => values.ContainsKey(name);

    public string? Value(string name) => values.GetValueOrDefault(name);
}
