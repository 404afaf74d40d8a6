namespace Monitoring.Classification.Tests;

public sealed class CommandsTests
{
    [Fact]
    public async Task A_word_that_is_no_command_starts_no_service()
    {
        var command = Commands.Find(["rejduge", "--from", "2026-12-01"]);
        Assert.NotNull(command);
        Assert.Equal(2, await command([]));
    }

    [Theory]
    [InlineData]
    [InlineData("--urls=http://127.0.0.1:9")]
    [InlineData("Retraining:Every=0")]
    public void Settings_are_for_the_service(params string[] args) => Assert.Null(Commands.Find(args));

    [Fact]
    public void A_verb_is_its_command() => Assert.NotNull(Commands.Find(["rejudge"]));
}
