using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

internal sealed record GetField(string Code) : IQuery<Versioned<FieldView>>;

internal sealed class GetFieldHandler(DossiersDbContext db) : IRequestHandler<GetField, Versioned<FieldView>>
{
    public async Task<Versioned<FieldView>> Handle(GetField request, CancellationToken ct)
    {
        var field =
            await db.Fields.AsNoTracking().FirstOrDefaultAsync(f => f.Code == request.Code, ct) ?? throw new NotFoundException("field");
        return new(new(field.Code, field.Name, field.NameEn), field.Version);
    }
}

internal sealed class GetFieldEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/fields/{code}", Handle).AllowsAnonymous();

    /// <summary>Read a field</summary>
    /// <remarks>Gives a field of the catalogue with its name in both languages.</remarks>
    /// <param name="code">Code of the field.</param>
    private static async Task<ItemAnswer<FieldView>> Handle(string code, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetField(code), ct));
}
