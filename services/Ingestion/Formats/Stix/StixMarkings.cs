using System.Collections.Frozen;
using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats.Json;

namespace Monitoring.Ingestion.Formats.Stix;

/// <summary>
/// Markings of STIX: the objects of TLP 1 under their fixed ids (STIX 2.0, section 4.1.4; 2.1, section 7.2.1.4), those of TLP 2.0 under
/// theirs (the extension of OASIS that defines them), and definitions of the same that came with the document.
/// </summary>
internal static class StixMarkings
{
    private const string Tlp2Extension = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";

    private static readonly FrozenDictionary<string, Tlp> Fixed = new Dictionary<string, Tlp>
    {
        ["marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"] = Tlp.Clear,
        ["marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da"] = Tlp.Green,
        ["marking-definition--f88d31f6-486f-44da-b317-01333bde0b82"] = Tlp.Amber,
        ["marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"] = Tlp.Red,
        ["marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"] = Tlp.Clear,
        ["marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"] = Tlp.Green,
        ["marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"] = Tlp.Amber,
        ["marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003"] = Tlp.AmberStrict,
        ["marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"] = Tlp.Red,
    }.ToFrozenDictionary();

    /// <summary>The TLP label that a marking definition gives, in any of the ways of either version; <c>null</c> where it is of another kind.</summary>
    public static string? LabelOf(JsonElement json)
    {
        if (json.Member("definition").Text("tlp") is { } label) return label;
        if (json.Member("extensions").Member(Tlp2Extension).Text("tlp_2_0") is { } extended) return extended;
        return new[] { json.Text("name"), json.Text("definition_type") }.FirstOrDefault(name => name?.StartsWith("TLP:", StringComparison.OrdinalIgnoreCase) == true);
    }

    /// <summary>
    /// What a marking says of sharing; <c>null</c> where it is no TLP marking. One that is referred to and is neither known nor there is
    /// none either, since those of TLP have fixed ids.
    /// </summary>
    public static Tlp? Of(string id, StixObject? definition) =>
        Fixed.TryGetValue(id, out var tlp) ? tlp : definition?.TlpLabel is { } label ? Tlps.Of(label) : null;
}
