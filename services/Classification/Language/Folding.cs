using System.Text;

namespace Monitoring.Classification.Language;

/// <summary>
/// Writes a text as lexica compare it: lower case, without marks that people leave out, one form for letters that are written in several.
/// Character for character, so that what is found lies where it is found: what falls away becomes <see cref="Nothing"/>.
/// </summary>
internal static class Folding
{
    public const char Nothing = '\0';
    public const char Space = ' ';

    /// <summary>What no phrase reaches over: punctuation.</summary>
    public const char Stop = '.';

    /// <summary>Traditional Chinese characters and the simplified ones, in pairs: those that occur in what we look for.</summary>
    private const string Simplified =
        "發发戰战經经濟济對对東东車车門门們们這这為为與与權权帶带觀观檢检驗验價价書书買买賣卖單单惡恶應应實实寫写總总譯译驛驿兩两關关營营勞劳嚴严處处歸归彈弹從从轉转輕轻鐵铁錢钱聞闻問问間间閉闭開开陽阳陰阴隊队階阶際际陸陆險险隱隐電电響响頁页項项須须預预領领題题風风飛飞飯饭館馆馬马魚鱼鳥鸟龍龙億亿僅仅眾众優优會会傳传傷伤倫伦偽伪軍军艦舰導导機机無无產产業业業业務务貿贸資资賬账財财貨货貶贬負负債债損损額额稅税罰罚貸贷銀银錄录鎖锁網网絡络駭骇漏漏洩泄勒勒釣钓竊窃盜盗護护攻攻擊击殺杀亡亡災灾難难氣气溫温熱热乾干旱旱澇涝潰溃颱台颶飓龍龙捲卷雷雷暴暴震震級级裂裂滅灭燒烧煙烟霧雾雲云雪雪凍冻結结澆浇淹淹沒没壩坝堤堤島岛灣湾國国際际聯联盟盟約约協协議议談谈判判敵敌衝冲突突襲袭叛叛亂乱恐恐怖怖份份綁绑質质劍剑槍枪砲炮導导彈弹無无人人機机戰战鬥斗艦舰隊队彈弹藥药庫库邊边境境漲涨跌跌幣币匯汇率率彙汇庫库存存貝贝賺赚虧亏損损裁裁員员罷罢工工廠厂關关稅税補补貼贴競竞賽赛勝胜負负冠冠軍军隊队員员歲岁選选舉举總总統统黨党議议員员醫医療疗學学校校藝艺術术獎奖樂乐畫画華华萬万萬万紀纪錄录歷历史史週周年年義义烏乌喬乔習习亞亚體体儲储蘭兰茲兹內内岡冈幾几凱凯剛刚別别區区盧卢衛卫敘叙圖图聖圣堅坚奧奥寧宁宮宫賓宾爾尔屬属嶼屿廣广慶庆當当恆恒悅悦揚扬撾挝時时來来極极樓楼漢汉湯汤澤泽滿满愛爱獨独磯矶積积納纳紐纽紹绍繩绳維维緬缅羅罗肅肃脫脱臘腊蘇苏萊莱蓮莲薩萨誕诞諾诺賴赖贊赞輔辅達达連连錫锡長长韋韦韓韩頓顿顛颠魯鲁鮮鲜麥麦黃黄臺台";

    private static readonly char[] Latin = [.. Enumerable.Range(0, 0x250).Select(code => FoldLatin((char)code))];
    private static readonly char[] Han = FoldHan();

    /// <summary>Folds a text into room of its length.</summary>
    public static void Fold(ReadOnlySpan<char> text, Span<char> folded)
    {
        for (var index = 0; index < text.Length; index++) folded[index] = Fold(text[index]);
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] is '\'' or '’' or 'ʼ') folded[index] = IsCyrillic(folded, index - 1) && IsCyrillic(folded, index + 1) ? Nothing : Space;
            else if (IsArabic(folded[index]) && (index == 0 || !IsArabic(folded[index - 1]) && folded[index - 1] != Nothing)) DropArticle(folded[index..]);
        }
    }

    /// <summary>Whether two neighbours are of one word: letters of an alphabet or katakana; each Han character or hiragana begins anew.</summary>
    public static bool Joins(char before, char character) => Kind(before) is var kind && kind != 0 && kind == Kind(character);

    /// <summary>Whether a character is of a word at all.</summary>
    public static bool IsWord(char folded) => folded is not (Nothing or Space or Stop);

    private static int Kind(char folded) => folded switch
    {
        Nothing or Space or Stop => 0,
        >= '\u30a0' and <= '\u30ff' => 2,
        >= '\u3040' and <= '\u9fff' => 0,
        _ => 1,
    };

    private static char Fold(char character)
    {
        if (character < 0x250) return Latin[character];
        switch (character)
        {
            case >= '\u4e00' and <= '\u9fff': return Han[character - '\u4e00'];
            case >= '\u3041' and <= '\u30ff' or '々': return character == '・' ? Space : character;
            case >= '\u0300' and <= '\u036f' or >= '\u064b' and <= '\u065f' or '\u0670' or '\u0640' or >= '\u200b' and <= '\u200f' or '\ufeff': return Nothing;
            case >= '\u0660' and <= '\u0669': return (char)('0' + character - '\u0660');
            case >= '\u06f0' and <= '\u06f9': return (char)('0' + character - '\u06f0');
            case >= '\uff10' and <= '\uff19': return (char)('0' + character - '\uff10');
            case >= '\uff21' and <= '\uff3a': return (char)('a' + character - '\uff21');
            case >= '\uff41' and <= '\uff5a': return (char)('a' + character - '\uff41');
            case '٪' or '％': return '%';
            case 'أ' or 'إ' or 'آ' or 'ٱ': return 'ا';
            case 'ى' or 'ئ' or 'ی': return 'ي';
            case 'ؤ': return 'و';
            case 'ة': return 'ه';
            case 'ک': return 'ك';
            case 'ё' or 'Ё': return 'е';
            case 'й' or 'Й': return 'и';
            case 'ї' or 'Ї': return 'і';
            case '‐' or '‑' or '\u3000' or '\u202f' or >= '\u2000' and <= '\u200a': return Space;
        }
        return char.IsLetterOrDigit(character) ? char.ToLowerInvariant(character) : Stop;
    }

    private static char FoldLatin(char character)
    {
        if (char.IsWhiteSpace(character) && character is not ('\n' or '\r') || character is '-' or '/') return Space;
        if (character == '\u00ad') return Nothing;
        if (character == '%') return character;
        if (!char.IsLetterOrDigit(character)) return Stop;
        var lower = char.ToLowerInvariant(character);
        return lower switch
        {
            'ß' => 's',
            'ø' => 'o',
            'œ' => 'o',
            'æ' => 'a',
            'ł' => 'l',
            'đ' => 'd',
            'ı' => 'i',
            _ => lower.ToString().Normalize(NormalizationForm.FormD)[0],
        };
    }

    private static char[] FoldHan()
    {
        var han = new char['\u9fff' - '\u4e00' + 1];
        for (var index = 0; index < han.Length; index++) han[index] = (char)('\u4e00' + index);
        for (var index = 0; index < Simplified.Length; index += 2) han[Simplified[index] - '\u4e00'] = Simplified[index + 1];
        return han;
    }

    /// <summary>The Arabic article falls away with what is written before it: ال, and with "and", "by", "for": وال, بال, لل.</summary>
    private static void DropArticle(Span<char> word)
    {
        var start = word is ['و' or 'ف', ..] ? 1 : 0;
        var end = Article(word[start..]) is > 0 and var length ? start + length : Article(word);
        if (end > 0) word[..end].Clear();
    }

    private static int Article(ReadOnlySpan<char> word)
    {
        var length = word switch
        {
            ['ا', 'ل', ..] => 2,
            ['ل', 'ل', ..] => 2,
            ['ب' or 'ك', 'ا', 'ل', ..] => 3,
            _ => 0,
        };
        return length > 0 && word.Length > length + 1 && IsArabic(word[length]) && IsArabic(word[length + 1]) ? length : 0;
    }

    private static bool IsArabic(char character) => character is >= '\u0620' and <= '\u06ff';

    private static bool IsCyrillic(ReadOnlySpan<char> text, int index) => index >= 0 && index < text.Length && text[index] is >= 'Ѐ' and <= 'ԯ';
}
