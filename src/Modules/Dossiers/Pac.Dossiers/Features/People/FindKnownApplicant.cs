using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.People;

/// <summary>Whose data are wanted for a new dossier. It is a command, because looking is noted in the access log.</summary>
/// <param name="IdentityNumber" example="066190000123">The whole identity number, as it stands on the card shown.</param>
/// <param name="ProcedureCode" example="1.004194">The procedure at hand; open dossiers of it are named.</param>
internal sealed record FindKnownApplicant(string IdentityNumber, string? ProcedureCode = null) : ICommand<KnownApplicant>;

/// <summary>What earlier dossiers say of a person, offered so that nobody is asked twice (Decree 118/2025, art. 5).</summary>
/// <param name="Kind">What kind of applicant.</param>
/// <param name="Name">Full name, or name of the organisation.</param>
/// <param name="Phone">Telephone.</param>
/// <param name="Email">E-mail address.</param>
/// <param name="Address">Postal address.</param>
/// <param name="AsOf">When it was stated.</param>
/// <param name="Open">Dossiers for the procedure that the person applies for or is the owner of, and that have not ended; at most 20, newest first.</param>
/// <param name="FoundAs">In which part of that dossier the person was found: as applicant where there is one, else as owner or representative.</param>
internal sealed record KnownApplicant(
    ApplicantKind Kind,
    string Name,
    string? Phone,
    string? Email,
    string? Address,
    DateTimeOffset AsOf,
    IReadOnlyList<OpenDossier> Open,
    PersonPart FoundAs
);

/// <summary>A dossier that has not ended.</summary>
/// <param name="Id">Identifier of the dossier.</param>
/// <param name="Code">Its code.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="ReceivedAt">When it was received.</param>
/// <param name="FoundAs">Whether the person applies for it or is its owner.</param>
internal sealed record OpenDossier(Guid Id, string Code, DossierStatus Status, DateTimeOffset ReceivedAt, PersonPart FoundAs);

internal sealed class FindKnownApplicantValidator : AbstractValidator<FindKnownApplicant>
{
    public FindKnownApplicantValidator()
    {
        RuleFor(s => s.IdentityNumber).NotEmpty().MatchesWhole(PersonalData.KeptNumberPattern);
        RuleFor(s => s.ProcedureCode).MaximumLength(40);
    }
}

internal sealed class FindKnownApplicantHandler(IRepository<Dossier> dossiers, IApplicants applicants, IAccessLog access)
    : IRequestHandler<FindKnownApplicant, KnownApplicant>
{
    public async Task<KnownApplicant> Handle(FindKnownApplicant request, CancellationToken ct)
    {
        var newest = await applicants.Newest(request.IdentityNumber, ct) ?? throw new NotFoundException("applicant");
        var open = request.ProcedureCode is { } procedure ? await applicants.Open(request.IdentityNumber, procedure, ct) : [];
        var (dossier, part) = newest;
        access.Record(dossier.Id, "known-applicant");
        await dossiers.Save(ct);
        var parties = dossier.Parties;
        var party =
            part == PersonPart.Owner ? parties?.Owner
            : part == PersonPart.Representative ? parties?.Representative
            : null;
        var a = dossier.Applicant;
        // What a dossier says of an owner or a representative has no address for letters.
        return new(
            party?.Kind ?? a.Kind,
            party?.Name ?? a.Name,
            party is null ? a.Phone : party.Phone,
            party is null ? a.Email : null,
            party is null ? a.Address : party.Address,
            dossier.ReceivedAt,
            [.. open.Select(o => new OpenDossier(o.Dossier.Id.Value, o.Dossier.Code, o.Dossier.Status, o.Dossier.ReceivedAt, o.Part))],
            part
        );
    }
}

internal sealed class FindKnownApplicantEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/known-applicants", Handle).Requires(DossiersPermissions.ReadPersonal);

    /// <summary>Look up a known applicant</summary>
    /// <remarks>Gives what the newest dossier that the caller may see says of a person, and notes in the access log who looked.</remarks>
    private static async Task<ValueAnswer<KnownApplicant>> Handle(FindKnownApplicant question, ISender sender, CancellationToken ct) =>
        new(await sender.Send(question, ct));
}
