using Microsoft.AspNetCore.HttpOverrides;
using Notifications.Streams;
using Queueing;
using ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddProblems();
builder.AddSignIn();
builder.AddNpgsqlDataSource("jobs", configureDataSourceBuilder: database =>
{
    database.TraceWithinOperations();

    // Thousands of clients may come back at once. They wait here for their turn: the database takes 100 connections, of all services.
    database.ConnectionStringBuilder.MaxPoolSize = Math.Min(database.ConnectionStringBuilder.MaxPoolSize, 20);
});
builder.AddRedisClient("redis", configureOptions: redis => redis.AbortOnConnectFail = false);
builder.AddJobQueue("jobs");
builder.AddJobEventHub();
builder.AddJobStreams();
builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardedHeaders = ForwardedHeaders.XForwardedFor);

var app = builder.Build();
app.UseJobStreams();
app.UseForwardedHeaders();
app.UseProblems();
app.UseAuthentication();
app.UseAuthorization();
app.MapDefaultEndpoints();
app.MapJobStreams();
app.Run();
