using Monitoring.Contracts;

namespace Monitoring.Load.Traffic;

/// <summary>The sentences that invented reports are put together from.</summary>
internal sealed record Vocabulary(string[] Titles, string[] Details)
{
    public static readonly (string City, string Country, string Code, double Lat, double Lon)[] Places =
    [
        ("Tallinn", "Estonia", "EE", 59.437, 24.754), ("Riga", "Latvia", "LV", 56.949, 24.105), ("Vilnius", "Lithuania", "LT", 54.687, 25.280),
        ("Warsaw", "Poland", "PL", 52.230, 21.012), ("Helsinki", "Finland", "FI", 60.170, 24.938), ("Oslo", "Norway", "NO", 59.913, 10.739),
        ("Lisbon", "Portugal", "PT", 38.722, -9.139), ("Athens", "Greece", "GR", 37.984, 23.728), ("Ankara", "Turkey", "TR", 39.933, 32.860),
        ("Ottawa", "Canada", "CA", 45.422, -75.697), ("Tokyo", "Japan", "JP", 35.690, 139.692), ("Manila", "Philippines", "PH", 14.600, 120.984),
        ("Nairobi", "Kenya", "KE", -1.286, 36.817), ("Niamey", "Niger", "NE", 13.512, 2.113), ("Bogota", "Colombia", "CO", 4.711, -74.072),
        ("Canberra", "Australia", "AU", -35.281, 149.130), ("Dhaka", "Bangladesh", "BD", 23.811, 90.412), ("Lima", "Peru", "PE", -12.046, -77.043),
    ];

    public static readonly string[] Closings =
    [
        "The account rests on two sources that agree on time and place.", "Further details are expected by the evening.",
        "Officials have not commented so far.", "The figures are provisional and may be corrected.", "A second bulletin will follow once teams return.",
    ];

    public static readonly string[] Desks = ["north", "east", "south", "west", "night", "regional"];

    private static readonly Vocabulary Cyber = new(
        ["Ransomware locks servers of a hospital group in {city}", "Phishing wave aims at ministry mailboxes in {country}",
         "Vulnerable firewalls exploited at {n} offices in {country}", "Denial-of-service attack slows bank portals in {city}",
         "Malware found on the network of a port operator near {city}"],
        ["Attackers encrypted {n} workstations before the network was cut from the internet.",
         "The malware entered through a remote access gateway that had missed its last two security updates.",
         "Credentials of {n} employees were offered on a forum that trades in stolen data.",
         "The national response team of {country} published indicators of compromise and asks operators to search their logs.",
         "Backups were intact, and engineers expect to restore the booking system within {n} hours.",
         "Traffic came from a botnet of home routers and fell off after filtering upstream."]);

    private static readonly Vocabulary Economic = new(
        ["Central bank of {country} raises its key rate unexpectedly", "Strike halts container handling in {city}",
         "{country} bars exports of grain for a quarter", "Currency of {country} falls against the dollar", "Refinery near {city} cuts output by a third"],
        ["Inflation reached its highest level in {n} months, driven by fuel and food.",
         "Traders reported shortages of foreign currency, and importers wait up to {n} days for payment.",
         "The tariff applies from the start of next month and touches goods worth {n} million dollars.",
         "Bond yields of {country} rose after the finance ministry cancelled an auction.",
         "Supply chains of car makers are affected, as the plant delivers wiring to {n} factories.",
         "Unions and employers in {city} resume talks over wages on Thursday."]);

    private static readonly Vocabulary Climate = new(
        ["Flood warning for low districts of {city}", "Heatwave strains hospitals and grid in {country}", "Wildfire spreads over {n} hectares near {city}",
         "Storm surge closes the harbour of {city}", "Drought empties reservoirs in the south of {country}"],
        ["The river rose {n} centimetres overnight, and rain is forecast until the weekend.",
         "Authorities evacuated {n} households and opened two schools as shelters.",
         "Temperatures stayed above forty degrees for the sixth day, with little wind.",
         "Landslides blocked the road between {city} and the coast in several places.",
         "Fire crews from three provinces of {country} are on site with aircraft.",
         "Water supply was limited to {n} minutes a day in the worst affected districts."]);

    private static readonly Vocabulary Military = new(
        ["Unannounced troop movements near the border of {country}", "Naval exercise closes waters off {city}", "Air defence near {city} put on alert",
         "Drone crossed into the airspace of {country}", "Artillery duel reported along the front in {country}"],
        ["Satellite images show {n} vehicles at a staging area that was empty last week.",
         "Fighter jets escorted an unidentified aircraft out of the airspace after {n} minutes.",
         "A convoy with bridging equipment left its garrison before dawn.",
         "The defence ministry of {country} speaks of a routine rotation of its battalions.",
         "Residents near {city} heard explosions, and the army confirmed the interception of a missile.",
         "Two frigates and a submarine passed the strait, followed by patrol boats."]);

    public static Vocabulary Of(Domain domain) => domain switch
    {
        Domain.Cyber => Cyber,
        Domain.Economic => Economic,
        Domain.Climate => Climate,
        _ => Military,
    };
}
