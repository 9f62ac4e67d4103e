using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Pac.SharedKernel;

namespace Pac.BuildingBlocks.Persistence;

/// <summary>Stores any strong id as its UUID.</summary>
/// <typeparam name="TId">The strong id.</typeparam>
public sealed class StrongIdConverter<TId>() : ValueConverter<TId, Guid>(id => id.Value, value => Wrap(value))
    where TId : struct, IStrongId<TId>
{
    private static TId Wrap(Guid value) => TId.From(value);
}

internal static class StrongIdConverter
{
    public static void Register(ModelConfigurationBuilder builder, Assembly module)
    {
        foreach (var id in module.GetTypes().Where(t => t.IsValueType && IsStrongId(t)))
            builder.Properties(id).HaveConversion(typeof(StrongIdConverter<>).MakeGenericType(id));
    }

    private static bool IsStrongId(Type type) =>
        Array.Exists(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IStrongId<>));
}
