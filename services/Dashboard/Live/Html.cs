using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Monitoring.Dashboard.Live;

/// <summary>
/// HTML as an interpolated string: what stands in a hole is text, and is encoded; only <see cref="Html"/> itself is taken as it is.
/// </summary>
[InterpolatedStringHandler]
internal readonly struct Html
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly StringBuilder text;

    public Html(int literalLength, int formattedCount) => text = new StringBuilder(literalLength + formattedCount * 24);

    public void AppendLiteral(string literal) => text.Append(literal);

    public void AppendFormatted(string? value)
    {
        if (!string.IsNullOrEmpty(value)) text.Append(Encoder.Encode(value));
    }

    public void AppendFormatted<T>(T value) where T : struct, IFormattable => AppendFormatted(value.ToString(null, CultureInfo.InvariantCulture));

    public void AppendFormatted(Html value) => text.Append(value.text);

    public void AppendFormatted(IEnumerable<Html> values)
    {
        foreach (var value in values) text.Append(value.text);
    }

    public override string ToString() => text.ToString();
}
