using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Monitoring.ServiceDefaults.Storage;

namespace Monitoring.ServiceDefaults.Bulk;

/// <summary>Registers group commits.</summary>
public static class GroupCommitRegistration
{
    /// <summary>Registers <typeparamref name="TWriter"/> and the <see cref="GroupCommit{TItem,TResult}"/> that runs it, once the database is there.</summary>
    public static IServiceCollection AddGroupCommit<TItem, TResult, TWriter>(this IServiceCollection services, Func<IServiceProvider, GroupLimits>? limits = null)
        where TWriter : class, IGroupWriter<TItem, TResult>
    {
        services.AddSingleton<IGroupWriter<TItem, TResult>, TWriter>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<GroupCommit<TItem, TResult>>(provider, limits?.Invoke(provider) ?? new GroupLimits()));
        return services.AddHostedService<GroupCommitService<TItem, TResult>>();
    }

    /// <summary>Stops after everything else has: consumers and requests that are still being worked on wait for their commits.</summary>
    private sealed class GroupCommitService<TItem, TResult>(GroupCommit<TItem, TResult> commit, DatabaseReady ready) : IHostedLifecycleService, IDisposable
    {
        private readonly CancellationTokenSource stopping = new();
        private Task running = Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            running = RunAsync();
            return Task.CompletedTask;
        }

        public async Task StoppedAsync(CancellationToken cancellationToken)
        {
            await stopping.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() => stopping.Dispose();

        private async Task RunAsync()
        {
            await ready.WaitAsync(stopping.Token);
            await commit.RunAsync(stopping.Token);
        }
    }
}
