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
/// <param name="Owner">Whose affair it is, when it is not the applicant's own.</param>
/// <param name="Representative">Who acts for the applicant.</param>
/// <param name="Authorisation">By what the representative may act, or the applicant for the owner.</param>
/// <param name="Capacity">In what capacity the applicant files for the owner.</param>
internal sealed record ApplicantView(
    ApplicantKind Kind,
    string Name,
    string? IdentityNumber,
    string? Phone,
    string? Email,
    string? Address,
    PartyView? Owner,
    PartyView? Representative,
    AuthorisationView? Authorisation,
    Capacity? Capacity
)
{
    public static ApplicantView Of(Dossier d, IIdentityNumbers numbers) =>
        new(
            d.Applicant.Kind,
            d.Applicant.Name,
            numbers.Open(d.Applicant.IdentitySealed),
            d.Applicant.Phone,
            d.Applicant.Email,
            d.Applicant.Address,
            PartyView.Of(d.Parties?.Owner, numbers),
            PartyView.Of(d.Parties?.Representative, numbers),
            d.Parties?.Authorisation is { } a ? new(a.Number, a.Date, a.ValidUntil) : null,
            d.Parties?.Capacity
        );
}

/// <summary>Somebody else who has a part in a dossier, in full.</summary>
/// <param name="Kind">What kind of person or body.</param>
/// <param name="Name">Full name, or name of the organisation.</param>
/// <param name="IdentityNumber">Identity number.</param>
/// <param name="Phone">Telephone.</param>
/// <param name="Address">Postal address.</param>
internal sealed record PartyView(ApplicantKind Kind, string Name, string? IdentityNumber, string? Phone, string? Address)
{
    public static PartyView? Of(Party? party, IIdentityNumbers numbers) =>
        party is null ? null : new(party.Kind, party.Name, numbers.Open(party.IdentityNumber?.Sealed), party.Phone, party.Address);
}

/// <summary>By what a representative may act.</summary>
/// <param name="Number">Number of the document.</param>
/// <param name="Date">Its date.</param>
/// <param name="ValidUntil">Last day it is valid; left out when it states none.</param>
internal sealed record AuthorisationView(string Number, DateOnly Date, DateOnly? ValidUntil);

// Reading is an act of its own: it leaves an entry in the access log (Law 91/2025/QH15).
internal sealed record ReadApplicant(Guid Id) : ICommand<ApplicantView>;

internal sealed class ReadApplicantHandler(IRepository<Dossier> dossiers, IIdentityNumbers numbers, IAccessLog access)
    : IRequestHandler<ReadApplicant, ApplicantView>
{
    public async Task<ApplicantView> Handle(ReadApplicant request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), ct);
        access.Record(dossier.Id, "applicant");
        await dossiers.Save(ct);
        return ApplicantView.Of(dossier, numbers);
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
