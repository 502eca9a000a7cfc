namespace Features.Files;

/// <summary>A file is there no more, or not all of it.</summary>
internal sealed class FileGoneException() : FileNotFoundException("The uploaded file isn't kept any more: upload it again.");
