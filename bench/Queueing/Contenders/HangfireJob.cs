namespace Bench.Queueing.Contenders;

/// <summary>What Hangfire calls: a public method, found by its name.</summary>
public static class HangfireJob
{
    internal static WorkLog? Log { get; set; }

    public static void Run(Payload payload) => Log!.Handle(payload);
}
