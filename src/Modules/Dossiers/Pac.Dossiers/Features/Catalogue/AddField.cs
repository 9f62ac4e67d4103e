using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

/// <summary>A field that is taken in.</summary>
/// <param name="Code">Its code: lower-case letters, digits and hyphens.</param>
/// <param name="Name">Name, in Vietnamese.</param>
/// <param name="NameEn">Name, in English.</param>
internal sealed record AddField(string Code, string Name, string NameEn) : ICommand<Versioned<FieldView>>;

internal sealed class AddFieldValidator : AbstractValidator<AddField>
{
    public AddFieldValidator()
    {
        RuleFor(c => c.Code).NotEmpty().MaximumLength(40).MatchesWhole("^[a-z0-9-]+$");
        RuleFor(c => c.Name).NotEmpty().MaximumLength(200);
        RuleFor(c => c.NameEn).NotEmpty().MaximumLength(200);
    }
}

internal sealed class AddFieldHandler(IRepository<Field> fields, CurrentUser user) : IRequestHandler<AddField, Versioned<FieldView>>
{
    public async Task<Versioned<FieldView>> Handle(AddField request, CancellationToken ct)
    {
        CatalogueReach.MustCoverProvince(user);
        if (await fields.Any(new FieldWithCode(request.Code), ct))
            throw new BusinessRuleException(CatalogueErrors.AlreadyThere.At("/code"));
        var field = Field.Add(request.Code, request.Name.Trim().Normalize(), request.NameEn.Trim().Normalize());
        fields.Add(field);
        await fields.Save(ct);
        return new(new(field.Code, field.Name, field.NameEn), field.Version);
    }
}

internal sealed class AddFieldEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/fields", Handle).Requires(DossiersPermissions.ManageCatalogue);

    /// <summary>Add a field</summary>
    /// <remarks>Takes in a field that procedures can belong to from then on.</remarks>
    private static async Task<CreatedAnswer<FieldView>> Handle(AddField command, ISender sender, CancellationToken ct)
    {
        var field = await sender.Send(command, ct);
        return new($"/api/v1/fields/{field.Item.Code}", field);
    }
}
