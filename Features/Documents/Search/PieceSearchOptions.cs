using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Features.Documents.Search;

/// <summary>How pieces are searched where the database has the extension <c>vector</c>.</summary>
public sealed class PieceSearchOptions
{
    /// <summary>The section's name.</summary>
    public const string SectionName = "PieceSearch";

    /// <summary>
    /// Up to how many pieces of a scope are all compared with a question. Beyond them the index on vectors is asked, which is faster, and now and
    /// then passes over one of the nearest. Default 20,000.
    /// </summary>
    [Range(0, int.MaxValue)]
    public int MostCompared { get; set; } = 20_000;

    /// <summary>How often it is looked whether the database can have an index on vectors that it doesn't have yet. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IndexInterval { get; set; } = TimeSpan.FromMinutes(5);
}

/// <summary>Validates by the attributes.</summary>
[OptionsValidator]
internal sealed partial class PieceSearchOptionsValidator : IValidateOptions<PieceSearchOptions>;
