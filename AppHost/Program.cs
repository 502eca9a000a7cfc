using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

// --ephemeral keeps nothing. It is taken out of the arguments: a switch without a value would swallow the next one.
var keepData = !args.Contains("--ephemeral");
var builder = DistributedApplication.CreateBuilder([.. args.Where(arg => arg != "--ephemeral")]);

var postgres = builder.AddPostgres("postgres").WithImageTag("17.6");
var jobs = postgres.AddDatabase("jobs");
var redis = builder.AddRedis("redis").WithImageTag("8.2");
if (keepData)
{
    postgres.WithDataVolume("jobs-postgres");
    redis.WithDataVolume("jobs-redis");
}

var migrate = builder.AddProject<Projects.Worker>("migrate")
    .WithArgs("migrate")
    .WithReference(jobs).WaitFor(jobs);

var worker = builder.AddProject<Projects.Worker>("worker")
    .WithReplicas(2)
    .WithHttpEndpoint().WithHttpHealthCheck("/health")
    .WithReference(jobs).WaitFor(jobs)
    .WithReference(redis).WaitFor(redis)
    .WaitForCompletion(migrate);

// Links to event streams are signed, and so are the tokens of Development; each run makes its own keys, for those of an earlier
// one may end with it.
var eventTokenKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
var signInKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

var notifications = builder.AddProject<Projects.Notifications>("notifications")
    .WithHttpEndpoint().WithHttpHealthCheck("/health").WithExternalHttpEndpoints()
    .WithReference(jobs).WaitFor(jobs)
    .WithReference(redis).WaitFor(redis)
    .WithEnvironment("EventTokens__Keys__0", eventTokenKey)
    .WithEnvironment("SignIn__Keys__0", signInKey)
    .WaitForCompletion(migrate);

builder.AddProject<Projects.Api>("api")
    .WithHttpEndpoint(port: builder.Configuration.GetValue("api:port", 5080)).WithHttpHealthCheck("/health").WithExternalHttpEndpoints()
    .WithReference(jobs).WaitFor(jobs)
    .WithReference(redis).WaitFor(redis)
    .WithReference(notifications).WaitFor(notifications)
    .WithEnvironment("EventTokens__Keys__0", eventTokenKey)
    .WithEnvironment("SignIn__Keys__0", signInKey)
    .WaitForCompletion(migrate);

// Speaks as the AI providers do, and fails as they do; only where it is asked for, and then the workers ask nobody else.
if (builder.Configuration.GetValue("ProviderSimulator", false))
{
    var simulator = builder.AddProject<Projects.ProviderSimulator>("simulator")
        .WithHttpEndpoint(port: builder.Configuration.GetValue("ProviderSimulator:Port", 5090)).WithHttpHealthCheck("/health");
    worker.WithReference(simulator).WaitFor(simulator)
        .WithEnvironment("Chat__Chain__0", "openai")
        .WithEnvironment("OPENAI_BASE_URL", ReferenceExpression.Create($"{simulator.GetEndpoint("http")}/v1"))
        .WithEnvironment("OPENAI_MODEL", "gpt-4o-mini")
        .WithEnvironment("Guard__openai__Prices__gpt-4o-mini__PerCall", "0.01");
}

builder.Build().Run();
