using FluentValidation;
using MediatR;

namespace Pac.BuildingBlocks.Mediation;

/// <summary>Checks the shape of a request before its handler sees it; every member at fault is named.</summary>
/// <param name="validators">The request's validator, if it has one.</param>
public sealed class ValidationBehavior<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    /// <inheritdoc />
    public async Task<TResponse> Handle(TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken)
    {
        foreach (var validator in validators)
        {
            var result = await validator.ValidateAsync(request, cancellationToken);
            if (!result.IsValid)
                throw new ShapeException(result.Errors);
        }
        return await next(cancellationToken);
    }
}

/// <summary>The faults that a validator found; their texts are in the language of the request.</summary>
/// <param name="failures">What was found.</param>
public sealed class ShapeException(IReadOnlyList<FluentValidation.Results.ValidationFailure> failures) : Exception("invalid-request")
{
    /// <summary>What was found.</summary>
    public IReadOnlyList<FluentValidation.Results.ValidationFailure> Failures { get; } = failures;
}
