using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Users;

/// <summary>Users and their roles from a list, all or none.</summary>
/// <param name="Csv">The list: a header line, then one line per role of a user.</param>
/// <param name="DryRun">Whether only to say what would happen.</param>
internal sealed record ImportUsers(string Csv, bool DryRun) : ICommand<UserImportReport>;

/// <summary>What an import did, or would do.</summary>
/// <param name="Done">Whether it was done; nothing is done in a dry run or when a line is wrong.</param>
/// <param name="Rows">Lines read, without the header.</param>
/// <param name="Created">New users.</param>
/// <param name="Assigned">Roles given.</param>
/// <param name="Unchanged">Lines that say what is so already.</param>
/// <param name="Errors">What is wrong; at most 200 are listed.</param>
internal sealed record UserImportReport(
    bool Done,
    int Rows,
    int Created,
    int Assigned,
    int Unchanged,
    IReadOnlyList<UserImportError> Errors
);

/// <summary>Why a line cannot be taken.</summary>
/// <param name="Line">Number of the line in the file, from 1 with the header.</param>
/// <param name="Column">Column at fault; left out when it is the whole line.</param>
/// <param name="Code">Stable machine word.</param>
/// <param name="Detail">What is wrong, in the reader's language.</param>
internal sealed record UserImportError(int Line, string? Column, string Code, string Detail);

internal sealed class ImportUsersValidator : AbstractValidator<ImportUsers>
{
    public ImportUsersValidator() => RuleFor(c => c.Csv).NotEmpty().MaximumLength(2_000_000);
}

internal sealed class ImportUsersHandler(IdentityStore db, Assigning assigning, TimeProvider clock)
    : IRequestHandler<ImportUsers, UserImportReport>
{
    private const int MostErrors = 200;
    private readonly CreateUserValidator _shape = new();
    private readonly AssignmentInputValidator _assignmentShape = new();

    public async Task<UserImportReport> Handle(ImportUsers request, CancellationToken ct)
    {
        var rows = UserList.Read(request.Csv);
        var names = rows.Select(r => r.UserName.ToUpperInvariant()).Distinct().ToList();
        var users = await db
            .Users.Include(u => u.Assignments)
            .Where(u => names.Contains(u.NormalizedUserName!))
            .ToDictionaryAsync(u => u.NormalizedUserName!, ct);
        var roles = await db.Roles.ToDictionaryAsync(r => r.Id, r => r.Name, ct);
        List<UserImportError> errors = [];
        var (created, assigned, unchanged) = (0, 0, 0);
        foreach (var row in rows)
        {
            if (ShapeFaults(row) is { Count: > 0 } faults)
            {
                errors.AddRange(faults);
                continue;
            }
            var isNew = !users.TryGetValue(row.UserName.ToUpperInvariant(), out var user);
            try
            {
                if (user is not null)
                    db.MustGovern(user);
                user ??= users[row.UserName.ToUpperInvariant()] = CreateUserHandler.Make(db, clock.GetUtcNow(), row.User);
                created += isNew ? 1 : 0;
                if (row.Assignment is not { } wanted)
                    unchanged += isNew ? 0 : 1;
                else if (
                    user.Assignments.Exists(a =>
                        roles[a.RoleId] == wanted.Role
                        && a.Scope == wanted.Scope
                        && a.StartsOn == wanted.StartsOn
                        && a.EndsOn == wanted.EndsOn
                    )
                )
                    unchanged++;
                else
                {
                    await assigning.Assign(user, wanted, "", ct);
                    assigned++;
                }
                if (row.Assignment is null && isNew)
                    db.User.MustReach("province");
            }
            catch (BusinessRuleException refused)
            {
                errors.Add(
                    new(
                        row.Line,
                        refused.Error.Pointer?.TrimStart('/'),
                        refused.Error.Code,
                        refused.Error.TextFor(System.Globalization.CultureInfo.CurrentUICulture)
                    )
                );
            }
        }
        var report = new UserImportReport(
            !request.DryRun && errors.Count == 0,
            rows.Count,
            created,
            assigned,
            unchanged,
            [.. errors.Take(MostErrors)]
        );
        if (report.Done)
            await db.SaveChangesAsync(ct);
        else
            db.ChangeTracker.Clear();
        return report;
    }

    private List<UserImportError> ShapeFaults(UserListRow row)
    {
        var failures = _shape
            .Validate(row.User)
            .Errors.Concat(row.Assignment is null ? [] : _assignmentShape.Validate(row.Assignment).Errors);
        return
        [
            .. row.Faults,
            .. failures.Select(f => new UserImportError(
                row.Line,
                char.ToLowerInvariant(f.PropertyName[0]) + f.PropertyName[1..],
                "invalid",
                f.ErrorMessage
            )),
        ];
    }
}

internal sealed class ImportUsersEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/user-imports", Handle).Requires(IdentityPermissions.ManageUsers).Accepts<Stream>("text/csv");

    /// <summary>Import users</summary>
    /// <remarks>Takes users and their roles as CSV in UTF-8 with the columns userName, displayName, email, phone, role, scope, startsOn and endsOn, at most 2,000 lines: all of them or, when a line is wrong, none. New users are invited by letter.</remarks>
    /// <param name="dryRun">Whether only to say what would happen; true when left out.</param>
    private static async Task<ValueAnswer<UserImportReport>> Handle(bool? dryRun, HttpContext http, ISender sender, CancellationToken ct)
    {
        if (http.Request.GetTypedHeaders().ContentType?.MediaType.Value?.ToLowerInvariant() != "text/csv")
            throw new BadHttpRequestException("import", StatusCodes.Status415UnsupportedMediaType);
        using var reader = new StreamReader(http.Request.Body, new System.Text.UTF8Encoding(false, true));
        string csv;
        try
        {
            csv = await reader.ReadToEndAsync(ct);
        }
        catch (System.Text.DecoderFallbackException)
        {
            throw InvalidRequestException.Body("", "not-utf-8", "Tệp không phải UTF-8.", "The file is not UTF-8.");
        }
        return new(await sender.Send(new ImportUsers(csv, dryRun ?? true), ct));
    }
}
