using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Auditing;
using Pac.BuildingBlocks.Mediation;
using Pac.Dossiers.Contracts;
using Pac.Facilities.Contracts;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Users;

/// <summary>That a user is to hold a role.</summary>
/// <param name="Role" example="ReceptionOfficer">Code of the role.</param>
/// <param name="Scope" example="centre:dak-lak">Over which data: <c>province</c>, <c>centre:…</c>, <c>agency:…</c> or <c>own</c>.</param>
/// <param name="StartsOn">First day; at once when left out.</param>
/// <param name="EndsOn">Last day; until further notice when left out.</param>
internal sealed record AssignmentInput(string Role, string Scope, DateOnly? StartsOn = null, DateOnly? EndsOn = null);

internal sealed class AssignmentInputValidator : AbstractValidator<AssignmentInput>
{
    public AssignmentInputValidator()
    {
        RuleFor(a => a.Role).NotEmpty().MaximumLength(100);
        RuleFor(a => a.Scope).NotEmpty().MaximumLength(80).MatchesWhole("^(province|own|(centre|agency):[A-Za-z0-9.-]{1,60})$");
    }
}

/// <summary>The rules of giving a role to somebody: the same for one act, for a new user and for an import.</summary>
internal sealed class Assigning(IdentityStore db, ISender sender, TimeProvider clock)
{
    private HashSet<string>? _places;
    private Dictionary<string, Role>? _roles;

    /// <exception cref="BusinessRuleException">The role or the place does not exist, or the rights would clash with others.</exception>
    public async Task<RoleAssignment> Assign(User user, AssignmentInput input, string pointer, CancellationToken ct)
    {
        db.User.MustReach(input.Scope);
        MustBeAnother(user);
        var role = await Role(input.Role, ct) ?? throw Refused(IdentityErrors.UnknownRole.With(input.Role), pointer + "/role");
        await MustExist(input.Scope, pointer, ct);
        MustBePeriod(input.StartsOn, input.EndsOn, pointer);
        var assignment = new RoleAssignment
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            UserId = user.Id,
            RoleId = role.Id,
            Scope = input.Scope,
            StartsOn = input.StartsOn,
            EndsOn = input.EndsOn,
        };
        MustFit(user, assignment, pointer);
        user.Assignments.Add(assignment);
        db.Add(assignment);
        db.Touch(user);
        db.Note("Assignment", user.Id.ToString(), Changes.Between(null, Written(assignment, role)));
        return assignment;
    }

    /// <summary>Nobody changes his own rights: separation of duties begins there.</summary>
    public void MustBeAnother(User user)
    {
        if (user.Id.ToString() == db.User.Caller.Subject)
            throw new BusinessRuleException(IdentityErrors.OwnRights);
    }

    public void MustBePeriod(DateOnly? startsOn, DateOnly? endsOn, string pointer)
    {
        if (endsOn < startsOn)
            throw Refused(IdentityErrors.PeriodTurned, pointer + "/endsOn");
        if (endsOn < clock.GetUtcNow().LocalDay())
            throw Refused(IdentityErrors.AlreadyEnded, pointer + "/endsOn");
    }

    /// <summary>What an audit entry says of an assignment.</summary>
    public static object Written(RoleAssignment a, Role role) =>
        new
        {
            Role = role.Name,
            a.Scope,
            a.StartsOn,
            a.EndsOn,
        };

    public async Task<Role?> Role(string name, CancellationToken ct)
    {
        _roles ??= await db.Roles.Include(r => r.Permissions).ToDictionaryAsync(r => r.Name, ct);
        return _roles.GetValueOrDefault(name);
    }

    /// <summary>Checks an assignment against those that hold in the same time: duties apart, and one place per right.</summary>
    public void MustFit(User user, RoleAssignment assignment, string pointer)
    {
        var roles = _roles!.Values.ToDictionary(r => r.Id);
        var held = user.Assignments.Where(a => a.Id != assignment.Id && a.Overlaps(assignment.StartsOn, assignment.EndsOn)).ToList();
        var given = roles[assignment.RoleId].Permissions.ConvertAll(p => p.Permission);
        // One by one: two that are held one after the other do not clash with each other.
        foreach (var other in held)
            if (SeparationOfDuties.FirstIn([.. given, .. roles[other.RoleId].Permissions.Select(p => p.Permission)]) is { } conflict)
                throw Refused(IdentityErrors.DutiesMixed.With(conflict.Vietnamese, conflict.English), pointer + "/role");
        var others = held.SelectMany(a => roles[a.RoleId].Permissions.Select(p => (p.Permission, a.Scope))).ToList();
        // A right reaches over one centre or agency at a time, or over the province.
        var clash = others.Find(o =>
            given.Contains(o.Permission) && IsPlace(o.Scope) && IsPlace(assignment.Scope) && o.Scope != assignment.Scope
        );
        if (clash.Permission is not null)
            throw Refused(IdentityErrors.TwoScopes.With(clash.Permission, clash.Scope), pointer + "/scope");
    }

    private async Task MustExist(string scope, string pointer, CancellationToken ct)
    {
        if (!IsPlace(scope))
            return;
        _places ??=
        [
            .. (await sender.Send(new GetCentres(), ct)).Select(c => $"centre:{c.Code}"),
            .. (await sender.Send(new GetAgencies(), ct)).Select(a => $"agency:{a.Code}"),
        ];
        if (!_places.Contains(scope))
            throw Refused(IdentityErrors.UnknownScope.With(scope), pointer + "/scope");
    }

    private static bool IsPlace(string scope) => scope.Contains(':', StringComparison.Ordinal);

    private static BusinessRuleException Refused(Error error, string pointer) => new(error.At(pointer));
}
