using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Queueing;

namespace Features.Files;

internal static class FileExtensions
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Adds <see cref="FileStore"/> and <see cref="Uploads"/>, their tables, and the job that deletes what nothing has kept. May be called again.</summary>
        public void AddFiles()
        {
            if (builder.Services.Any(service => service.ServiceType == typeof(FileStore)))
            {
                return;
            }

            builder.Services.AddSingleton<FileStore>();
            builder.Services.AddSingleton<Uploads>();
            builder.Services.AddExceptionHandler<StorageAwayHandler>();
            builder.Services.TryAddSingleton<IFileContents, DatabaseContents>();
            builder.AddJobException<FileGoneException>(gone => new JobOutcome.Failed("file-gone", gone.Message));
            builder.AddSchemaPart("files", typeof(FileExtensions).Assembly);
            builder.AddJob<PurgeFiles, FilePurger>("purge-files", options =>
            {
                options.Queue = "upkeep";
                options.IsInternal = true;
                options.Timeout = TimeSpan.FromMinutes(30);
            });
            builder.AddJobSchedule("purge-files", "17 * * * *", _ => new PurgeFiles());
        }
    }
}
