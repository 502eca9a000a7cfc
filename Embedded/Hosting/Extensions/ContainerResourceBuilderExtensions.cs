using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class ContainerResourceBuilderExtensions
{
    extension<T>(IResourceBuilder<T> builder) where T : ContainerResource
    {
        /// <summary>Names the image that Aspire runs. No container runs here: the installed PostgreSQL and Garnet serve, so it changes nothing.</summary>
        public IResourceBuilder<T> WithImageTag(string tag)
        {
            ArgumentException.ThrowIfNullOrEmpty(tag);
            return builder;
        }
    }
}
