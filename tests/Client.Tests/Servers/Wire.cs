namespace Client.Tests;

/// <summary>Events and documents as the server writes them.</summary>
internal static class Wire
{
    public const string Retry = "retry: 1000\n\n";

    public static string Event(string name, string id, string data) => $"event: {name}\nid: {id}\ndata: {data}\n\n";

    public static string Delta(Guid jobId, string id, int attempt, int offset, string text) =>
        Event("delta", id, $$"""{"jobId":"{{jobId}}","attempt":{{attempt}},"offset":{{offset}},"text":"{{text}}"}""");

    public static string Completed(Guid jobId, string id, string result = "{}") =>
        Event("completed", id, $$"""{"jobId":"{{jobId}}","result":{{result}}}""");

    public static string Active(Guid jobId, string id, int attempt = 1) =>
        Event("active", id, $$"""{"jobId":"{{jobId}}","attempt":{{attempt}},"maxAttempts":3}""");

    public static string Status(Guid jobId, string status = "active", string result = "null", int progress = 0, int minute = 0) => $$"""
        {"jobId":"{{jobId}}","type":"story","queue":"stories","status":"{{status}}","progress":{{progress}},"attempt":1,"maxAttempts":3,"priority":5,
        "createdAt":"2030-01-01T00:{{minute:00}}:00Z","runAt":"2030-01-01T00:00:00Z","startedAt":null,"finishedAt":null,"result":{{result}},"error":null,"usage":null}
        """.ReplaceLineEndings("");
}
