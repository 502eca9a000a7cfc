using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ServiceDefaults;

/// <summary>Adds signed links to event streams.</summary>
public static class EventTokenExtensions
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Adds <see cref="EventTokens"/>, with the settings of <see cref="EventTokenOptions"/>.</summary>
        public void AddEventTokens()
        {
            builder.Services.TryAddSingleton(TimeProvider.System);
            builder.Services.AddOptions<EventTokenOptions>()
                .BindConfiguration(EventTokenOptions.SectionName, binder => binder.ErrorOnUnknownConfiguration = true)
                .Validate(
                    options => options.Keys.All(key => EventTokenOptions.Decode(key) is not null),
                    $"{EventTokenOptions.SectionName}:{nameof(EventTokenOptions.Keys)} must be Base64 of {EventTokenOptions.ShortestKey} bytes or more each.")
                .ValidateOnStart();
            builder.Services.AddSingleton<IValidateOptions<EventTokenOptions>, EventTokenOptionsValidator>();
            builder.Services.TryAddSingleton<EventTokens>();
        }
    }
}
