using Providers.Tests.Wire;
using ProviderSimulator;

namespace Providers.Tests.Gemini;

public sealed class GeminiPatienceTests
{
    [Fact]
    public Task A_hanging_call_times_out() => Patience.A_hanging_call_times_out(Build, "gemini");

    [Fact]
    public Task A_hanging_stream_times_out_by_its_silence() => Patience.A_hanging_stream_times_out_by_its_silence(Build, "gemini");

    [Fact]
    public Task A_caller_that_leaves_is_no_fault() => Patience.A_caller_that_leaves_is_no_fault(Build, "gemini");

    private static ProviderHost Build(Simulator simulator, TimeSpan timeout, TimeProvider time) => ProviderHost.Gemini(simulator.Gemini, timeout, time);
}
