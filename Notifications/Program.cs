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
    database.LimitConnections(20); // Thousands of clients may come back at once.
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
