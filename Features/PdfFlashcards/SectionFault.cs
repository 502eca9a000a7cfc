using System.Text.Json;
using Providers;

namespace Features.PdfFlashcards;

/// <summary>Why a part of a PDF has no cards.</summary>
internal static class SectionFault
{
    /// <returns>A stable word, or null for what is no fault of one part alone.</returns>
    public static string? WordOf(Exception exception) => exception switch
    {
        ProviderException failure => failure.Fault.Word,
        ThrottledException => "throttled",
        CircuitOpenException => "circuit-open",
        BudgetSpentException => "budget-spent",
        JsonException => "bad-answer",
        _ => null,
    };

    /// <summary>Whether the job is to wait for it, which counts no attempt.</summary>
    public static bool IsWaitedFor(Exception exception) => exception is ThrottledException or CircuitOpenException or BudgetSpentException;

    /// <summary>Whether another attempt may go better.</summary>
    public static bool MayPass(Exception exception) => exception is JsonException or ProviderException { Fault.IsTransient: true };
}
