using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Auditing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using Pac.Identity.Protocol;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Clients;

/// <summary>A new application.</summary>
/// <param name="ClientId" example="xa-ea-kao-portal">Name it calls itself by: lower-case letters, digits and hyphens.</param>
/// <param name="Kind">What kind of application it is; it cannot be changed afterwards.</param>
/// <param name="Settings">Everything else.</param>
internal sealed record RegisterClient(string ClientId, ClientKind Kind, ClientSettings Settings)
    : ICommand<Versioned<RegisteredClient>>,
        IChangesRights;

/// <summary>An application as it was registered, with its first secret.</summary>
/// <param name="Id">Identifier of the registration.</param>
/// <param name="Client">The registration.</param>
/// <param name="Secret">Its secret, shown this once and kept nowhere; left out for an application without one, and when the answer is repeated.</param>
internal sealed record RegisteredClient(Guid Id, ClientView Client, [property: JsonConverter(typeof(ShownOnce))] string? Secret);

internal sealed class RegisterClientValidator : AbstractValidator<RegisterClient>
{
    public RegisterClientValidator()
    {
        RuleFor(c => c.ClientId).NotEmpty().MaximumLength(60).MatchesWhole("^[a-z][a-z0-9-]{2,59}$");
        RuleFor(c => c.Settings).NotNull().SetValidator(new ClientSettingsValidator());
    }
}

internal sealed class RegisterClientHandler(IdentityStore db, ClientRules rules, ClientSecrets secrets, TimeProvider clock)
    : IRequestHandler<RegisterClient, Versioned<RegisteredClient>>
{
    public async Task<Versioned<RegisteredClient>> Handle(RegisterClient request, CancellationToken ct)
    {
        rules.MustCoverProvince();
        if (await db.Set<Client>().AnyAsync(c => c.ClientId == request.ClientId, ct))
            throw new BusinessRuleException(IdentityErrors.NameTaken.At("/clientId"));
        var now = clock.GetUtcNow();
        var client = new Client
        {
            Id = Guid.CreateVersion7(now),
            ClientId = request.ClientId,
            CreatedAt = now,
        };
        try
        {
            await rules.Apply(client, request.Kind, request.Settings, ct);
            await rules.Grant(request.ClientId, request.Settings.Grants ?? [], ct);
        }
        catch (BusinessRuleException refused) when (refused.Error.Pointer is { } pointer)
        {
            throw new BusinessRuleException(refused.Error.At("/settings" + pointer));
        }
        db.Add(client);
        // Keys of its own make a secret needless.
        var secret =
            request.Kind == ClientKind.Browser || request.Settings.Keys is not null ? null : await secrets.Issue(client, default, ct);
        db.Note("Client", client.ClientId, Changes.Between(null, new { request.Kind, request.Settings }));
        await db.SaveChangesAsync(ct);
        return new(new(client.Id, (await db.Views([client], now, ct))[0], secret?.Plain), client.Version);
    }
}

internal sealed class RegisterClientEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/clients", Handle).Requires(IdentityPermissions.ManageClients);

    /// <summary>Register a client</summary>
    /// <remarks>Registers an application of a third party. The secret is in this answer only.</remarks>
    private static async Task<CreatedAnswer<RegisteredClient>> Handle(RegisterClient command, ISender sender, CancellationToken ct)
    {
        var client = await sender.Send(command, ct);
        return new($"/api/v1/clients/{client.Item.Id}", client);
    }
}
