using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MediatR;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Security;
using Pac.SharedKernel;

namespace Pac.BuildingBlocks.Mediation;

/// <summary>Gives a repeated command its first answer again. Key, effect and answer are one transaction; a failure leaves no key.</summary>
/// <param name="user">Whose key it is.</param>
/// <param name="modules">Finds the context of the command's module.</param>
/// <param name="services">The scope of the request.</param>
public sealed class IdempotencyBehavior<TCommand, TResult>(CurrentUser user, ModuleContexts modules, IServiceProvider services)
    : IPipelineBehavior<TCommand, TResult>
    where TCommand : ICommand<TResult>
{
    /// <inheritdoc />
    public async Task<TResult> Handle(TCommand request, RequestHandlerDelegate<TResult> next, CancellationToken cancellationToken)
    {
        if (user.IdempotencyKey is not { } key)
            return await next(cancellationToken);

        var db = modules.Of(typeof(TCommand)).Resolve(services);
        var owner = $"{user.Caller.ClientId}\n{user.Caller.Subject}";
        var hash = Hash(request);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await db.TryLockKey(LockNumber(owner, key), cancellationToken))
            throw new BusinessRuleException(IdempotencyErrors.StillRunning);
        if (await db.FindKeptAnswer(key, owner, cancellationToken) is { } kept)
        {
            return kept.RequestHash.AsSpan().SequenceEqual(hash)
                ? JsonSerializer.Deserialize<TResult>(kept.Answer, JsonSerializerOptions.Web)!
                : throw new BusinessRuleException(IdempotencyErrors.KeyReused);
        }
        var answer = await next(cancellationToken);
        await db.KeepAnswer(key, owner, hash, JsonSerializer.Serialize(answer, JsonSerializerOptions.Web), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        db.Wake?.Signal();
        return answer;
    }

    private static byte[] Hash(TCommand request)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(request, JsonSerializerOptions.Web);
        return SHA256.HashData([.. Encoding.UTF8.GetBytes(typeof(TCommand).Name), .. content]);
    }

    private static long LockNumber(string owner, string key) =>
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{owner}\n{key}")));
}

/// <summary>Why a repeatable request is refused.</summary>
public static class IdempotencyErrors
{
    /// <summary>The first request with this key is still being worked on.</summary>
    public static readonly Error StillRunning = new(
        "request.still-running",
        ErrorKind.WrongState,
        "Yêu cầu trước với cùng khóa Idempotency-Key vẫn đang được xử lý; hãy thử lại sau.",
        "The first request with this Idempotency-Key is still running; try again shortly."
    );

    /// <summary>The key was used for something else.</summary>
    public static readonly Error KeyReused = new(
        "request.key-reused",
        ErrorKind.RuleBroken,
        "Khóa Idempotency-Key này đã được dùng cho một yêu cầu có nội dung khác.",
        "This Idempotency-Key was used for a request with other content."
    );
}
