using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Queueing;
using Queueing.History.Worker;
using StackExchange.Redis;

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff "));
builder.AddHistoryJobs();
builder.AddJobWorker();
builder.Services.AddSingleton(services => new Journal(builder.Configuration["Journal"]!, services.GetRequiredService<TimeProvider>()));
builder.Services.AddSingleton<Snoozed>();
builder.Services.AddSingleton<IConnectionMultiplexer>(
    await ConnectionMultiplexer.ConnectAsync(builder.Configuration.GetConnectionString("redis") + ",abortConnect=false"));
await builder.Build().RunAsync();
