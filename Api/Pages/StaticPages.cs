namespace Api.Pages;

/// <summary>The files of <c>wwwroot</c>: the browser client for job events and the page that shows it.</summary>
internal static class StaticPages
{
    // The pages have their scripts and styles in files of their own and talk to nobody but this API.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps every file, with an entity tag and a strict Content-Security-Policy.</summary>
        public void MapPages() => routes.MapStaticAssets().DisableRateLimiting().Add(endpoint =>
        {
            var serve = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context =>
            {
                var headers = context.Response.Headers;
                headers.ContentSecurityPolicy = Policy;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "no-referrer";
                return serve(context);
            };
        });
    }
}
