using Monitoring.Classification.Judging;

namespace Monitoring.Classification.Tests.Judging;

public sealed class LinearModelTests
{
    /// <summary>Where the header has what kind of file it is, and the layout of the features.</summary>
    private const int Layout = 4;

    private static readonly byte[] File = Bytes(Of(biases: [1, 2, 3, 4]));

    [Fact]
    public void What_is_no_file_of_weights_is_refused() => Refuses([1, 2, 3, 4, 5, 6, 7, 8]);

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(30)]
    [InlineData(60)]
    [InlineData(-1)]
    public void A_file_that_was_cut_off_is_refused(int length) => Refuses(File[..(length < 0 ? ^1 : length)]);

    [Fact]
    public void A_file_with_a_bit_flipped_anywhere_is_refused()
    {
        for (var place = 0; place < File.Length; place += Math.Max(1, File.Length / 100))
        {
            var damaged = File.ToArray();
            damaged[place] ^= 4;
            Refuses(damaged);
        }
    }

    [Fact]
    public void Weights_for_other_features_are_refused_with_what_to_do()
    {
        var other = File.ToArray();
        other[Layout] ^= 1;
        Assert.Contains("Train them again", Assert.Throws<InvalidDataException>(() => LinearModel.Load(new MemoryStream(other))).Message);
    }

    [Fact]
    public void Models_of_one_name_are_told_apart_by_what_they_consist_of()
    {
        var version = Of(biases: [1, 2, 3, 4]).Numbered().Version;
        Assert.StartsWith("own-", version);
        Assert.Equal(version, LinearModel.Load(new MemoryStream(Bytes(Of(biases: [1, 2, 3, 4]).Numbered()))).Version);
        Assert.NotEqual(version, Of(biases: [1, 2, 3, 5]).Numbered().Version);
    }

    [Fact]
    public void What_nothing_can_be_judged_by_is_no_model()
    {
        Assert.Throws<ArgumentException>(() => Of(biases: [1, 2, float.NaN, 4]));
        var weights = new float[TextFeatures.Rows * LinearModel.Columns];
        weights[7] = float.PositiveInfinity;
        Assert.Throws<ArgumentException>(() => LinearModel.Of("own", weights, Decisions([0, 0, 0, 0])));
    }

    [Fact]
    public void A_users_own_weights_judge_in_place_of_those_that_are_built_in()
    {
        var path = Path.GetTempFileName();
        try
        {
            System.IO.File.WriteAllBytes(path, File);
            Assert.Equal("own", Model.Load(weights: path).Version);
            System.IO.File.WriteAllBytes(path, File[..100]);
            Assert.Throws<InvalidDataException>(() => Model.Load(weights: path));
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    private static void Refuses(byte[] file) => Assert.Throws<InvalidDataException>(() => LinearModel.Load(new MemoryStream(file)));

    private static LinearModel Of(float[] biases)
    {
        var weights = new float[TextFeatures.Rows * LinearModel.Columns];
        for (var index = 0; index < 2_000; index++) weights[index * 31] = index % 17 - 8;
        return LinearModel.Of("own", weights, Decisions(biases));
    }

    private static Decisions Decisions(float[] biases) => new() { Biases = [.. biases, 3, 0, -2, -4], Thresholds = new float[LinearModel.Columns] };

    private static byte[] Bytes(LinearModel model)
    {
        var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
