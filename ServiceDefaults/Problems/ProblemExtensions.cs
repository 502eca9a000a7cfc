using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ServiceDefaults;

/// <summary>Answers every refusal and every failure with a problem document (RFC 9457).</summary>
public static class ProblemExtensions
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Adds problem documents with a stable type and the request's trace id.</summary>
        public void AddProblems()
        {
            builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = ProblemTypes.Complete);
            builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
            builder.Services.AddSingleton<BodyErrors>();
            builder.Services.AddExceptionHandler<BadRequestHandler>();
            builder.Services.AddExceptionHandler<DatabaseAwayHandler>();
        }
    }

    extension(WebApplication app)
    {
        /// <summary>Puts problem documents where errors would be. Call it before anything that may fail.</summary>
        public void UseProblems()
        {
            app.UseExceptionHandler();
            app.UseStatusCodePages();

            // A refused JSON body that the framework read is read again to name all of its bad fields.
            app.Use((context, next) =>
            {
                if (context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is not null && context.Request.HasJsonContentType())
                {
                    context.Request.EnableBuffering();
                }

                return next(context);
            });
        }
    }
}
