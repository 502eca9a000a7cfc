namespace Providers;

/// <summary>
/// How many processes share the limits of the providers now, this one among them: at least 1; null while that isn't known yet. Asked
/// for when Redis is away, and each process has to keep to its share. Called often: it answers from memory.
/// </summary>
public delegate int? FleetSize();
