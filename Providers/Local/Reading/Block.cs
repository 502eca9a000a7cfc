namespace Providers.Local.Reading;

internal readonly record struct Block(string Text, bool IsHeading);
