using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Users;

/// <summary>Users and their roles from a list, all or none.</summary>
/// <param name="Csv">The list: a header line, then one line per role of a user.</param>
/// <param name="DryRun">Whether only to say what would happen.</param>
internal sealed record ImportUsers(string Csv, bool DryRun) : ICommand<UserImportReport>, IChangesRights;

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
    private const string Before = "before_import";
    private const int Piece = 500;
    private readonly CreateUserValidator _shape = new();
    private readonly AssignmentInputValidator _assignmentShape = new();

    public async Task<UserImportReport> Handle(ImportUsers request, CancellationToken ct)
    {
        var rows = UserList.Read(request.Csv);
        var roles = await db.Roles.AsNoTracking().ToDictionaryAsync(r => r.Id, r => r.Name, ct);
        var tally = new Tally();
        // All of it is written, in pieces, so that memory stays flat; and taken back unless it is to stay.
        var transaction = db.Database.CurrentTransaction!;
        await transaction.CreateSavepointAsync(Before, ct);
        foreach (var piece in rows.Chunk(Piece))
        {
            await Take(piece, roles, tally, ct);
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
        }
        var done = !request.DryRun && tally.Errors.Count == 0;
        if (!done)
            await transaction.RollbackToSavepointAsync(Before, ct);
        return new(done, rows.Count, tally.Created, tally.Assigned, tally.Unchanged, tally.Errors);
    }

    private async Task Take(UserListRow[] rows, Dictionary<Guid, string> roles, Tally tally, CancellationToken ct)
    {
        var names = rows.Select(r => r.UserName.ToUpperInvariant()).Distinct().ToList();
        var users = await db
            .Users.Include(u => u.Assignments)
            .Where(u => names.Contains(u.NormalizedUserName!))
            .ToDictionaryAsync(u => u.NormalizedUserName!, ct);
        foreach (var row in rows)
        {
            if (ShapeFaults(row) is { Count: > 0 } faults)
            {
                faults.ForEach(tally.Add);
                continue;
            }
            try
            {
                await Take(row, users, roles, tally, ct);
            }
            catch (BusinessRuleException refused)
            {
                var text = refused.Error.TextFor(System.Globalization.CultureInfo.CurrentUICulture);
                tally.Add(new(row.Line, refused.Error.Pointer?.TrimStart('/'), refused.Error.Code, text));
            }
        }
    }

    private async Task Take(
        UserListRow row,
        Dictionary<string, User> users,
        Dictionary<Guid, string> roles,
        Tally tally,
        CancellationToken ct
    )
    {
        var name = row.UserName.ToUpperInvariant();
        if (users.TryGetValue(name, out var user))
            db.MustGovern(user);
        else
        {
            // An administrator of one centre would lose sight of a user without a right there.
            db.User.MustReach(row.Assignment?.Scope ?? "province");
            user = users[name] = CreateUserHandler.Make(db, clock.GetUtcNow(), row.User);
            tally.Created++;
            if (row.Assignment is null)
                return;
        }
        if (row.Assignment is not { } wanted || user.Assignments.Exists(a => Is(a, wanted)))
        {
            tally.Unchanged++;
            return;
        }
        await assigning.Assign(user, wanted, "", ct);
        tally.Assigned++;

        bool Is(RoleAssignment a, AssignmentInput wanted) =>
            roles[a.RoleId] == wanted.Role && a.Scope == wanted.Scope && a.StartsOn == wanted.StartsOn && a.EndsOn == wanted.EndsOn;
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

/// <summary>What an import has come to so far.</summary>
internal sealed class Tally
{
    private const int MostErrors = 200;

    public int Created { get; set; }

    public int Assigned { get; set; }

    public int Unchanged { get; set; }

    public List<UserImportError> Errors { get; } = [];

    public void Add(UserImportError error)
    {
        if (Errors.Count < MostErrors)
            Errors.Add(error);
    }
}

internal sealed class ImportUsersEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/user-imports", Handle).Requires(IdentityPermissions.ManageUsers).Accepts<Stream>("text/csv");

    /// <summary>Import users</summary>
    /// <remarks>Takes users and their roles as CSV in UTF-8 with the columns userName, displayName, email, phone, role, scope, startsOn and endsOn, at most 20,000 lines: all of them or, when a line is wrong, none. New users are invited by letter.</remarks>
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
