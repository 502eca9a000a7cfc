using System.Security.Claims;

namespace Features.Jobs;

internal static class Caller
{
    extension(ClaimsPrincipal caller)
    {
        /// <summary>The caller's id, which becomes the owner of what it creates. The hosts map features for named callers only.</summary>
        public string CallerId => caller.FindFirstValue(ClaimTypes.NameIdentifier)
            ?? throw new InvalidOperationException("The feature's routes were mapped without requiring a named caller.");

        /// <summary>Whether the caller may see and change what is others'.</summary>
        public bool IsAdministrator => caller.IsInRole("admin");

        /// <summary>Whether the caller may see what belongs to <paramref name="owner"/>; what it may not see doesn't exist for it.</summary>
        public bool MaySee(string owner) => owner == caller.CallerId || caller.IsAdministrator;
    }
}
