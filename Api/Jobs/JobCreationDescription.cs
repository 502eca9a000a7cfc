using System.Reflection;
using System.Text.Json.Nodes;
using Features.Jobs;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Queueing;

namespace Api.Jobs;

/// <summary>
/// Describes what the framework can't see of an endpoint that creates jobs: the headers and the query that
/// <see cref="EnqueueRequest"/> reads, and, where the path names the type, the payloads.
/// </summary>
internal sealed class JobCreationDescription(JobTypes types) : IOpenApiOperationTransformer
{
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var handler = context.Description.ActionDescriptor.EndpointMetadata.OfType<MethodInfo>().FirstOrDefault();
        if (handler?.GetParameters().Any(parameter => parameter.ParameterType == typeof(EnqueueRequest)) != true)
        {
            return;
        }

        var isBatch = handler.Name == nameof(JobCreation.CreateAllAsync);
        operation.Parameters ??= [];
        foreach (var parameter in isBatch ? Common() : [Prefer(), .. Common()])
        {
            operation.Parameters.Add(parameter);
        }

        if (handler.DeclaringType == typeof(JobCreation))
        {
            var payload = new OpenApiSchema { AnyOf = [] };
            foreach (var type in types.All.Where(type => !type.Options.IsInternal).OrderBy(type => type.Name, StringComparer.Ordinal))
            {
                payload.AnyOf.Add(await context.GetOrCreateSchemaAsync(type.ArgsType, null, cancellationToken));
            }

            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Description = "The payload of the job type that the path names.",
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/json"] = new() { Schema = isBatch ? BatchOf(payload) : payload },
                },
            };
        }
    }

    private static OpenApiSchema BatchOf(OpenApiSchema payload) =>
        new() { Type = JsonSchemaType.Array, Items = payload, MinItems = 1, MaxItems = PayloadReader.LargestBatch };

    private static OpenApiParameter Prefer() => Header(
        "Prefer",
        $"wait=N: the finished job, if it ends within N seconds ({EnqueueRequest.LongestWaitSeconds} at most).",
        new() { Type = JsonSchemaType.String, Examples = [JsonValue.Create("wait=10")] });

    private static OpenApiParameter[] Common() =>
    [
        Header(
            EnqueueRequest.KeyHeader,
            "For 24 hours the same key and payload give the first job back.",
            new() { Type = JsonSchemaType.String, MinLength = 1, MaxLength = EnqueueRequest.LongestKey }),
        Query(
            "priority",
            "Higher runs first.",
            new() { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = "10", Default = JsonValue.Create(EnqueueOptions.DefaultPriority) }),
        Query("delayMs", "Not before this many milliseconds from now. Not together with runAt.", new() { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "0" }),
        Query("runAt", "Not before this time.", Time()),
        Query("expiresAt", "Not begun by this time, the job fails as expired.", Time()),
        Query(
            "callbackUrl",
            "Where the status document is posted when the job ends, signed as Standard Webhooks says; its host must be one of those that may be called.",
            new() { Type = JsonSchemaType.String, Format = "uri" }),
    ];

    private static OpenApiSchema Time() => new() { Type = JsonSchemaType.String, Format = "date-time" };

    private static OpenApiParameter Header(string name, string description, OpenApiSchema schema) =>
        new() { Name = name, In = ParameterLocation.Header, Description = description, Schema = schema };

    private static OpenApiParameter Query(string name, string description, OpenApiSchema schema) =>
        new() { Name = name, In = ParameterLocation.Query, Description = description, Schema = schema };
}
