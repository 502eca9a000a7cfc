using System.Globalization;

namespace Queueing.History.Tests.Recording;

/// <summary>Reads the workers' journals, one file a process.</summary>
internal static class JournalReader
{
    public const string Extension = ".journal";

    public static IReadOnlyList<Begun> Read(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*" + Extension).SelectMany(ReadFile).OrderBy(begun => begun.BeganAt)];

    private static List<Begun> ReadFile(string path)
    {
        var processId = 0;
        var begun = new List<Begun>();
        var open = new Dictionary<(Guid, int), Queue<int>>();
        foreach (var line in File.ReadLines(path))
        {
            var words = line.Split(' ');
            if (words is [Journal.ProcessWord, var id])
            {
                processId = int.Parse(id, CultureInfo.InvariantCulture);
                continue;
            }

            var at = new DateTimeOffset(long.Parse(words[1], CultureInfo.InvariantCulture), TimeSpan.Zero);
            var key = (JobId: Guid.Parse(words[2]), Attempt: int.Parse(words[3], CultureInfo.InvariantCulture));
            if (words[0] == Journal.BeganWord)
            {
                open.TryAdd(key, new());
                open[key].Enqueue(begun.Count);
                begun.Add(new(processId, key.JobId, key.Attempt, at, EndedAt: null));
            }
            else
            {
                var place = open[key].Dequeue();
                begun[place] = begun[place] with { EndedAt = at };
            }
        }

        return begun;
    }
}
