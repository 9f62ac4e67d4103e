using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Notifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Feedbacks;

internal sealed record SendFeedback(FeedbackInput Matter) : ICommand<SentFeedback>;

/// <summary>That feedback came, and how to follow it.</summary>
/// <param name="Code" example="PAKN-261124-9F3A01BC">Its code.</param>
/// <param name="Key">The key by which only the sender follows it; shown this once, and left out when the answer is repeated.</param>
/// <param name="AnswerBy">Until when it is to be answered.</param>
internal sealed record SentFeedback(string Code, [property: JsonConverter(typeof(ShownOnce))] string? Key, DateTimeOffset AnswerBy);

internal sealed class SendFeedbackValidator : AbstractValidator<SendFeedback>
{
    public SendFeedbackValidator()
    {
        RuleFor(c => c.Matter.Kind).IsInEnum().OverridePropertyName("kind");
        RuleFor(c => c.Matter.Text).NotEmpty().Length(10, 4000).OverridePropertyName("text");
        RuleFor(c => c.Matter.CentreCode).NotEmpty().MaximumLength(40).OverridePropertyName("centreCode");
        RuleFor(c => c.Matter.DossierCode).MaximumLength(60).OverridePropertyName("dossierCode");
        RuleFor(c => c.Matter.Language).IsInEnum().OverridePropertyName("language");
        RuleFor(c => c.Matter.RepeatOf).MaximumLength(40).OverridePropertyName("repeatOf");
        RuleFor(c => c.Matter.Sender).SetValidator(new FeedbackSenderInputValidator()!).OverridePropertyName("sender");
    }
}

internal sealed class SendFeedbackHandler(IRepository<Feedback> feedback, FeedbackIntake intake, IHolderKeys keys)
    : IRequestHandler<SendFeedback, SentFeedback>
{
    public async Task<SentFeedback> Handle(SendFeedback request, CancellationToken ct)
    {
        var taken = await intake.Take(request.Matter, FeedbackChannel.Online, "", ct);
        feedback.Add(taken);
        await feedback.Save(ct);
        return new(taken.Code, await keys.Of(taken.Id, ct), taken.Times.AnswerBy.DueAt);
    }
}

internal sealed class SendFeedbackEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/public-feedback", Handle).AllowsAnonymous();

    /// <summary>Send feedback</summary>
    /// <remarks>Takes feedback from anybody, with or without a name, and gives the code and the key by which the sender follows it.</remarks>
    private static async Task<ValueAnswer<SentFeedback>> Handle(FeedbackInput matter, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new SendFeedback(matter), ct));
}
