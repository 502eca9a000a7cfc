using Providers.Programs;

namespace Providers.Tests.Programs;

public sealed class ProgramRunTests : IDisposable
{
    private readonly CallFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_output_and_its_exit_code_are_told()
    {
        var result = await RunAsync("cat; echo out; echo err >&2; exit 3");
        Assert.Equal(new ProgramResult(3, "out\n", "err\n"), result);
        Assert.True((await RunAsync("kill -9 $$")).WasKilled);
    }

    [Fact]
    public async Task No_shell_reads_the_arguments()
    {
        var result = await ProgramRun.RunAsync(Command("echo", "$(touch hacked)", ";touch hacked", "a b", "--"), Token);
        Assert.Equal("$(touch hacked) ;touch hacked a b --\n", result.Output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task It_does_not_see_this_process_environment()
    {
        Environment.SetEnvironmentVariable("AZURE_SPEECH_KEY_OF_THE_TEST", "secret");
        var names = (await RunAsync("env")).Output.Split('\n').Select(line => line.Split('=')[0]);
        Assert.Empty(names.Except(["PATH", "HOME", "TMPDIR", "LC_ALL", "OMP_THREAD_LIMIT", "PWD", "OLDPWD", "SHLVL", "_", ""]));
    }

    [Fact]
    public async Task It_ends_with_its_call_and_so_do_its_children()
    {
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var call = RunAsync("sleep 1000 & echo $$ $! > pids.new; mv pids.new pids; wait", caller.Token);
        await Eventually.TrueAsync(() => File.Exists(folder.File("pids")));
        var ids = (await File.ReadAllTextAsync(folder.File("pids"), Token)).Split().Where(id => id.Length > 0).ToList();
        Assert.Equal(2, ids.Count);
        Assert.All(ids, id => Assert.True(Runs(id)));
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Eventually.TrueAsync(() => !ids.Any(Runs));
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("yes >&2")]
    [InlineData("yes & yes >&2")]
    public async Task Endless_output_is_cut(string script) => await Assert.ThrowsAsync<FormatException>(() => RunAsync(script));

    [Fact]
    public async Task It_gets_no_more_memory_than_it_may_have()
    {
        const string Script = "x=$(head -c 200000000 /dev/zero | tr '\\0' x); echo ${#x}";
        Assert.Equal("200000000\n", (await RunAsync(Script, mostMemory: 4L << 30)).Output);
        Assert.DoesNotContain("200000000", (await RunAsync(Script, mostMemory: 256 << 20)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_processor_time_has_an_end_of_its_own()
    {
        var result = await RunAsync("while :; do :; done", mostTime: TimeSpan.FromSeconds(1));
        Assert.True(result.WasKilled);
    }

    [Theory]
    [InlineData("no-such-program")]
    [InlineData("/no/such/program")]
    public async Task A_program_that_is_not_there_is_no_other_mistake(string program) =>
        await Assert.ThrowsAsync<FileNotFoundException>(() => ProgramRun.RunAsync(Command(program), Token));

    public void Dispose() => folder.Dispose();

    /// <summary>A child that nobody has waited for yet is not there any more.</summary>
    private static bool Runs(string id) => File.Exists($"/proc/{id}/stat")
        && Record.Exception(() => Assert.DoesNotContain(") Z ", File.ReadAllText($"/proc/{id}/stat"), StringComparison.Ordinal)) is null;

    private Task<ProgramResult> RunAsync(string script, CancellationToken? cancellationToken = null, long mostMemory = 1L << 30, TimeSpan? mostTime = null) =>
        ProgramRun.RunAsync(Command("sh", "-c", script) with { MostMemory = mostMemory, MostTime = mostTime ?? TimeSpan.FromSeconds(60) }, cancellationToken ?? Token);

    private ProgramCommand Command(string program, params string[] arguments) =>
        new(program, arguments) { Folder = folder.Path, MostMemory = 1L << 30, MostTime = TimeSpan.FromSeconds(60) };
}
