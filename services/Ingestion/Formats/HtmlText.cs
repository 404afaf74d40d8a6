using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Html.Parser.Tokens.Struct;
using AngleSharp.Text;

namespace Monitoring.Ingestion.Formats;

/// <summary>The text of HTML, as a reader would see it: blocks on lines of their own, nothing of scripts and styles.</summary>
internal static class HtmlText
{
    private static readonly FrozenSet<string> Blocks = FrozenSet.Create(
        "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
        "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "nav", "ol", "option", "p", "pre", "section", "table", "tbody",
        "td", "tfoot", "th", "thead", "tr", "ul");

    /// <summary>Elements whose content is no HTML, and none of the text.</summary>
    private static readonly FrozenSet<string> Unread = FrozenSet.Create("script", "style", "iframe", "noembed", "noframes", "noscript", "xmp");

    private static readonly SearchValues<char> OddSpaces =
        SearchValues.Create([.. Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code).Where(letter => char.IsWhiteSpace(letter) && letter != ' ')]);

    /// <returns><c>null</c> where there is no text.</returns>
    public static string? Of(string? html)
    {
        if (string.IsNullOrWhiteSpace(html)) return null;
        var isPlain = html.AsSpan().IndexOfAny('<', '&') < 0;
        if (isPlain && IsTidy(html)) return html;
        var text = new Flow(html.Length);
        if (isPlain) text.Add(html);
        else Read(html, text);
        return text.ToString() is { Length: > 0 } found ? found : null;
    }

    /// <summary>Whether there is no white space but single spaces between words.</summary>
    private static bool IsTidy(string text) =>
        text[0] != ' ' && text[^1] != ' ' && text.AsSpan().IndexOfAny(OddSpaces) < 0 && !text.Contains("  ", StringComparison.Ordinal);

    private static void Read(string html, Flow text)
    {
        using var tokenizer = new HtmlTokenizer(new TextSource(html), HtmlEntityProvider.Resolver)
        {
            // Each would be compared with every other of its tag, and none is text.
            ShouldEmitAttribute = static (ref StructHtmlToken _, ReadOnlyMemory<char> _) => false,
        };
        string? unread = null;
        for (var token = tokenizer.Get(); token.Type != HtmlTokenType.EndOfFile; token = tokenizer.Get())
        {
            if (unread is not null)
            {
                if (token.Type == HtmlTokenType.EndTag && token.Name == unread) unread = null;
                continue;
            }
            if (token.Type == HtmlTokenType.Character)
            {
                text.Add(token.Data);
                continue;
            }
            if (token.Type is not (HtmlTokenType.StartTag or HtmlTokenType.EndTag)) continue;
            if (Blocks.Contains(token.Name)) text.Break();
            if (token.Type == HtmlTokenType.EndTag || token is HtmlTagToken { IsSelfClosing: true } || !Unread.Contains(token.Name)) continue;
            unread = token.Name;
            tokenizer.State = unread == "script" ? HtmlParseMode.Script : HtmlParseMode.Rawtext;
        }
    }

    /// <summary>Puts runs of white space together, to one space or to one line break.</summary>
    private sealed class Flow(int length)
    {
        private readonly StringBuilder text = new(Math.Min(length, 16 << 10));
        private bool hasSpace;
        private bool hasBreak;

        public void Break() => hasBreak = true;

        public void Add(ReadOnlySpan<char> characters)
        {
            while (characters.Length > 0)
            {
                var word = WordLength(characters);
                if (word == 0)
                {
                    hasSpace = true;
                    characters = characters[1..];
                    continue;
                }
                if (text.Length > 0 && (hasBreak || hasSpace)) text.Append(hasBreak ? '\n' : ' ');
                (hasBreak, hasSpace) = (false, false);
                text.Append(characters[..word]);
                characters = characters[word..];
            }
        }

        public override string ToString() => text.ToString();

        private static int WordLength(ReadOnlySpan<char> characters)
        {
            for (var at = 0; at < characters.Length; at++)
                if (char.IsWhiteSpace(characters[at])) return at;
            return characters.Length;
        }
    }
}
