using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Mail;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Figures;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Domain.Notifications;
using Pac.Dossiers.Exchange;
using Pac.Dossiers.Features;
using Pac.Dossiers.Features.Bulk;
using Pac.Dossiers.Features.Catalogue;
using Pac.Dossiers.Features.Escalations;
using Pac.Dossiers.Features.Feedbacks;
using Pac.Dossiers.Features.Forms;
using Pac.Dossiers.Features.Handling;
using Pac.Dossiers.Features.Imports;
using Pac.Dossiers.Features.Integration;
using Pac.Dossiers.Features.Notifications;
using Pac.Dossiers.Features.Payments;
using Pac.Dossiers.Features.Ratings;
using Pac.Dossiers.Features.Retaining;
using Pac.Dossiers.Features.Search;
using Pac.Dossiers.Features.Statistics;
using Pac.Dossiers.Features.WorkQueues;
using Pac.Dossiers.Files;
using Pac.Dossiers.Gateway;
using Pac.Dossiers.Notifications;
using Pac.Dossiers.Persistence;
using Pac.Dossiers.Webhooks;
using Pac.SharedKernel;

namespace Pac.Dossiers;

/// <summary>Dossiers from reception to return: the catalogue, the legal clock, the forms, the imports and the figures.</summary>
public sealed class DossiersModule : IModule
{
    /// <inheritdoc />
    public string Name => DossiersDbContext.SchemaName;

    /// <inheritdoc />
    public IReadOnlyList<Permission> Permissions => DossiersPermissions.All;

    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddDataProtection();
        services
            .AddModuleContext<DossiersDbContext>(this)
            .AddRepository<Procedure, DossiersDbContext>()
            .AddRepository<ProcedureDraft, DossiersDbContext>("draft")
            .AddRepository<LegalBasis, DossiersDbContext>("legal-basis")
            .AddRepository<WorkflowTemplate, DossiersDbContext>("workflow-template")
            .AddRepository<Agency, DossiersDbContext>()
            .AddRepository<Field, DossiersDbContext>()
            .AddScoped<IRepository<Dossier>>(sp =>
            {
                var db = sp.GetRequiredService<DossiersDbContext>();
                return new EfRepository<Dossier>(db, db.Visible);
            })
            .AddScoped<IRepository<AgencyConsultation>>(sp =>
            {
                var db = sp.GetRequiredService<DossiersDbContext>();
                return new EfRepository<AgencyConsultation>(db, db.VisibleConsultations, "consultation");
            })
            .AddScoped<IConsultedDossiers, ConsultedDossiers>()
            .AddScoped<IRepository<CounterAnswer>>(sp =>
            {
                var db = sp.GetRequiredService<DossiersDbContext>();
                return new EfRepository<CounterAnswer>(db, db.VisibleCounterAnswers, "counter-answer");
            })
            .AddScoped<StepConsultations>()
            .AddScoped<IDossierNumbers, DossierNumbers>()
            .AddScoped<ICatalogue, Catalogue>()
            .AddScoped<IAccessLog, AccessLog>()
            .AddSingleton<IIdentityNumbers, IdentityNumbers>()
            .AddSingleton<IMessageSeals, MessageSeals>()
            .AddScoped<IApplicants, Applicants>()
            .AddScoped<IEarlierFiles, EarlierFiles>()
            .AddScoped<ReusableFiles>()
            .AddScoped<ILaw, Law>()
            .AddScoped<IDossierRegister, DossierRegister>()
            .AddScoped<ILinkedDossiers, LinkedDossiers>()
            .AddScoped<ICounterAnswers, CounterAnswers>()
            .AddScoped<IRepository<DossierFile>>(sp =>
            {
                var db = sp.GetRequiredService<DossiersDbContext>();
                return new EfRepository<DossierFile>(db, db.VisibleFiles, "document");
            })
            .AddScoped<IUploads, Uploads>()
            .AddScoped<IStoredContent, StoredContent>()
            .AddScoped<IDocumentLog, DocumentLog>()
            .AddScoped<DocumentIntake>()
            .AddFiles(configuration)
            .AddSingleton<PruneFiles>()
            .AddHostedService(sp => sp.GetRequiredService<PruneFiles>())
            .AddSingleton(ExportSettings.Read(configuration))
            .AddScoped<IRepository<DossierExport>>(sp =>
            {
                var db = sp.GetRequiredService<DossiersDbContext>();
                return new EfRepository<DossierExport>(db, db.OwnExports, "export");
            })
            .AddScoped<ImportStore>()
            .AddScoped<ImportReference>()
            .AddSingleton<ImportSeals>()
            .AddSingleton<KnownProcedures>()
            .AddSingleton<KnownCentres>()
            .AddScoped<FigureReader>()
            .AddScoped<ProofWriter>()
            .AddScoped<ReportPeriods>()
            .AddScoped<IQualityParameters, QualityParameters>()
            .AddScoped<IQualityIndexSource, PortalIndexSource>()
            .AddScoped<IQualityIndexSource, DigitisingIndexSource>()
            .AddScoped<IQualityIndexSource, CompletePaidIndexSource>()
            .AddScoped<PublicationTimes>()
            .AddScoped<IQualityIndexSource>(sp => sp.GetRequiredService<PublicationTimes>())
            .AddScoped<LateDossierReader>()
            .AddScoped<PinnedProcedures>()
            .AddScoped<FormMaterial>()
            .AddScoped<CentreCalendars>()
            .AddScoped<OnlineSubmissions>()
            .AddScoped<IDossierHold, DossierHold>()
            .AddScoped<IOfficers, Officers>()
            .AddScoped<QueueLooks>()
            .AddSingleton<KnownThreshold>()
            .AddScoped<BulkActs>()
            .AddScoped<ILegalTerms, LegalTermStore>()
            .AddScoped<IEscalationRules, EscalationRuleStore>()
            .AddScoped<IOverseers, Overseers>()
            .AddScoped<IRepository<Escalation>>(sp =>
            {
                var db = sp.GetRequiredService<DossiersDbContext>();
                return new EfRepository<Escalation>(db, db.VisibleEscalations);
            })
            .AddSingleton<EscalationWatch>()
            .AddHostedService(sp => sp.GetRequiredService<EscalationWatch>())
            .AddSingleton<DeadlineWatch>()
            .AddHostedService(sp => sp.GetRequiredService<DeadlineWatch>());
        services.AddFees(configuration).AddScoped<PaymentDesk>();
        AddTelling(services, configuration);
        AddExchange(services, configuration);
    }

    private static void AddTelling(IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddMail(configuration)
            .AddSingleton(NotificationSettings.Read(configuration))
            .AddSingleton<GatewayClient>()
            .AddSingleton<DeliveryReceipts>()
            .AddSingleton(sp =>
            {
                var protector = sp.GetRequiredService<IDataProtectionProvider>().CreateProtector("Pac.Dossiers.Notifications.Zalo");
                return ActivatorUtilities.CreateInstance<ZaloTokens>(sp, new SecretSeal(protector.Protect, protector.Unprotect));
            })
            .AddSingleton<IEmailSender, EmailSender>()
            .AddSingleton(sp => Way<ISmsSender, SmsGateway>(sp, NotificationChannel.Sms, "Notifications:Sms:Endpoint"))
            .AddSingleton(sp =>
                Way<IZaloSender, ZaloGateway>(
                    sp,
                    NotificationChannel.Zalo,
                    "Notifications:Zalo:AccessToken",
                    "Notifications:Zalo:AccessTokenFile",
                    "Notifications:Zalo:RefreshToken"
                )
            )
            .AddScoped<NotificationWriter>()
            .AddScoped<INotificationQueue, NotificationQueue>()
            .AddScoped<INotificationTexts, NotificationTexts>()
            .AddScoped<IHolderKeys, HolderKeys>()
            .AddRepository<NotificationTemplate, DossiersDbContext>("notificationTemplate")
            .AddScoped<IRatings, Ratings>()
            .AddRepository<Rating, DossiersDbContext>()
            .AddScoped<IFeedbackBox, FeedbackBox>()
            .AddScoped<FeedbackIntake>()
            .AddScoped<IRetention, Retention>()
            .AddSingleton(ErasureSettings.Read(configuration))
            .AddSingleton<ErasureSchedule>()
            .AddHostedService(sp => sp.GetRequiredService<ErasureSchedule>())
            .AddRepository<RetentionRule, DossiersDbContext>()
            .AddRepository<LegalHold, DossiersDbContext>()
            .AddScoped<IRepository<Feedback>>(sp =>
            {
                var db = sp.GetRequiredService<DossiersDbContext>();
                return new EfRepository<Feedback>(db, db.FeedbackInHand);
            })
            .AddSingleton<NotificationDispatcher>();
        if (!string.Equals(configuration["Pac:Background"], "off", StringComparison.OrdinalIgnoreCase))
            services.AddHostedService(sp => sp.GetRequiredService<NotificationDispatcher>());
    }

    // A gateway where the operator has named one, files in the sandbox, and otherwise nothing that only looks like sending.
    private static T Way<T, TGateway>(IServiceProvider services, NotificationChannel channel, params ReadOnlySpan<string> settings)
        where T : class, IMessageSender
        where TGateway : T
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        foreach (var setting in settings)
            if (configuration[setting] is { Length: > 0 })
                return ActivatorUtilities.CreateInstance<TGateway>(services);
        if (configuration["Pac:Sandbox"] != "true")
            return (T)(IMessageSender)new NoSender(channel);
        var folder = FolderMail.Place(configuration, services.GetRequiredService<IHostEnvironment>());
        return (T)(IMessageSender)new FolderMessages(channel, folder, services.GetRequiredService<TimeProvider>());
    }

    private static void AddExchange(IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddSingleton(WebhookSettings.Read(configuration))
            .AddSingleton(sp =>
            {
                var protector = sp.GetRequiredService<IDataProtectionProvider>().CreateProtector("Pac.Dossiers.Webhooks");
                return new SecretSeal(protector.Protect, protector.Unprotect);
            })
            .AddSingleton<WebhookSecrets>()
            .AddSingleton<IWebhookSecrets>(sp => sp.GetRequiredService<WebhookSecrets>())
            .AddSingleton<WebhookTargets>()
            .AddSingleton<IWebhookTargets>(sp => sp.GetRequiredService<WebhookTargets>())
            .AddSingleton<WebhookSender>()
            .AddSingleton<WebhookDispatcher>()
            .AddScoped<IWebhookQueue, WebhookQueue>()
            .AddScoped<IRepository<WebhookSubscription>>(sp =>
            {
                var db = sp.GetRequiredService<DossiersDbContext>();
                return new EfRepository<WebhookSubscription>(db, db.OwnSubscriptions);
            });
        services
            .AddSingleton(ExchangeSettings.Read(configuration))
            .AddSingleton<ExchangePartners>()
            .AddSingleton<FileFetcher>()
            .AddSingleton<FileSender>()
            .AddSingleton<ExchangeWorker>()
            .AddScoped<IExchangeInbox, TakeReports>()
            .AddScoped<IExchangeFiles, TakeFiles>()
            .AddScoped<IRepository<ExchangeMessage>>(sp =>
            {
                var db = sp.GetRequiredService<DossiersDbContext>();
                return new EfRepository<ExchangeMessage>(db, db.VisibleMessages);
            });
        if (string.Equals(configuration["Pac:Background"], "off", StringComparison.OrdinalIgnoreCase))
            return;
        services.AddHostedService(sp => sp.GetRequiredService<WebhookDispatcher>());
        services.AddHostedService(sp => sp.GetRequiredService<ExchangeWorker>());
    }

    /// <inheritdoc />
    public void MapOutsideApi(IEndpointRouteBuilder root)
    {
        TrackingPageEndpoint.Map(root);
        GuidePageEndpoint.Map(root);
        GatewayNoticeEndpoint.Map(root);
        SandboxGatewayEndpoint.Map(root);
        RatingPageEndpoint.Map(root);
        FeedbackPageEndpoint.Map(root);
        WishPageEndpoint.Map(root);
        DeliveryReceiptEndpoint.Map(root);
    }
}
