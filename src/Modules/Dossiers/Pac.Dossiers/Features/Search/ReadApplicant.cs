using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Search;

/// <summary>Who applies, in full.</summary>
/// <param name="Kind">What kind of applicant.</param>
/// <param name="Name">Full name, or name of the organisation.</param>
/// <param name="IdentityNumber">Identity number.</param>
/// <param name="Phone">Telephone.</param>
/// <param name="Email">E-mail address.</param>
/// <param name="Address">Postal address.</param>
internal sealed record ApplicantView(
    ApplicantKind Kind,
    string Name,
    string? IdentityNumber,
    string? Phone,
    string? Email,
    string? Address
);

// Reading is an act of its own: it leaves an entry in the access log (Law 91/2025/QH15).
internal sealed record ReadApplicant(Guid Id) : ICommand<ApplicantView>;

internal sealed class ReadApplicantHandler(IRepository<Dossier> dossiers, IAccessLog access) : IRequestHandler<ReadApplicant, ApplicantView>
{
    public async Task<ApplicantView> Handle(ReadApplicant request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), ct);
        access.Record(dossier.Id, "applicant");
        await dossiers.Save(ct);
        var a = dossier.Applicant;
        return new(a.Kind, a.Name, a.IdentityNumber, a.Phone, a.Email, a.Address);
    }
}

internal sealed class ReadApplicantEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossiers/{id}/applicant", Handle).Requires(DossiersPermissions.ReadPersonal);

    /// <summary>Read the applicant in full</summary>
    /// <remarks>Gives the applicant's data unmasked and notes in the access log who read them.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ValueAnswer<ApplicantView>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ReadApplicant(id), ct));
}
