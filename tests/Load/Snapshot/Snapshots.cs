using System.Globalization;
using System.Text;

namespace Monitoring.Load.Snapshot;

/// <summary>Large bodies as feeds publish them whole each time, in the shape of their formats, with names that no other run used.</summary>
internal static class Snapshots
{
    /// <summary>A catalogue of exploited vulnerabilities.</summary>
    public static byte[] Kev(string run, int bytes)
    {
        var text = new StringBuilder("""{"title":"CISA Catalog of Known Exploited Vulnerabilities","catalogVersion":"2026.11.22","dateReleased":"2026-11-22T08:00:00.000Z","vulnerabilities":[""");
        for (var number = 0; text.Length < bytes; number++)
        {
            if (number > 0) text.Append(',');
            text.Append(CultureInfo.InvariantCulture, $$"""
                {"cveID":"CVE-{{run}}-{{number:D6}}","vendorProject":"Vendor {{number % 97}}","product":"Gateway {{number % 31}}","vulnerabilityName":"Vendor {{number % 97}} Gateway {{number % 31}} Command Injection Vulnerability","dateAdded":"2026-11-{{1 + number % 22:D2}}","shortDescription":"The gateway's management page passes what it is given to a shell: anybody who can reach it runs commands of their own with the rights of the device, reads what goes through it and stays there after it was started anew. Number {{number}}.","requiredAction":"Apply the maker's mitigations as its instructions say, follow what the directive says of services in a cloud, or stop using the product where there are none.","dueDate":"2026-12-{{1 + number % 28:D2}}","knownRansomwareCampaignUse":"{{(number % 5 == 0 ? "Known" : "Unknown")}}","notes":"https://vendor.example/advisories/{{number}} ; https://nvd.nist.gov/vuln/detail/CVE-{{run}}-{{number:D6}}","cwes":["CWE-78"]}
                """);
        }
        return Encoding.UTF8.GetBytes(text.Append("]}").ToString());
    }

    /// <summary>GDELT 2.0 events, 61 columns, a few rows of each article.</summary>
    public static byte[] Gdelt(string run, int bytes)
    {
        var text = new StringBuilder();
        for (var number = 0; text.Length < bytes; number++)
        {
            var columns = new string[61];
            Array.Fill(columns, "");
            (columns[0], columns[1], columns[2], columns[3], columns[4]) = (FormattableString.Invariant($"{run}{number:D6}"), "20261122", "202611", "2026", "2026.8849");
            (columns[5], columns[6], columns[7], columns[15], columns[16], columns[17]) = ("RUS", "RUSSIA", "RUS", "UKR", "UKRAINE", "UKR");
            (columns[25], columns[26], columns[27], columns[28], columns[29], columns[30]) = ("1", "190", "190", "19", "4", "-10.0");
            (columns[31], columns[32], columns[33], columns[34]) = ("4", "1", "4", "-6.2");
            (columns[51], columns[52], columns[53], columns[54], columns[55], columns[56], columns[57], columns[58]) = ("4", "Kharkiv, Kharkivs'ka Oblast', Ukraine", "UP", "UP07", "24829", "50", "36.25", "-1040797");
            (columns[59], columns[60]) = ("20261122081500", FormattableString.Invariant($"https://news.example/{run}/{number / 3}"));
            text.AppendJoin('\t', columns).Append('\n');
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
