using MediatR;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Documents;

/// <summary>Asks whether a file would be taken for all that is known before its bytes come; refuses when it would not.</summary>
/// <param name="Id">The dossier.</param>
/// <param name="FileName">Name of the file.</param>
/// <param name="MediaType">Its declared type.</param>
/// <param name="Size">Its bytes, when they are stated.</param>
/// <param name="Facts">What it is to the dossier.</param>
internal sealed record CanAttach(Guid Id, string FileName, string MediaType, long? Size, FileFacts Facts) : IQuery<FileType>;

internal sealed class CanAttachHandler(DossiersDbContext db, DocumentIntake intake, FileTypes types) : IRequestHandler<CanAttach, FileType>
{
    public async Task<FileType> Handle(CanAttach request, CancellationToken ct)
    {
        var dossier = await db.FindVisible(new DossierId(request.Id)) ?? throw new NotFoundException("dossier");
        await intake.Check(dossier, request.Facts, ct);
        var type = types.Declared(request.MediaType);
        type.NameFor(request.FileName);
        return request.Size > type.Largest && request.Size <= types.LargestDirect
            ? throw new BusinessRuleException(FileErrors.TooLarge.With(type.Largest))
            : type;
    }
}
