using System.Numerics;
using System.Runtime.CompilerServices;
using Monitoring.Contracts;

namespace Monitoring.Dashboard.Live;

/// <summary>A set of values of a small enumeration, as bits: what a row has, or what a filter asks for.</summary>
public readonly record struct Choice<T>(int Bits) where T : struct, Enum
{
    private static readonly T[] Members = Enum.GetValues<T>();

    public static Choice<T> All { get; } = Of(Members);

    public bool IsEmpty => Bits == 0;

    public int Count => BitOperations.PopCount((uint)Bits);

    public IEnumerable<T> Values => Members.Where(Contains);

    public string Names => string.Join(',', Wire<T>.NamesOf(Values));

    public static Choice<T> Of(IReadOnlyList<T> values) => new(values.Aggregate(0, (bits, value) => bits | Bit(value)));

    public Choice<T> With(T value) => new(Bits | Bit(value));

    public bool Contains(T value) => (Bits & Bit(value)) != 0;

    public bool Meets(Choice<T> other) => (Bits & other.Bits) != 0;

    private static int Bit(T value) => 1 << Unsafe.BitCast<T, int>(value);
}
