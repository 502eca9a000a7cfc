using Aspire.Hosting.ApplicationModel;

namespace Embedded.Hosting;

internal static class ResourceFacts
{
    extension(IResource resource)
    {
        public int ReplicaCount => resource.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1;

        public IEnumerable<EndpointAnnotation> Endpoints => resource.Annotations.OfType<EndpointAnnotation>();

        public string ReplicaId(int replica) => resource.ReplicaCount == 1 ? resource.Name : $"{resource.Name}-{replica + 1}";

        /// <summary>What must be up for it to start, and therefore stops after it.</summary>
        public IEnumerable<IResource> Dependencies => resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource)
            .Concat(resource is IResourceWithParent<IResource> child ? [child.Parent] : []);

        public UrlSnapshot[] Urls(int replica) => [.. resource.Endpoints.Select(endpoint =>
        {
            var url = new ResourceUrlAnnotation { Url = endpoint.Url(replica) };
            foreach (var change in resource.Annotations.OfType<UrlCallbackAnnotation>().Where(change => change.EndpointName == endpoint.Name))
            {
                change.Callback(url);
            }
            return new UrlSnapshot(endpoint.Name, url.Url, url.DisplayText);
        })];
    }
}
