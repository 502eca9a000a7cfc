using System.Globalization;
using Microsoft.Extensions.Configuration;

var builder = DistributedApplication.CreateBuilder(args);
if (builder.Configuration["model"] == "broken")
{
    throw new InvalidOperationException("This AppHost is broken.");
}

// Most tests run this AppHost in their own process and bring their own model; the others run it as a program.
if (builder.Configuration["model"] == "whole")
{
    var postgres = builder.AddPostgres("postgres");
    var jobs = postgres.AddDatabase("jobs");
    var redis = builder.AddRedis("redis");
    if (builder.Configuration.GetValue("keep", false))
    {
        postgres.WithDataVolume("postgres");
        redis.WithDataVolume("redis");
    }
    var migrate = builder.AddProject<Projects.Embedded_Tests_Sample>("migrate")
        .WithArgs("exit", builder.Configuration.GetValue("migrate", 0).ToString(CultureInfo.InvariantCulture))
        .WaitFor(jobs);
    builder.AddProject<Projects.Embedded_Tests_Sample>("web")
        .WithHttpEndpoint(port: builder.Configuration.GetValue<int?>("web:port"))
        .WithHttpHealthCheck("/health")
        .WithReference(jobs).WaitFor(jobs)
        .WithReference(redis).WaitFor(redis)
        .WaitForCompletion(migrate);
}
if (builder.Configuration["model"] == "stubborn")
{
    builder.AddExecutable("stubborn", "sh", ".", "-c", "trap '' TERM; while true; do sleep 0.1; done");
}
builder.Build().Run();
