using Microsoft.Extensions.DependencyInjection;
using Pac.BuildingBlocks.Persistence;

namespace Pac.BuildingBlocks;

/// <summary>A module with the context it keeps its data in.</summary>
/// <param name="Module">The module.</param>
/// <param name="ContextType">Its context.</param>
public sealed record ModuleContext(IModule Module, Type ContextType)
{
    /// <summary>The context of this module in a scope.</summary>
    /// <param name="services">The scope.</param>
    public ModuleDbContext Resolve(IServiceProvider services) => (ModuleDbContext)services.GetRequiredService(ContextType);
}

/// <summary>Finds the module a type belongs to.</summary>
/// <param name="modules">The modules of this host.</param>
public sealed class ModuleContexts(IEnumerable<ModuleContext> modules)
{
    private readonly Dictionary<System.Reflection.Assembly, ModuleContext> _byAssembly = modules.ToDictionary(m => m.Module.Assembly);

    /// <summary>The module whose code holds the type.</summary>
    /// <param name="type">A command, handler or entity.</param>
    public ModuleContext Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return _byAssembly[type.Assembly];
    }
}
