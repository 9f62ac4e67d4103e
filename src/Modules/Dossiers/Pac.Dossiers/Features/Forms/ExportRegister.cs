using FluentValidation;
using MediatR;
using Pac.BuildingBlocks;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Forms;

/// <summary>The register as a spreadsheet: a quarter or a year of any centre, read as it is written. That it was taken out stands in the audit trail.</summary>
internal sealed record ExportRegister(DateOnly From, DateOnly To, string? CentreCode) : ICommand<IAsyncEnumerable<RegisterLine>>;

internal sealed class ExportRegisterValidator : AbstractValidator<ExportRegister>
{
    public ExportRegisterValidator() => RuleFor(c => c.CentreCode).MaximumLength(40);
}

internal sealed class ExportRegisterHandler(IDossierRegister register, IRepository<Dossier> dossiers)
    : IRequestHandler<ExportRegister, IAsyncEnumerable<RegisterLine>>
{
    private const int Longest = 366;

    public async Task<IAsyncEnumerable<RegisterLine>> Handle(ExportRegister request, CancellationToken ct)
    {
        if (
            request.From > request.To
            || request.To.DayNumber - request.From.DayNumber >= Longest
            || request.From.Year < 2000
            || request.To.Year > 2999
        )
            throw InvalidRequestException.Query(
                "from",
                "out-of-range",
                "Sổ theo dõi kết xuất tối đa 366 ngày.",
                "The register is exported for at most 366 days."
            );
        register.NotePrinted(request.From, request.To, await register.Count(request.From, request.To, request.CentreCode, ct));
        await dossiers.Save(ct);
        return register.Stream(request.From, request.To, request.CentreCode).Select((row, i) => RegisterLine.Of(row, i + 1));
    }
}
