using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Features.Documents.Reading;

internal static class PdfReadingExtensions
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Adds <see cref="PdfReader"/>, with the settings of <see cref="PdfReadingOptions"/>.</summary>
        public void AddPdfReading()
        {
            builder.Services.AddOptions<PdfReadingOptions>()
                .BindConfiguration(PdfReadingOptions.SectionName, binder => binder.ErrorOnUnknownConfiguration = true)
                .ValidateOnStart();
            builder.Services.AddSingleton<IValidateOptions<PdfReadingOptions>, PdfReadingOptionsValidator>();
            builder.Services.AddSingleton<PdfReader>();
        }
    }
}
