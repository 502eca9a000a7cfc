using System.Numerics;

namespace Providers.Speech;

/// <summary>Brings samples to another rate, without what the new rate can't carry, which would be heard as other tones.</summary>
internal static class Resampling
{
    /// <summary>Zero crossings of the filter on each side: what it should stop is 60 dB down a tenth above the edge.</summary>
    private const int Crossings = 16;

    public static short[] Convert(short[] samples, int from, int to)
    {
        if (from == to)
        {
            return samples;
        }

        var cutoff = Math.Min(1.0, (double)to / from);
        var reach = (int)Math.Ceiling(Crossings / cutoff);
        // New samples fall between the old ones at a few places only, and those that fall alike have the same weights.
        var step = (int)BigInteger.GreatestCommonDivisor(from, to);
        var weights = new double[]?[to / step];
        var result = new short[(int)Math.Max(1, (long)samples.Length * to / from)];
        for (var index = 0; index < result.Length; index++)
        {
            var (nearest, behind) = Math.DivRem((long)index * from, to);
            result[index] = Filtered(samples, (int)nearest - reach + 1, weights[behind / step] ??= Weights(reach, (double)behind / to, cutoff));
        }

        return result;
    }

    private static short Filtered(ReadOnlySpan<short> samples, int first, ReadOnlySpan<double> weights)
    {
        double sum = 0;
        for (var tap = Math.Max(0, -first); tap < weights.Length && first + tap < samples.Length; tap++)
        {
            sum += samples[first + tap] * weights[tap];
        }

        return (short)Math.Clamp(Math.Round(sum), short.MinValue, short.MaxValue);
    }

    private static double[] Weights(int reach, double behind, double cutoff) =>
        [.. Enumerable.Range(1 - reach, 2 * reach).Select(at => Weight((at - behind) * cutoff) * cutoff)];

    /// <summary>A sinc under a Blackman window.</summary>
    private static double Weight(double x)
    {
        if (Math.Abs(x) >= Crossings)
        {
            return 0;
        }

        var phase = Math.PI * x;
        var window = 0.42 + (0.5 * Math.Cos(phase / Crossings)) + (0.08 * Math.Cos(2 * phase / Crossings));
        return x == 0 ? 1 : window * Math.Sin(phase) / phase;
    }
}
