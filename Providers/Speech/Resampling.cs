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
        var result = new short[(int)Math.Max(1, (long)samples.Length * to / from)];
        for (var index = 0; index < result.Length; index++)
        {
            var centre = (double)index * from / to;
            var nearest = (int)centre;
            double sum = 0;
            for (var at = Math.Max(0, nearest - reach + 1); at <= Math.Min(samples.Length - 1, nearest + reach); at++)
            {
                sum += samples[at] * Weight((at - centre) * cutoff) * cutoff;
            }

            result[index] = (short)Math.Clamp(Math.Round(sum), short.MinValue, short.MaxValue);
        }

        return result;
    }

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
