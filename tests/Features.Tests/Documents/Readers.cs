using Features.Documents.Reading;
using Microsoft.Extensions.Options;

namespace Features.Tests.Documents;

/// <summary>The reader, with the worker's program as it is deployed.</summary>
internal static class Readers
{
    public static PdfReader Create(Action<PdfReadingOptions>? configure = null)
    {
        var options = new PdfReadingOptions { Program = WorkerProgram.Path };
        configure?.Invoke(options);
        return new(Options.Create(options));
    }
}
