using Monitoring.Classification.Actors;
using Monitoring.Classification.Geography;
using Monitoring.Classification.Language;
using Monitoring.Contracts;

namespace Monitoring.Classification.Judging;

/// <summary>What reports are judged by. Never changes once it is made, so any number of threads may share it.</summary>
internal sealed record Model(LinearModel Linear, ForeignLexica Foreign, Gazetteer Gazetteer, ActorNames Actors)
{
    /// <summary>The version that verdicts name: that of the weights.</summary>
    public string Version => Linear.Version;

    /// <summary>Reads what is built in, or the user's own weights in place of those, and the user's own file of actors where there is one.</summary>
    public static Model Load(string? actors = null, string? weights = null)
    {
        var model = new Model(weights is null ? LinearModel.BuiltIn() : LinearModel.Load(weights), ForeignLexica.Load(), Gazetteer.Load(), ActorNames.Load(actors));
        // Lists that are read when they are first needed are read now: what is wrong with one shows at start, and no report waits for it.
        Judgement.Judge(new Report { ExternalId = "", Title = "Two dead as storm hits Lisbon", Text = "The army was sent to help." }, model);
        return model;
    }
}
