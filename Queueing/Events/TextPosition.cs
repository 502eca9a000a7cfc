namespace Queueing.Events;

/// <summary>A place in the text that an attempt writes: what comes before it, in UTF-16 code units and in bytes of UTF-8.</summary>
internal readonly record struct TextPosition(int Length, int Bytes);
