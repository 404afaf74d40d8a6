namespace Monitoring.World.Tests;

public sealed class AlliancesTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);

    [Fact]
    public void Sweden_joined_nato_in_march_2024_and_not_a_day_earlier()
    {
        Assert.DoesNotContain("NATO", Alliances.Of("SE", new(2024, 3, 6)));
        Assert.Contains("NATO", Alliances.Of("SE", new(2024, 3, 7)));
    }

    [Fact]
    public void The_last_day_of_a_membership_still_counts()
    {
        Assert.Contains("EU", Alliances.Of("GB", new(2020, 1, 31)));
        Assert.DoesNotContain("EU", Alliances.Of("GB", new(2020, 2, 1)));
    }

    [Fact]
    public void A_membership_known_by_its_year_counts_for_the_whole_year()
    {
        Assert.DoesNotContain("AU", Alliances.Members("FIVE EYES", new(1955, 12, 31)));
        Assert.Contains("AU", Alliances.Members("FIVE EYES", new(1956, 1, 1)));
        Assert.Contains("BO", Alliances.Members("RIO TREATY", new(2014, 12, 31)));
        Assert.DoesNotContain("BO", Alliances.Members("RIO TREATY", new(2015, 1, 1)));
    }

    [Fact]
    public void A_membership_known_by_its_month_counts_from_its_first_day()
    {
        Assert.DoesNotContain("IS", Alliances.Members("JEF", new(2021, 3, 31)));
        Assert.Contains("IS", Alliances.Members("JEF", new(2021, 4, 1)));
    }

    [Theory]
    [InlineData(1999, true)]
    [InlineData(2003, false)]
    [InlineData(2010, true)]
    [InlineData(2013, false)]
    public void A_state_may_leave_and_join_again(int year, bool member) =>
        Assert.Equal(member, Alliances.Find("CSTO")!.HasMember("UZ", new(year, 1, 1)));

    [Theory]
    [InlineData("NATO", 32)]
    [InlineData("EU", 27)]
    [InlineData("ASEAN", 11)]
    [InlineData("AFRICAN UNION", 55)]
    [InlineData("WARSAW PACT", 0)]
    public void Alliances_have_as_many_members_as_they_say(string alliance, int members) => Assert.Equal(members, Alliances.Members(alliance, Today).Count);

    [Fact]
    public void A_country_without_alliances_has_none() => Assert.Empty(Alliances.Of("CH", Today));

    [Theory]
    [InlineData("nato")]
    [InlineData("OTAN")]
    [InlineData("North Atlantic Treaty Organization")]
    public void An_alliance_is_found_by_any_of_its_names(string name) => Assert.Equal("NATO", Alliances.Find(name)?.Name);

    [Fact]
    public void Nothing_is_found_by_a_name_that_nothing_has()
    {
        Assert.Null(Alliances.Find("THE ALLIANCE OF NOBODY"));
        Assert.Empty(Alliances.Members("THE ALLIANCE OF NOBODY", Today));
    }

    [Fact]
    public void No_alliance_is_named_like_a_country_or_like_another_one()
    {
        var names = Alliances.All.SelectMany(alliance => alliance.Aliases.Append(alliance.Name)).ToList();
        Assert.All(names, name => Assert.False(Countries.IsKnown(name), name));
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void All_members_are_countries() =>
        Assert.All(Alliances.All.SelectMany(alliance => alliance.EverMembers), country => Assert.True(Countries.IsKnown(country), country));
}
