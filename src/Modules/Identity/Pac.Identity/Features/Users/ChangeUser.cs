using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Users;

/// <summary>What may be changed about a user.</summary>
/// <param name="DisplayName">Name to show.</param>
/// <param name="Email">E-mail address; a new one has to be confirmed by the user.</param>
/// <param name="Phone">Telephone number.</param>
internal sealed record UserDescription(string DisplayName, string? Email = null, string? Phone = null);

internal sealed record ChangeUser(Guid Id, uint Seen, UserDescription Description) : ICommand<Versioned<UserView>>;

internal sealed class ChangeUserValidator : AbstractValidator<ChangeUser>
{
    public ChangeUserValidator()
    {
        RuleFor(c => c.Description.DisplayName).NotEmpty().MaximumLength(200).OverridePropertyName("displayName");
        RuleFor(c => c.Description.Email).MaximumLength(254).MatchesWhole(Contact.EmailPattern).OverridePropertyName("email");
        RuleFor(c => c.Description.Phone).MaximumLength(20).MatchesWhole(Contact.PhonePattern).OverridePropertyName("phone");
    }
}

internal sealed class ChangeUserHandler(IdentityStore db, TimeProvider clock) : IRequestHandler<ChangeUser, Versioned<UserView>>
{
    public async Task<Versioned<UserView>> Handle(ChangeUser request, CancellationToken ct)
    {
        var user = await db.Governed(request.Id, request.Seen, ct);
        var (name, email, phone) = (user.DisplayName, user.Email, user.PhoneNumber);
        var wanted = request.Description;
        user.Describe(wanted.DisplayName, wanted.Email, wanted.Phone, clock.GetUtcNow());
        // Which members changed, never the personal values themselves.
        string[] changed =
        [
            .. new[]
            {
                name != user.DisplayName ? "displayName" : null,
                email != user.Email ? "email" : null,
                phone != user.PhoneNumber ? "phone" : null,
            }.OfType<string>(),
        ];
        db.Note(
            "User",
            user.Id.ToString(),
            System.Text.Json.JsonSerializer.Serialize(changed.ToDictionary(c => c, _ => Array.Empty<string>()))
        );
        await db.SaveChangesAsync(ct);
        return await new GetUserHandler(db).Handle(new(user.Id), ct);
    }
}

internal sealed class ChangeUserEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPatch("/users/{id}", Handle).Requires(IdentityPermissions.ManageUsers);

    /// <summary>Change a user</summary>
    /// <remarks>Changes the members given in a JSON Merge Patch; the others stay.</remarks>
    /// <param name="id">Identifier of the user.</param>
    private static async Task<ItemAnswer<UserView>> Handle(
        Guid id,
        MergePatch<UserDescription> patch,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    )
    {
        var present = (await sender.Send(new GetUser(id), ct)).Item;
        var wanted = patch.Apply(new(present.DisplayName, present.Email, present.Phone));
        return new(await sender.Send(new ChangeUser(id, ifMatch.Version, wanted), ct));
    }
}
