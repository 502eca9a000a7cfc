using System.Diagnostics;
using Embedded.Processes;
using Minio;
using Minio.DataModel.Args;

[assembly: AssemblyFixture(typeof(Features.Tests.Files.S3Server))]

namespace Features.Tests.Files;

/// <summary>A server that speaks S3, of the npm package "s3rver"; started when a test first needs it. A test can kill it, and start it again.</summary>
public sealed class S3Server : IAsyncDisposable
{
    private const string FirstBucket = "first";

    private static readonly Lazy<Task> Installed = new(InstallAsync);

    private readonly TemporaryFolder folder = new("test-s3-");
    private readonly SemaphoreSlim gate = new(1);
    private readonly int port = FreePort.Next();
    private TestProgram? program;
    private int buckets;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Node => Path.Combine(AppContext.BaseDirectory, "Node");

    /// <returns>The settings of a store in a new bucket. Skips the test where npm isn't installed.</returns>
    internal async Task<(string Name, string? Value)[]> SettingsAsync()
    {
        Assert.SkipUnless(IsOnPath("npm") && IsOnPath("node"), "The Debian package npm is not installed.");
        await gate.WaitAsync(Cancellation);
        try
        {
            await Installed.Value;
            if (program is null)
            {
                await StartAsync();
            }
        }
        finally
        {
            gate.Release();
        }

        var bucket = $"bucket-{Interlocked.Increment(ref buckets)}";
        using var client = Client();
        await client.MakeBucketAsync(new MakeBucketArgs().WithBucket(bucket), Cancellation);
        return
        [
            ("Files:Store", "s3"),
            ("Files:S3:Endpoint", $"127.0.0.1:{port}"),
            ("Files:S3:Bucket", bucket),
            ("Files:S3:AccessKey", "S3RVER"),
            ("Files:S3:SecretKey", "S3RVER"),
            ("Files:S3:UseTls", "false"),
        ];
    }

    /// <returns>How many objects there are in a bucket, by the files that the server keeps them in: its listing is in a form of its own.</returns>
    internal long Objects((string Name, string? Value)[] settings) => Directory.EnumerateFiles(
        Path.Combine(folder.Path, settings.Single(setting => setting.Name == "Files:S3:Bucket").Value!), "*._S3rver_object", SearchOption.AllDirectories).Count();

    internal bool IsRunning => program is { Exited.IsCompleted: false };

    internal async Task KillAsync() => await program!.KillAsync();

    internal async Task StartAsync()
    {
        program = TestProgram.Start("node", ["s3.mjs", $"{port}", folder.Path, FirstBucket], Node, new Dictionary<string, string?>());
        using var client = new HttpClient();
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/"), Cancellation);
                return true;
            }
            catch (HttpRequestException) when (!program.Exited.IsCompleted)
            {
                return false;
            }
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (program is not null)
        {
            await program.KillAsync();
        }

        folder.Dispose();
        gate.Dispose();
    }

    private static bool IsOnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));

    private static async Task InstallAsync()
    {
        if (File.GetLastWriteTimeUtc(Path.Combine(Node, "node_modules", ".package-lock.json")) >= File.GetLastWriteTimeUtc(Path.Combine(Node, "package-lock.json")))
        {
            return;
        }

        using var process = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
        {
            WorkingDirectory = Node,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = await process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        Assert.True(process.ExitCode == 0, await output + errors);
    }

    private IMinioClient Client() => new MinioClient().WithEndpoint($"127.0.0.1:{port}").WithCredentials("S3RVER", "S3RVER").WithRegion("us-east-1").WithSSL(false).Build();
}
