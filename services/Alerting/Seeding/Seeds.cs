using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Monitoring.Alerting.Channels;
using Monitoring.Alerting.Rules;
using Monitoring.Contracts;

namespace Monitoring.Alerting.Seeding;

/// <summary>A channel that the configuration names.</summary>
internal sealed record ChannelSeed(string Name, ChannelBody Body)
{
    public Guid Id => Ids.Named("channel", Name);

    public string Digest => Seeds.DigestOf(Body);
}

/// <summary>A rule that the configuration names; <c>Channels</c> are names.</summary>
internal sealed record RuleSeed(string Name, RuleBody Body, IReadOnlyList<string> Channels)
{
    public Guid Id => Ids.Named("rule", Name);

    public string Digest => Seeds.DigestOf(new { Body, Channels });
}

/// <summary>
/// What the configuration wants there to be: <c>Seed:Channels:n</c> with <c>Name</c>, <c>Type</c>, <c>Url</c>, <c>Secret</c>,
/// <c>MaxInFlight</c>; <c>Seed:Rules:n</c> with the fields of a rule and <c>Channels</c> by name; and <c>Seed:SlackWebhookUrl</c>, a
/// channel <c>slack</c> that the default rules tell.
/// </summary>
internal sealed record Seeds(IReadOnlyList<ChannelSeed> Channels, IReadOnlyList<RuleSeed> Rules, ChannelSeed? Slack)
{
    public static Seeds Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Seed");
        var channels = section.GetSection("Channels").GetChildren().Where(HasName).Select(ReadChannel).ToList();
        var slack = section["SlackWebhookUrl"] is { Length: > 0 } url
            ? Checked(section.GetSection("SlackWebhookUrl"), new ChannelSeed("slack", new ChannelBody { Name = "slack", Type = "slack", Url = url }))
            : null;
        if (slack is not null) channels.Add(slack);
        var rules = section.GetSection("Rules").GetChildren().Where(HasName).Select(ReadRule).ToList();
        if (channels.GroupBy(channel => channel.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new InvalidOperationException($"The configuration seeds the channel '{twice.Key}' twice; give each another name.");
        return new(channels, rules, slack);
    }

    public static string DigestOf(object seed) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(seed, seed.GetType()))));

    // Compose files pass variables on that nobody set.
    private static bool HasName(IConfigurationSection section) => section["Name"] is { Length: > 0 };

    private static ChannelSeed ReadChannel(IConfigurationSection section) => Checked(section, new ChannelSeed(section["Name"]!, new ChannelBody
    {
        Name = section["Name"],
        Type = section["Type"],
        Url = section["Url"],
        Secret = section["Secret"] is { Length: > 0 } secret ? secret : null,
        MaxInFlight = section.GetValue<int?>("MaxInFlight"),
    }));

    private static ChannelSeed Checked(IConfigurationSection section, ChannelSeed seed)
    {
        Require(section, seed.Body.Check(current: null));
        return seed;
    }

    private static RuleSeed ReadRule(IConfigurationSection section)
    {
        var body = new RuleBody
        {
            Name = section["Name"],
            Enabled = section.GetValue<bool?>("Enabled"),
            Domains = section.GetSection("Domains").Get<string[]>()?.Select(name => Parse<Domain>(section, "Domains", name)).ToArray(),
            MinimumSeverity = section["MinimumSeverity"] is { Length: > 0 } severity ? Parse<Severity>(section, "MinimumSeverity", severity) : null,
            MinimumConfidence = section.GetValue<double?>("MinimumConfidence"),
            Countries = section.GetSection("Countries").Get<string[]>(),
            Alliances = section.GetSection("Alliances").Get<string[]>(),
            Text = section["Text"] is { Length: > 0 } text ? text : null,
        };
        Require(section, body.Check());
        return new(section["Name"]!, body, section.GetSection("Channels").Get<string[]>() ?? []);
    }

    private static T Parse<T>(IConfigurationSection section, string key, string name) where T : struct, Enum =>
        Wire<T>.TryParse(name, out var value) ? value : throw new InvalidOperationException($"{section.Path}:{key} has '{name}'; give one of {Wire<T>.Expected}.");

    private static void Require(IConfigurationSection section, Dictionary<string, string[]> errors)
    {
        if (errors.Count == 0) return;
        var sentences = errors.Select(error => $"{error.Key}: {string.Join(", ", error.Value)}");
        throw new InvalidOperationException($"{section.Path} is no channel or rule to begin with: {string.Join("; ", sentences)}.");
    }
}
