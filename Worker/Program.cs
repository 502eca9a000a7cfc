using Features.Assessments;
using Features.Assistants;
using Features.Documents.Reading;
using Features.Documents;
using Features.Flashcards;
using Features.Images;
using Features.Lessons;
using Features.PdfFlashcards;
using Features.Persona;
using Features.Profiles;
using Features.Pronunciation;
using Features.SampleCourses;
using Features.Tutor;
using Features.Webhooks;
using Providers;
using Queueing;
using ServiceDefaults;

// A PDF is read by a process of its own: see PdfReadingOptions.
if (args is [PdfReadingProgram.Verb, ..])
{
    return PdfReadingProgram.Run(args);
}

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddNpgsqlDataSource("jobs", configureDataSourceBuilder: database =>
{
    database.TraceWithinOperations();
    database.LimitConnections(20);
});
builder.AddJobQueue("jobs");
builder.AddBudget();
builder.AddWebhooks();
builder.AddFlashcards();
builder.AddDocuments();
builder.AddPdfFlashcards();
builder.AddAssistants();
builder.AddAssessments();
builder.AddLessons();
builder.AddTutor();
builder.AddPersonas();
builder.AddProfileTables();
builder.AddPronunciation();
builder.AddImages();

if (args is ["migrate", ..])
{
    builder.AddSamples();
    using var migration = builder.Build();
    await migration.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(CancellationToken.None);
    if (builder.Environment.IsDevelopment())
    {
        await migration.Services.GetRequiredService<SampleData>().AddAsync(CancellationToken.None);
    }

    return 0;
}

builder.AddRedisClient("redis", configureOptions: redis => redis.AbortOnConnectFail = false);
builder.AddSpending();
builder.AddChat();
builder.AddEmbeddings();
builder.AddDocumentReading();
builder.AddSpeech();
builder.AddVision();
builder.AddJobWorker();

var app = builder.Build();
app.MapDefaultEndpoints();
app.Run();
return 0;
