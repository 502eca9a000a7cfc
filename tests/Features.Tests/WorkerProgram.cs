using System.Reflection;

namespace Features.Tests;

/// <summary>The worker's program, which PDFs are read by.</summary>
internal static class WorkerProgram
{
    public static string Path { get; } =
        typeof(WorkerProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "WorkerProgram").Value!;
}
