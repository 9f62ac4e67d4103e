using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

internal sealed record RenameField(string Code, uint Seen, FieldNames Names) : ICommand<Versioned<FieldView>>;

/// <summary>How a field is called.</summary>
/// <param name="Name">Name, in Vietnamese.</param>
/// <param name="NameEn">Name, in English.</param>
internal sealed record FieldNames(string Name, string NameEn);

internal sealed class RenameFieldValidator : AbstractValidator<RenameField>
{
    public RenameFieldValidator() => RuleFor(c => c.Names).SetValidator(new FieldNamesValidator()).OverridePropertyName("");
}

internal sealed class FieldNamesValidator : AbstractValidator<FieldNames>
{
    public FieldNamesValidator()
    {
        RuleFor(n => n.Name).NotEmpty().MaximumLength(200);
        RuleFor(n => n.NameEn).NotEmpty().MaximumLength(200);
    }
}

internal sealed class RenameFieldHandler(IRepository<Field> fields, CurrentUser user) : IRequestHandler<RenameField, Versioned<FieldView>>
{
    public async Task<Versioned<FieldView>> Handle(RenameField request, CancellationToken ct)
    {
        CatalogueReach.MustCoverProvince(user);
        var field = await fields.Get(new FieldWithCode(request.Code), request.Seen, ct);
        field.Rename(request.Names.Name.Trim().Normalize(), request.Names.NameEn.Trim().Normalize());
        await fields.Save(ct);
        return new(new(field.Code, field.Name, field.NameEn), field.Version);
    }
}

internal sealed class RenameFieldEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/fields/{code}", Handle).Requires(DossiersPermissions.ManageCatalogue);

    /// <summary>Rename a field</summary>
    /// <remarks>Gives a field another name. Its code stays, for procedures, dossiers and figures name the field by it.</remarks>
    /// <param name="code">Code of the field.</param>
    private static async Task<ItemAnswer<FieldView>> Handle(
        string code,
        FieldNames names,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new RenameField(code, ifMatch.Version, names), ct));
}
