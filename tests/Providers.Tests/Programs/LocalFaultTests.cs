using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Providers.Programs;
using Providers.Tests.Azure;
using Providers.Tests.Wire;

namespace Providers.Tests.Programs;

/// <summary>What both local providers do when their programs fail, are slow, or aren't there.</summary>
public sealed class LocalFaultTests : IDisposable
{
    private const string Text = "text-of-a-child hello";

    private readonly CallFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Both { get; } = ["pocketsphinx", "tesseract"];

    [Theory]
    [InlineData("pocketsphinx", "install the Debian packages pocketsphinx, pocketsphinx-en-us and util-linux, or set Providers:PocketSphinx:Program and :Model.")]
    [InlineData("tesseract", "install the Debian packages tesseract-ocr, tesseract-ocr-eng (or those of the configured languages) and util-linux, or set Providers:Tesseract:Program.")]
    public async Task A_program_that_is_not_installed_is_permanent_and_names_the_packages(string provider, string remedy)
    {
        using var host = Host("/no/such/program");
        var failure = await FailureAsync(host, provider);
        Assert.Equal((null, "not-installed", false, false), failure.Facts());
        Assert.Equal($"{provider}: its program is not on this machine: {remedy}", failure.Message);
    }

    [Fact]
    public async Task A_model_that_is_not_installed_is_permanent_too()
    {
        using var host = LocalHost.Build(("Providers:PocketSphinx:Model", "/no/such/folder"));
        Assert.Equal((null, "not-installed", false, false), (await FailureAsync(host, "pocketsphinx")).Facts());
    }

    [Theory]
    [InlineData("pocketsphinx", "kill -9 $$", "server-error", true)]
    [InlineData("pocketsphinx", "exit 1", "server-error", true)]
    [InlineData("pocketsphinx", "echo nonsense", "bad-answer", true)]
    [InlineData("pocketsphinx", "printf 'word start end pprob ascr lscr lback\\nhello a b 1 c d e\\n' >&2", "bad-answer", true)]
    [InlineData("pocketsphinx", "printf 'word start end pprob ascr lscr lback\\nother 0 9 1 -5 0 1\\n' >&2", "bad-answer", true)]
    [InlineData("pocketsphinx", "yes", "bad-answer", true)]
    [InlineData("tesseract", "kill -9 $$", "server-error", true)]
    [InlineData("tesseract", "exit 1", "bad-request", false)]
    [InlineData("tesseract", "echo \"Failed loading language 'x'\" >&2; exit 1", "not-installed", false)]
    [InlineData("tesseract", "echo nonsense", "bad-answer", true)]
    [InlineData("tesseract", "printf 'level\\tpage_num\\t\\n5\\t1\\n'", "bad-answer", true)]
    [InlineData("tesseract", "yes", "bad-answer", true)]
    public async Task A_program_that_fails_is_a_fault_and_tells_nothing(string provider, string script, string word, bool isTransient)
    {
        using var host = Host(await LocalHost.ScriptAsync(folder, $"echo '{Text}' >&2\n{script}"));
        var failure = await FailureAsync(host, provider);
        Assert.Equal((word, isTransient, false), (failure.Fault.Word, failure.Fault.IsTransient, failure.Fault.MayHaveCost));
        Assert.DoesNotContain("text-of-a-child", failure + host.Logs.All, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_program_that_hangs_times_out_and_leaves_no_files(string provider)
    {
        var time = new FakeTimeProvider();
        using var host = Host(await HangingAsync(), time);
        var call = FailureAsync(host, provider);
        var place = await StartedAsync();
        Assert.NotEmpty(Directory.EnumerateFiles(place));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal((null, "timeout", true, false), (await call).Facts());
        Assert.False(Directory.Exists(place));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_caller_that_leaves_is_no_fault_and_leaves_no_files(string provider)
    {
        using var host = Host(await HangingAsync());
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var call = AskAsync(host, provider, caller.Token);
        var place = await StartedAsync();
        await caller.CancelAsync();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(caller.Token, exception.CancellationToken);
        Assert.False(Directory.Exists(place));
    }

    [Theory]
    [InlineData("Providers:Tesseract:Languages", "eng;x", "Languages")]
    [InlineData("Providers:Tesseract:Languages", "../x", "Languages")]
    [InlineData("Providers:Tesseract:Program", "", "Program")]
    [InlineData("Providers:Tesseract:MostMemoryMiB", "255", "MostMemoryMiB")]
    [InlineData("Providers:Tesseract:Timeout", "00:00:00", "Timeout")]
    [InlineData("Providers:Tesseract:Porgram", "x", "'Porgram'")]
    [InlineData("Providers:PocketSphinx:Program", "", "Program")]
    [InlineData("Providers:PocketSphinx:Model", "", "Model")]
    [InlineData("Providers:PocketSphinx:MostMemoryMiB", "65537", "MostMemoryMiB")]
    [InlineData("Providers:PocketSphinx:Timeout", "02:00:00", "Timeout")]
    [InlineData("Providers:PocketSphinx:Modle", "x", "'Modle'")]
    public async Task A_mistake_stops_the_start_and_names_the_key(string name, string value, string told)
    {
        using var host = LocalHost.Build((name, value));
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync());
        Assert.True(exception is OptionsValidationException or InvalidOperationException);
        Assert.Contains(told, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_has_to_be_configured()
    {
        using var host = LocalHost.Build();
        await host.StartAsync();
    }

    public void Dispose() => folder.Dispose();

    private Task<string> HangingAsync() => LocalHost.ScriptAsync(folder, $"pwd > {folder.File("place.new")}; mv {folder.File("place.new")} {folder.File("place")}; exec sleep 1000");

    /// <returns>The folder that the program was started in.</returns>
    private async Task<string> StartedAsync()
    {
        await Eventually.TrueAsync(() => File.Exists(folder.File("place")));
        return (await File.ReadAllTextAsync(folder.File("place"), Token)).Trim();
    }

    private ProviderHost Host(string program, TimeProvider? time = null)
    {
        File.WriteAllText(folder.File("cmudict-en-us.dict"), "hello HH AH L OW\n");
        return LocalHost.Build(
            time,
            ("Providers:PocketSphinx:Program", program), ("Providers:PocketSphinx:Model", folder.Path), ("Providers:PocketSphinx:Timeout", "01:00:00"),
            ("Providers:Tesseract:Program", program), ("Providers:Tesseract:Timeout", "01:00:00"));
    }

    private static Task<ProviderException> FailureAsync(ProviderHost host, string provider) =>
        Assert.ThrowsAsync<ProviderException>(() => AskAsync(host, provider, Token));

    private static Task AskAsync(ProviderHost host, string provider, CancellationToken cancellationToken) => provider == "tesseract"
        ? host.Reader(provider).ReadAsync(AzureCalls.Image, cancellationToken)
        : host.Assessor(provider).AssessAsync(AzureCalls.Recording(), Text, cancellationToken: cancellationToken);
}
