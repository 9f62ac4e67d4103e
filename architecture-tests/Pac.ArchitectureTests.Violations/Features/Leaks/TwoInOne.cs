using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Pac.SharedKernel;
using Pac.Violations.Domain;
using Pac.Violations.Features.Others;
using Pac.Violations.Persistence;

namespace Pac.Violations.Features.Leaks;

// Rules 16 and 17: two requests in a file that is named after neither. Rule 20: content without a validator.
internal sealed record Leaky(string Name, int Number) : ICommand<int>;

// Rule 16: nobody handles it.
internal sealed record Unheard(Guid Id) : IQuery<int>;

// Rules 11 (HTTP), 12 (Entity Framework), 17 (another process), 18 (the sender), 21 (two saves), 41 (a log line without template).
internal sealed class LeakyHandler(
    LeakyContext db,
    IRepository<OtherAggregate> others,
    ISender sender,
    IHttpContextAccessor http,
    ILogger<LeakyHandler> logger
) : IRequestHandler<Leaky, int>
{
    public async Task<int> Handle(Leaky request, CancellationToken ct)
    {
        logger.LogInformation("{Path} {Sender}", http.HttpContext?.Request.Path, sender);
        var count = await db.Set<Loose>().CountAsync(ct);
        await others.Save(ct);
        await db.SaveChangesAsync(ct);
        return count + new Secret(1).Number;
    }
}

// Rule 14: HTTP beside the endpoint.
internal static class Answers
{
    public static IResult Nothing() => Results.NoContent();
}
