using Api.Budgets;
using Api.Circuits;
using Api.Events;
using Api.Jobs;
using Api.Limits;
using Api.Operations;
using Api.Pages;
using Api.SignIn;
using Features.Assessments;
using Features.Assistants;
using Features.Courses;
using Features.Documents;
using Features.Flashcards;
using Features.Images;
using Features.Jobs;
using Features.Lessons;
using Features.PdfFlashcards;
using Features.Persona;
using Features.Profiles;
using Features.Pronunciation;
using Features.Tutor;
using Features.Webhooks;
using Providers;
using Queueing;
using ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddProblems();
builder.AddSignIn();
builder.AddCallerLimits();
builder.AddNpgsqlDataSource("jobs", configureDataSourceBuilder: database =>
{
    database.TraceWithinOperations();
    database.LimitConnections(30);
});
builder.AddRedisClient("redis", configureOptions: redis => redis.AbortOnConnectFail = false);
builder.AddJobQueue("jobs");
builder.AddBudget();
builder.AddProviderGuard();
builder.AddJobRequests();
builder.AddJobEndpoints();
builder.AddBudgetEndpoints();
builder.AddWebhooks();
builder.AddFlashcards();
builder.AddCourses();
builder.AddDocuments();
builder.AddPdfFlashcards();
builder.AddAssistants();
builder.AddAssessments();
builder.AddLessons();
builder.AddTutor();
builder.AddPersonas();
builder.AddProfiles();
builder.AddPronunciation();
builder.AddImages();
builder.AddJobEventForwarding();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.Limits.MaxRequestBodySize = 1 << 20; // Bytes: 1 MiB of JSON.
    kestrel.AddServerHeader = false;
});
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Encoder = JobJson.Options.Encoder);
builder.Services.AddOpenApi(document => document
    .AddOperationTransformer<JobCreationDescription>()
    .AddDocumentTransformer<SignInDescription>()
    .AddOperationTransformer<SignInDescription>());

var app = builder.Build();
app.UseProblems();
app.UseAuthentication();
app.UseRateLimiter();
app.UseAuthorization();

app.MapDefaultEndpoints();
app.MapOpenApi().DisableRateLimiting();
app.MapDevelopmentTokens();
app.MapOperations();
app.MapBudget();
app.MapCircuits();
app.MapJobs();
app.MapJobEvents();
app.MapPages();
app.MapCourses();
app.MapLandingAssistant().RequireRateLimiting(CallerLimits.Anonymous);

var features = app.MapGroup("").RequireAuthorization(SignInExtensions.NamedCaller);
features.MapFlashcards();
features.MapDocuments();
features.MapPdfFlashcards();
features.MapAssistant();
features.MapAssessments();
features.MapLessons();
features.MapTutor();
features.MapPersonas();
features.MapProfiles();
features.MapPronunciation();
features.MapImages();
features.MapWebhooks();

app.Run();
