using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using OpenIddict.Abstractions;
using Pac.BuildingBlocks.Auditing;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using Pac.Identity.Protocol;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Clients;

/// <summary>How a secret is replaced.</summary>
/// <param name="OverlapHours" example="24">Hours for which the older secrets go on, so that nothing is interrupted; 0 to 720.</param>
internal sealed record SecretRotation(int OverlapHours = 24);

internal sealed record IssueClientSecret(Guid Id, uint Seen, SecretRotation Rotation) : ICommand<Versioned<IssuedSecret>>;

/// <summary>A secret that was just made.</summary>
/// <param name="Client">The registration as it is now.</param>
/// <param name="Secret">The secret, shown this once and kept nowhere; left out when the answer is repeated.</param>
internal sealed record IssuedSecret(ClientView Client, [property: JsonConverter(typeof(ShownOnce))] string? Secret);

internal sealed class IssueClientSecretValidator : AbstractValidator<IssueClientSecret>
{
    public IssueClientSecretValidator() =>
        RuleFor(c => c.Rotation.OverlapHours).InclusiveBetween(0, 720).OverridePropertyName("overlapHours");
}

internal sealed class IssueClientSecretHandler(IdentityStore db, ClientRules rules, ClientSecrets secrets, TimeProvider clock)
    : IRequestHandler<IssueClientSecret, Versioned<IssuedSecret>>
{
    public async Task<Versioned<IssuedSecret>> Handle(IssueClientSecret request, CancellationToken ct)
    {
        rules.MustCoverProvince();
        var client = await db.Registered(request.Id, request.Seen, ct);
        if (client.ClientType == OpenIddictConstants.ClientTypes.Public)
            throw new BusinessRuleException(IdentityErrors.NoSecrets);
        var secret = await secrets.Issue(client, TimeSpan.FromHours(request.Rotation.OverlapHours), ct);
        client.ConcurrencyToken = Guid.CreateVersion7().ToString();
        db.Note("Client", client.ClientId!, Changes.Between(null, new { Secret = secret.Entry.Id, request.Rotation.OverlapHours }));
        await db.SaveChangesAsync(ct);
        return new(new((await db.Views([client], clock.GetUtcNow(), ct))[0], secret.Plain), client.Version);
    }
}

internal sealed class IssueClientSecretEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/clients/{id}/secrets", Handle).Requires(IdentityPermissions.ManageClients);

    /// <summary>Issue a client secret</summary>
    /// <remarks>Gives an application a new secret, in this answer only; the older ones go on for the overlap and then end.</remarks>
    /// <param name="id">Identifier of the registration.</param>
    private static async Task<ItemAnswer<IssuedSecret>> Handle(
        Guid id,
        SecretRotation rotation,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new IssueClientSecret(id, ifMatch.Version, rotation), ct));
}
