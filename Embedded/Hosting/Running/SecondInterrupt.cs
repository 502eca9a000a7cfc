using System.Runtime.InteropServices;

namespace Embedded.Hosting;

/// <summary>The first Ctrl+C stops the application in order; who presses it again doesn't want to wait.</summary>
internal sealed class SecondInterrupt : IDisposable
{
    public const string Notice = "Interrupted again: what hasn't stopped yet is killed.";

    private readonly PosixSignalRegistration registration;
    private int interrupts;

    public SecondInterrupt(Action act) => registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref interrupts) > 1)
        {
            Console.Error.WriteLine(Notice);
            act();
        }
    });

    public void Dispose() => registration.Dispose();
}
