using MediatR;

namespace Pac.SharedKernel;

/// <summary>A request that changes something. Its handler saves once, as its last act.</summary>
/// <typeparam name="TResult">The answer.</typeparam>
public interface ICommand<out TResult> : IRequest<TResult>;

/// <summary>A request that changes nothing.</summary>
/// <typeparam name="TResult">The answer.</typeparam>
public interface IQuery<out TResult> : IRequest<TResult>;
