using System.Text.RegularExpressions;
using Features.Files.S3;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Queueing;

namespace Features.Files;

internal static partial class FileExtensions
{
    private static readonly TimeSpan UntilStorageReturns = TimeSpan.FromSeconds(10);

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
            builder.Services.AddSingleton<IFileContents>(services => services.GetRequiredService<IOptions<FileStoreOptions>>().Value.Store == FileStoreKind.S3
                ? ActivatorUtilities.CreateInstance<S3Contents>(services)
                : ActivatorUtilities.CreateInstance<DatabaseContents>(services));
            builder.Services.AddOptions<FileStoreOptions>()
                .BindConfiguration(FileStoreOptions.SectionName, binder => binder.ErrorOnUnknownConfiguration = true)
                .Validate(options => Enum.IsDefined(options.Store), $"{FileStoreOptions.SectionName}:{nameof(FileStoreOptions.Store)} must be database or s3.")
                .Validate(options => options.Store != FileStoreKind.S3 || S3Endpoint().IsMatch(options.S3.Endpoint ?? ""), Must(nameof(S3Options.Endpoint), "be a host, such as s3.example.com:9000, without https://"))
                .Validate(options => options.Store != FileStoreKind.S3 || S3Bucket().IsMatch(options.S3.Bucket ?? ""), Must(nameof(S3Options.Bucket), "be the name of a bucket"))
                .Validate(options => options.Store != FileStoreKind.S3 || !string.IsNullOrWhiteSpace(options.S3.AccessKey), Must(nameof(S3Options.AccessKey), "have the key's id"))
                .Validate(options => options.Store != FileStoreKind.S3 || !string.IsNullOrWhiteSpace(options.S3.SecretKey), Must(nameof(S3Options.SecretKey), "have the key's secret"))
                .ValidateOnStart();
            builder.Services.AddSingleton<IValidateOptions<FileStoreOptions>, FileStoreOptionsValidator>();
            builder.AddJobException<FileGoneException>(gone => new JobOutcome.Failed("file-gone", gone.Message));
            builder.AddJobException<StorageAwayException>(_ => new JobOutcome.SnoozeFor(UntilStorageReturns, "storage-away"));
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

    private static string Must(string key, string what) => $"{FileStoreOptions.SectionName}:{nameof(FileStoreOptions.S3)}:{key} must {what}, where {FileStoreOptions.SectionName}:{nameof(FileStoreOptions.Store)} is s3.";

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(:[0-9]{1,5})?\z")]
    private static partial Regex S3Endpoint();

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z")]
    private static partial Regex S3Bucket();
}
