using Features.Documents;
using Features.Files;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Queueing;

namespace Features.SampleCourses;

/// <summary>Adds what there is to try.</summary>
public static class SampleExtensions
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Adds <see cref="SampleData"/>. Needs <see cref="DocumentEndpoints"/>.</summary>
        public void AddSamples() => builder.Services.AddSingleton(services => new SampleData(
            services.GetRequiredService<NpgsqlDataSource>(),
            services.GetRequiredService<DocumentStore>(),
            services.GetRequiredService<FileStore>(),
            services.GetRequiredService<JobQueue>()));
    }
}
