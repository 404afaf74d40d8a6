namespace Monitoring.Classification.Judging;

/// <summary>The model in force, which can be replaced while reports are being judged; a judgement under way keeps the one it began with.</summary>
internal sealed class ActiveModel(Model model)
{
    private volatile Model current = model;

    public Model Current => current;

    public void Activate(Model next) => current = next;
}
