namespace Aspire.Hosting.ApplicationModel;

public sealed class DistributedApplicationModel(IResourceCollection resources)
{
    public IResourceCollection Resources => resources;
}
