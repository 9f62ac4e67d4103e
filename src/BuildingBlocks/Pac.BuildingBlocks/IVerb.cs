namespace Pac.BuildingBlocks;

/// <summary>An act of an operator on the command line that a module brings along, such as <c>rotate-keys</c>. Found when registered as a service.</summary>
public interface IVerb
{
    /// <summary>The word on the command line.</summary>
    string Name { get; }

    /// <summary>What may follow it, as the usage shows it; empty when nothing may.</summary>
    string Parameters { get; }

    /// <summary>Does it.</summary>
    /// <param name="args">What follows the word.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>What to tell the operator, or null when the words that follow are not understood.</returns>
    Task<string?> Run(IReadOnlyList<string> args, CancellationToken ct);
}
