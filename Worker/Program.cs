using Features.Flashcards;
using Features.Images;
using Features.Pronunciation;
using Features.Webhooks;
using Providers;
using Queueing;
using ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddNpgsqlDataSource("jobs", configureDataSourceBuilder: database =>
{
    database.TraceWithinOperations();
    database.LimitConnections(20);
});
builder.AddJobQueue("jobs");
builder.AddBudget();
builder.AddPronunciation();
builder.AddImages();

if (args is ["migrate", ..])
{
    using var migration = builder.Build();
    await migration.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(CancellationToken.None);
    return;
}

builder.AddRedisClient("redis", configureOptions: redis => redis.AbortOnConnectFail = false);
builder.AddSpending();
builder.AddChat();
builder.AddSpeech();
builder.AddVision();
builder.AddWebhooks();
builder.AddFlashcards();
builder.AddJobWorker();

var app = builder.Build();
app.MapDefaultEndpoints();
app.Run();
