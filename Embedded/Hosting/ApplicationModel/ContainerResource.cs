namespace Aspire.Hosting.ApplicationModel;

/// <summary>A server that is a container in Aspire. Here it is a process of this machine.</summary>
public abstract class ContainerResource(string name, ParameterResource password) : Resource(name), IResourceWithEndpoints, IResourceWithWaitSupport
{
    public ParameterResource PasswordParameter => password;

    public EndpointReference PrimaryEndpoint => field ??= new(this, "tcp");

    private protected EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

    private protected EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);
}
