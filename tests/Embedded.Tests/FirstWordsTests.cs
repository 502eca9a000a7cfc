using System.Net;
using System.Net.Sockets;

namespace Embedded.Tests;

public class FirstWordsTests
{
    [Fact]
    public async Task It_says_what_it_starts_and_then_where_it_is()
    {
        var port = FreePort.Next();
        await using var host = await HostProcess.StartAndWaitAsync("--model=whole", $"--web:port={port}");
        await host.SaysAsync($"  web       http://localhost:{port}");

        Assert.StartsWith("Starting postgres, jobs, redis, migrate, web", host.Output, StringComparison.Ordinal);
        Assert.Matches(@"  jobs      Host=localhost;Port=\d+;Username=postgres;Password=\*\*\*;Database=jobs", host.Output);
        Assert.Matches("(?m)^migrate  \\| About to exit with 0$", host.Output);
        // Colours are for terminals.
        Assert.DoesNotContain('\e', host.Output);
    }

    [Fact]
    public async Task A_taken_port_is_named_before_anything_starts()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;
        await using var host = HostProcess.Start("--model=whole", $"--web:port={port}");

        Assert.Equal(1, await host.Exited);
        Assert.Matches(
            $@"Port {port} is taken: 'web' can't listen on it\. Stop the program that holds it, or choose another port: dotnet run --project Embedded\.Tests\.AppHost -- --model=whole --web:port=\d+",
            host.Output);
        Assert.DoesNotContain("|", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failed_work_that_others_wait_for_ends_it_with_its_last_words()
    {
        await using var host = HostProcess.Start("--model=whole", "--migrate=3");

        Assert.Equal(1, await host.Exited);
        Assert.Contains("'migrate' ended with 3, so what waits for it can't start. Its last words:\n  About to exit with 3", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("web     |", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replicas_cannot_share_a_port()
    {
        await using var application = await SampleApplication.BuildAsync(static builder =>
            builder.AddProject<Projects.Embedded_Tests_Sample>("web").WithReplicas(2).WithHttpEndpoint(port: 5999));
        var assignment = new Hosting.PortAssignment(new Hosting.AppHostInfo("/somewhere/AppHost", IsTest: false));

        var exception = Assert.Throws<DistributedApplicationException>(() => assignment.Assign(application.Model));
        Assert.Contains("2 replicas, which can't share port 5999", exception.Message, StringComparison.Ordinal);
    }
}
