using Monitoring.Classification.Geography;
using Monitoring.Classification.Language;

namespace Monitoring.Classification.Tests.Geography;

public sealed class GazetteerTests
{
    private static readonly Gazetteer Gazetteer = Known.Gazetteer;

    [Theory]
    [InlineData("Nigeria floods", "NG")]
    [InlineData("Niger coup leaders", "NE")]
    [InlineData("Papua New Guinea quake", "PG")]
    [InlineData("Guinea-Bissau votes", "GW")]
    [InlineData("Equatorial Guinea and Guinea", "GQ GN")]
    [InlineData("Dominica after the hurricane", "DM")]
    [InlineData("Dominican Republic after the hurricane", "DO")]
    [InlineData("South Korea and North Korea", "KR KP")]
    [InlineData("Fighting in the Democratic Republic of the Congo", "CD")]
    [InlineData("Oil from the Republic of the Congo", "CG")]
    [InlineData("The Central African Republic asks for help", "CF")]
    [InlineData("South Sudan and Sudan", "SS SD")]
    [InlineData("Northern Ireland and Ireland", "GB IE")]
    [InlineData("South Africa", "ZA")]
    [InlineData("Türkiye and Turkey", "TR TR")]
    [InlineData("Bogotá and Bogota", "CO CO")]
    [InlineData("Côte d'Ivoire", "CI")]
    [InlineData("Kosovo's border", "XK")]
    public void The_longest_name_is_the_country(string text, string codes) => Assert.Equal(codes, Find(text));

    [Theory]
    [InlineData("US troops leave", "US")]
    [InlineData("U.S. troops leave", "US")]
    [InlineData("The U.K. and the UAE", "GB AE")]
    [InlineData("They told us to leave", "")]
    [InlineData("A turkey dinner", "")]
    [InlineData("Fine china and a guinea pig", "")]
    [InlineData("TELL US MORE", "")]
    [InlineData("TURKEY BANS U.S. FLIGHTS", "TR US")]
    [InlineData("china and japan hold talks", "CN JP")]
    [InlineData("polish your shoes", "")]
    [InlineData("POLISH YOUR SHOES", "")]
    [InlineData("MAN FED LIONS", "")]
    [InlineData("POLISH PREMIER BACK IN WARSAW", "PL PL")]
    public void Capitals_tell_a_country_from_a_word(string text, string codes) => Assert.Equal(codes, Find(text));

    [Theory]
    [InlineData("The ambassador was summoned")]
    [InlineData("Latin America and South American farmers")]
    [InlineData("Michael Jordan sells shoes")]
    [InlineData("A book by Jordan Smith about Jack London")]
    [InlineData("Singer Chad Brown tours with Paris Hilton")]
    [InlineData("Israel Adesanya wins by knockout")]
    [InlineData("Drills in the South China Sea")]
    [InlineData("The Paris Agreement turns ten")]
    [InlineData("Manchester United lose at home")]
    [InlineData("NATO and the EU meet the UN envoy")]
    [InlineData("Reading about Victoria Jackson is nice")]
    [InlineData("The European Central Bank holds rates")]
    [InlineData("Chipmaker (NASDAQ:ABCD) rises")]
    public void What_only_looks_like_a_country_names_nobody(string text) => Assert.Equal("", Find(text));

    [Theory]
    [InlineData("Russian and Ukrainian envoys", "RU UA")]
    [InlineData("Israelis flee Haifa", "IL IL")]
    [InlineData("Blast in Kabul", "AF")]
    [InlineData("The Kremlin denies it", "RU")]
    [InlineData("Zhongnanhai and the White House stay silent", "CN US")]
    [InlineData("Downing Street and the Élysée agree", "GB FR")]
    [InlineData("The Fed holds, the Bank of England cuts", "US GB")]
    [InlineData("Nikkei falls after Wall Street", "JP US")]
    [InlineData("Meloni calls Modi", "IT IN")]
    [InlineData("Rafah crossing stays shut", "PS")]
    [InlineData("Fire in Uttarakhand and Saxony-Anhalt", "IN DE")]
    [InlineData("Slovenian and Slovak ministers", "SI SK")]
    public void Inhabitants_cities_governments_and_their_heads_mean_their_country(string text, string codes) => Assert.Equal(codes, Find(text));

    [Theory]
    [InlineData("Georgia recount: Fulton votes again after the runoff", "US")]
    [InlineData("Protests in Georgia as Tbilisi turns from the EU", "GE GE")]
    [InlineData("Georgia grows wine", "GE")]
    [InlineData("Georgia and Armenia open the border", "GE AM")]
    [InlineData("Explosion in Birmingham, Alabama", "US US")]
    [InlineData("Explosion in Birmingham", "GB")]
    [InlineData("Canadians mourn in Victoria", "CA CA")]
    [InlineData("Australians vote in Victoria", "AU AU")]
    [InlineData("Storm hits Paris, Texas", "US US")]
    [InlineData("Storm hits Paris", "FR")]
    [InlineData("Storm hits Paris, TX", "US US")]
    [InlineData("Fire in Tehran, PA", "US US")]
    [InlineData("Fire in Tehran, Iran", "IR IR")]
    [InlineData("Flood in Lebanon, Pa.", "US US")]
    [InlineData("Flood in Lebanon, many miss home", "LB")]
    [InlineData("Strike at the plant in London, Ont.", "CA CA")]
    [InlineData("Tornado near Cuba, MO", "US US")]
    [InlineData("Landslide in San Jose, Costa Rica", "CR CR")]
    [InlineData("Brazzaville signs for Congo", "CG CG")]
    [InlineData("Wildfire near Washington state park", "US")]
    public void The_company_of_a_name_tells_which_of_several_places_is_meant(string text, string codes) => Assert.Equal(codes, Find(text));

    [Theory]
    [InlineData("The Supreme Court takes the case", "US")]
    [InlineData("Brazil's Supreme Court takes the case", "BR")]
    public void An_office_that_others_have_too_tells_only_where_nothing_else_does(string text, string codes) => Assert.Equal(codes, Find(text));

    [Theory]
    [InlineData("RSF drones over El Fasher in Sudan", "SD SD SD")]
    [InlineData("RSF publishes its press ranking", "")]
    [InlineData("The ETA is noon", "")]
    [InlineData("Storm on Lake Garda, Italian rescuers out", "IT")]
    [InlineData("Lebanese lira at a new low", "LB")]
    public void A_sign_that_is_also_something_else_tells_only_beside_its_country(string text, string codes) => Assert.Equal(codes, Find(text));

    [Theory]
    [InlineData("Talks on hostages as aid reaches Gaza", "IL PS")]
    [InlineData("Hostages freed from a bank", "")]
    public void Talk_of_a_conflict_implies_its_other_party(string text, string codes) => Assert.Equal(codes, Find(text));

    [Theory]
    [InlineData("de", "Russische Drohnen über der Ukraine, warnt das Weiße Haus", "RU UA US")]
    [InlineData("fr", "Les forces russes frappent près de Kiev, selon l'Élysée", "RU UA FR")]
    [InlineData("es", "Terremoto sacude el sur de Chile y la frontera argentina", "CL AR")]
    [InlineData("it", "Attacco informatico contro ospedali tedeschi", "DE")]
    [InlineData("pt", "Enchentes no Rio Grande do Sul; governo alemão envia ajuda", "BR DE")]
    [InlineData("ru", "Взрывы в Харькове, сообщили в украинском штабе; Германия обещает помощь", "UA UA DE")]
    [InlineData("uk", "Вибухи у Белграді, повідомили в Польщі та Німеччині", "PL DE")]
    [InlineData("ar", "زلزال يضرب تركيا وسوريا والجيش الأمريكي يعرض المساعدة", "TR SY US")]
    [InlineData("zh", "台湾花莲发生地震，日本和菲律宾发布海啸警报", "TW TW JP PH")]
    [InlineData("ja", "ウクライナ東部でロシア軍の攻撃、米国が非難", "UA RU US")]
    [InlineData("it", "Alluvioni in Nigeria, nessun morto in Niger", "NG NE")]
    [InlineData("ru", "Наводнения в Нигерии, в Нигере спокойно", "NG NE")]
    [InlineData("ru", "Рост цен на газ; губернатор Ростова", "RU")]
    [InlineData("ja", "新しいタイトルのタイヤ広告、タイで撮影", "TH")]
    [InlineData("zh", "青海地震，南海地区台风", "CN")]
    [InlineData("zh", "海地地震", "HT")]
    [InlineData("zh", "今日本市停电，运河内沉船，印度洋风暴", "")]
    [InlineData("zh", "蘇丹、委內瑞拉、波蘭和約旦", "SD VE PL JO")]
    [InlineData("zh", "沙特、阿联酋和印尼；義大利與紐西蘭", "SA AE ID IT NZ")]
    [InlineData("ja", "中国地方で大雨", "JP")]
    [InlineData("ja", "インド洋で首位タイ、パリ協定と台風委員会", "")]
    [InlineData("ja", "今日の日本、インドとタイ", "JP IN TH")]
    [InlineData("es", "La cantante Granada canta", "")]
    [InlineData("fr", "Maurice et Dominique en réunion", "")]
    [InlineData("fr", "La réunion est reportée", "")]
    [InlineData("fr", "Réunion d'urgence à Matignon", "FR")]
    [InlineData("fr", "Cyclone : l'île Maurice, la Dominique et La Réunion en alerte", "MU DM RE")]
    [InlineData("ru", "Того и гляди пойдет снег", "")]
    [InlineData("ru", "Выборы в Того", "TG")]
    [InlineData("ar", "مطار عمان مغلق", "")]
    [InlineData("ar", "زلزال في سلطنة عمان", "OM")]
    [InlineData("it", "I mali del mondo", "")]
    [InlineData("ar", "أزمة مالية وبرنامج مالي جديد", "")]
    public void Countries_are_found_in_other_languages_in_any_of_their_endings(string language, string text, string codes) => Assert.Equal(codes, Find(text, language));

    [Fact]
    public void Every_country_of_the_world_is_found_by_its_name() =>
        Assert.All(World.Countries.All.Where(country => country.To is null), country => Assert.Contains(country.Code, Find($"In {country.Name} today").Split(' ')));

    private static string Find(string text, string? language = null) =>
        string.Join(' ', Gazetteer.Find(Tokens.Of(text), Tokens.Of(""), language).Title.Where(mention => mention.Code is not null).Select(mention => mention.Code));
}
