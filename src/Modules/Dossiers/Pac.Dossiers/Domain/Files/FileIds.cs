using Pac.SharedKernel;

namespace Pac.Dossiers.Domain.Files;

internal readonly record struct FileId(Guid Value) : IStrongId<FileId>
{
    public static FileId From(Guid value) => new(value);
}

internal readonly record struct UploadId(Guid Value) : IStrongId<UploadId>
{
    public static UploadId From(Guid value) => new(value);
}
