using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Auditing;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Clients;

internal sealed record ChangeClient(Guid Id, uint Seen, ClientSettings Settings) : ICommand<Versioned<ClientView>>, IChangesRights;

internal sealed class ChangeClientValidator : AbstractValidator<ChangeClient>
{
    public ChangeClientValidator() => RuleFor(c => c.Settings).SetValidator(new ClientSettingsValidator()).OverridePropertyName("");
}

internal sealed class ChangeClientHandler(IdentityStore db, ClientRules rules, TimeProvider clock)
    : IRequestHandler<ChangeClient, Versioned<ClientView>>
{
    public async Task<Versioned<ClientView>> Handle(ChangeClient request, CancellationToken ct)
    {
        rules.MustCoverProvince();
        var client = await db.Registered(request.Id, request.Seen, ct);
        var before = (await db.Views([client], clock.GetUtcNow(), ct))[0];
        await rules.Apply(client, before.Kind, request.Settings, ct);
        await rules.Grant(client.ClientId!, request.Settings.Grants ?? [], ct);
        db.Note("Client", client.ClientId!, Changes.Between(Written(before), request.Settings));
        await db.SaveChangesAsync(ct);
        return new((await db.Views([client], clock.GetUtcNow(), ct))[0], client.Version);
    }

    private static ClientSettings Written(ClientView v) =>
        new(
            v.Name,
            v.Owner,
            v.Scopes,
            v.RedirectAddresses,
            v.SignOutAddresses,
            v.Grants,
            v.RateLimitPerMinute,
            v.MustSendIdempotencyKey,
            v.Keys
        );
}

internal sealed class ChangeClientEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/clients/{id}", Handle).Requires(IdentityPermissions.ManageClients);

    /// <summary>Change a client</summary>
    /// <remarks>Sets everything about an application but its name in the protocol and its kind. It takes effect within seconds on every host.</remarks>
    /// <param name="id">Identifier of the registration.</param>
    private static async Task<ItemAnswer<ClientView>> Handle(
        Guid id,
        ClientSettings settings,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ChangeClient(id, ifMatch.Version, settings), ct));
}
