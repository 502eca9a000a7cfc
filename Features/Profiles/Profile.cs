namespace Features.Profiles;

/// <summary>A profile, and whether it was in memory.</summary>
public sealed record ProfileAnswer(Profile Profile, bool Cached);

/// <summary>All that a learner's first page shows.</summary>
/// <param name="User">Who it is.</param>
/// <param name="Lessons">The newest lessons, the newest first.</param>
/// <param name="Progress">The courses that were begun.</param>
/// <param name="ManifestUrl">Where the list of what can be kept offline is.</param>
/// <param name="Stats">Counts.</param>
public sealed record Profile(
    ProfileUser User, IReadOnlyList<ProfileLesson> Lessons, IReadOnlyList<CourseProgress> Progress, string ManifestUrl, ProfileStats Stats);

/// <summary>A learner. Of one who never said a name only the id is known.</summary>
public sealed record ProfileUser(string Id, string? Name, DateTimeOffset? CreatedAt);

/// <summary>A lesson that was made for a learner.</summary>
/// <param name="JobId">The job that made it, by which its text is found.</param>
/// <param name="Title">Its title.</param>
/// <param name="Subject">The field.</param>
/// <param name="Topic">The topic within it.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record ProfileLesson(Guid JobId, string Title, string Subject, string Topic, DateTimeOffset CreatedAt);

/// <summary>How far a learner is in a course.</summary>
/// <param name="CourseId">The course.</param>
/// <param name="Title">Its title.</param>
/// <param name="Percent">The mean of its topics.</param>
/// <param name="Topics">All of its topics.</param>
public sealed record CourseProgress(Guid CourseId, string Title, int Percent, IReadOnlyList<TopicProgress> Topics);

/// <summary>How far a learner is in a topic.</summary>
public sealed record TopicProgress(Guid TopicId, string Title, int Percent);

/// <summary>Counts of what a learner did.</summary>
/// <param name="Lessons">Lessons that were made.</param>
/// <param name="TopicsFinished">Topics at 100 percent.</param>
/// <param name="Answers">Answers to tests' questions.</param>
/// <param name="RightAnswers">Those that are right.</param>
public sealed record ProfileStats(long Lessons, long TopicsFinished, long Answers, long RightAnswers);

/// <summary>What a learner's device may keep for when there is no connection.</summary>
/// <param name="Items">What to fetch.</param>
public sealed record Manifest(IReadOnlyList<ManifestItem> Items);

/// <summary>A thing to keep.</summary>
/// <param name="Kind">"lesson" or "course".</param>
/// <param name="Title">Its title.</param>
/// <param name="Url">Where it is.</param>
public sealed record ManifestItem(string Kind, string Title, string Url);
