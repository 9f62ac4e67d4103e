using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Features.CounterAnswers;

/// <summary>What a counter answers when it does not receive what a person brings.</summary>
/// <param name="CentreCode">The centre.</param>
/// <param name="ProcedureCode">The procedure.</param>
/// <param name="Person">Who came.</param>
/// <param name="Kind">Whether papers are missing (form 02) or it is refused (form 03).</param>
/// <param name="LegalBasis">The law it rests on.</param>
/// <param name="Items">What is missing or wrong, out of the published list; for form 02.</param>
/// <param name="Reason">Why it is refused; for form 03.</param>
/// <param name="CounterId">The counter, when it is one.</param>
/// <param name="AgencyCode">The competent agency; needed for procedures of the communes, else that of the procedure.</param>
/// <param name="VariantCode">The variant of the procedure; the ordinary case when left out.</param>
internal sealed record AnswerAtCounter(
    string CentreCode,
    string ProcedureCode,
    PartyInput Person,
    CounterAnswerKind Kind,
    string LegalBasis,
    IReadOnlyList<SupplementItemInput>? Items = null,
    string? Reason = null,
    Guid? CounterId = null,
    string? AgencyCode = null,
    string? VariantCode = null
) : ICommand<Versioned<CounterAnswerView>>;

internal sealed class AnswerAtCounterValidator : AbstractValidator<AnswerAtCounter>
{
    public AnswerAtCounterValidator()
    {
        RuleFor(c => c.CentreCode).NotEmpty().MaximumLength(40);
        RuleFor(c => c.ProcedureCode).NotEmpty().MaximumLength(40);
        RuleFor(c => c.Person).NotNull().SetValidator(new PartyInputValidator());
        RuleFor(c => c.Kind).IsInEnum();
        RuleFor(c => c.LegalBasis).NotEmpty().MaximumLength(300);
        RuleFor(c => c.Items).MostItems(100);
        RuleForEach(c => c.Items).SetValidator(new SupplementItemInputValidator());
        RuleFor(c => c.Reason).MaximumLength(500);
        // What the other form would say is not lost without a word.
        RuleFor(c => c.Items).Empty().When(c => c.Kind == CounterAnswerKind.Refusal);
        RuleFor(c => c.Reason).Empty().When(c => c.Kind == CounterAnswerKind.Incomplete);
        RuleFor(c => c.AgencyCode).MaximumLength(40);
        RuleFor(c => c.VariantCode).MaximumLength(40);
    }
}

internal sealed class AnswerAtCounterHandler(
    IRepository<CounterAnswer> answers,
    ICounterAnswers everywhere,
    ICatalogue catalogue,
    CentreCalendars centres,
    IIdentityNumbers numbers,
    ReusableFiles reusable,
    ILaw laws,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<AnswerAtCounter, Versioned<CounterAnswerView>>
{
    public async Task<Versioned<CounterAnswerView>> Handle(AnswerAtCounter request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var centre =
            await centres.Find(request.CentreCode, 0, ct) ?? throw new BusinessRuleException(DossierErrors.UnknownCentre.At("/centreCode"));
        var procedure = await catalogue.Refresh(request.ProcedureCode, ct);
        if (procedure?.InForceOn(now.LocalDay()) is not { } version)
            throw new BusinessRuleException(DossierErrors.UnknownProcedure.At("/procedureCode"));
        var agency = await catalogue.CompetentAgency(request.AgencyCode, version.Content, now.LocalDay(), ct);
        if (!VisibleIn.Covers(user.Scope, request.CentreCode, agency))
            throw new BusinessRuleException(DossierErrors.OutsideScope.At("/centreCode"));
        var about = new Consulted(
            request.CentreCode,
            request.CounterId,
            agency,
            procedure.Code,
            version.Number,
            request.VariantCode,
            procedure.FieldCode
        );
        var content = version.Content.For(request.VariantCode);
        var answer =
            request.Kind == CounterAnswerKind.Refusal
                ? await Refuse(request, about, now, ct)
                : await Incomplete(request, about, content, centre.Calendar, now, ct);
        answers.Add(answer);
        await answers.Save(ct);
        return new(CounterAnswerView.Of(answer), answer.Version);
    }

    private async Task<CounterAnswer> Refuse(AnswerAtCounter request, Consulted about, DateTimeOffset now, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(request.Reason))
            throw new BusinessRuleException(CounterAnswerErrors.ReasonMissing.At("/reason"));
        return CounterAnswer.Refuse(
            about,
            (await request.Person.Kept(numbers, ct))!,
            request.Reason.Trim(),
            request.LegalBasis,
            user.Caller.Subject,
            now
        );
    }

    private async Task<CounterAnswer> Incomplete(
        AnswerAtCounter request,
        Consulted about,
        ProcedureContent content,
        WorkingCalendar calendar,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        if (request.Items is not { Count: > 0 } items)
            throw new BusinessRuleException(CounterAnswerErrors.ItemsMissing.At("/items"));
        var person = (await request.Person.Kept(numbers, ct))!;
        List<SupplementItem> lacking = [.. items.Select(i => new SupplementItem(i.Code, i.Reason, i.Verification))];
        // As for a request on a dossier: what the administration has already nobody brings again.
        if (person.IdentityNumber is { Index: var whose })
            lacking.CheckNotReusable(await reusable.For(content, about.ProcedureCode, whose, null, ct));
        // Whoever comes back in the time that the law gives for an answer is asked for nothing new.
        var term = (await laws.On(now.LocalDay(), ct)).Term(LawInForce.SupplementAnswer, about.FieldCode);
        var asked = person.IdentityNumber is { Index: var index } ? await everywhere.All(new AskedAtCounter(index, about), ct) : [];
        var before = asked.Where(a => Deadline.Start(a.AnsweredAt, term, calendar).DueAt >= now).MinBy(a => a.AnsweredAt);
        return CounterAnswer.Incomplete(about, person, lacking, request.LegalBasis, content, before, user.Caller.Subject, now);
    }
}

internal sealed class AnswerAtCounterEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/counter-answers", Handle).Requires(DossiersPermissions.Receive);

    /// <summary>Answer at the counter without receiving</summary>
    /// <remarks>Records what a person is told in writing when nothing is received: which papers are missing (form 02), once and completely and nothing that the administration has already, or why it is refused (form 03). No dossier is made and no figure of dossiers counts it.</remarks>
    private static async Task<CreatedAnswer<CounterAnswerView>> Handle(AnswerAtCounter command, ISender sender, CancellationToken ct)
    {
        var answer = await sender.Send(command, ct);
        return new($"/api/v1/counter-answers/{answer.Item.Id}", answer);
    }
}
