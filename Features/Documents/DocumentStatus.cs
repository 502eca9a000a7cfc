namespace Features.Documents;

/// <summary>How far a document is.</summary>
internal static class DocumentStatus
{
    public const string Pending = "PENDING";
    public const string Processing = "PROCESSING";
    public const string Completed = "COMPLETED";
    public const string Failed = "FAILED";
}
