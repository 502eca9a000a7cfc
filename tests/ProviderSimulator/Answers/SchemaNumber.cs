using System.Text.Json;

namespace ProviderSimulator.Answers;

/// <summary>A number that a schema allows.</summary>
internal static class SchemaNumber
{
    public static decimal Of(JsonElement schema, bool whole)
    {
        var (low, above) = (schema.Number("minimum"), schema.Number("exclusiveMinimum"));
        var (high, below) = (schema.Number("maximum"), schema.Number("exclusiveMaximum"));
        var step = schema.Number("multipleOf") ?? (whole ? 1 : null);

        // 1 where it may be; else the limits, or what is just within them.
        var number = new[] { 1, low, high, above + step, below - step, (above + below) / 2, above + 1, below - 1 }
            .SelectMany(candidate => step is { } by && candidate is { } value ? [Math.Floor(value / by) * by, Math.Ceiling(value / by) * by] : new[] { candidate })
            .FirstOrDefault(candidate => Allowed(candidate));
        return number ?? throw new UnknownSchemaException("No number was found within its limits.");

        bool Allowed(decimal? value) => value >= (low ?? decimal.MinValue) && value <= (high ?? decimal.MaxValue)
            && !(value <= above) && !(value >= below);
    }
}
