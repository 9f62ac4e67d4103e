using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Contracts;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Fees;
using Pac.Dossiers.Domain.Figures;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Domain.Notifications;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Persistence;

internal sealed class DossiersDbContext(DbContextOptions<DossiersDbContext> options) : ModuleDbContext(options)
{
    public const string SchemaName = "dossiers";
    private IDbContextTransaction? _begun;
    private IDbContextTransaction? _countedIn;

    public override string Schema => SchemaName;

    /// <summary>The dossiers that the caller may see. Everything that reads dossiers for a caller begins here.</summary>
    public IQueryable<Dossier> Visible => AllDossiers.Where(new VisibleIn(User.Scope));

    /// <summary>All dossiers, for work that runs on nobody's behalf.</summary>
    public DbSet<Dossier> AllDossiers => Set<Dossier>();

    /// <summary>The documents of the dossiers that the caller may see, those that were removed among them.</summary>
    public IQueryable<DossierFile> VisibleFiles => Files.Where(f => Visible.Any(d => d.Id == f.DossierId));

    public DbSet<DossierFile> Files => Set<DossierFile>();

    /// <summary>Owners and representatives as they are looked for; joined to the dossiers that the caller may see.</summary>
    public DbSet<DossierPerson> People => Set<DossierPerson>();

    public DbSet<AgencyConsultation> Consultations => Set<AgencyConsultation>();

    /// <summary>Those on dossiers that the caller may see, and those the caller's agency is asked in.</summary>
    public IQueryable<AgencyConsultation> VisibleConsultations =>
        User.Scope.Kind switch
        {
            DataScopeKind.Province => Consultations,
            DataScopeKind.Agency => Consultations.Where(c => c.AgencyCode == User.Scope.Code || Visible.Any(d => d.Id == c.DossierId)),
            _ => Consultations.Where(c => Visible.Any(d => d.Id == c.DossierId)),
        };

    public DbSet<Upload> Uploads => Set<Upload>();

    public DbSet<TimelineEntry> Timeline => Set<TimelineEntry>();

    public DbSet<AccessEntry> AccessLog => Set<AccessEntry>();

    public DbSet<Summary> Summaries => Set<Summary>();

    public DbSet<Field> Fields => Set<Field>();

    public DbSet<LegalTerm> LegalTerms => Set<LegalTerm>();

    public DbSet<Agency> Agencies => Set<Agency>();

    public DbSet<Procedure> Procedures => Set<Procedure>();

    public DbSet<ProcedureVersion> ProcedureVersions => Set<ProcedureVersion>();

    public DbSet<ProcedureDraft> ProcedureDrafts => Set<ProcedureDraft>();

    public DbSet<LegalBasis> LegalBases => Set<LegalBasis>();

    public DbSet<WorkflowTemplate> WorkflowTemplates => Set<WorkflowTemplate>();

    public DbSet<ImportError> ImportErrors => Set<ImportError>();

    /// <summary>Rows of imports that wait, to be worked on or to be mended; each import belongs to whoever started it.</summary>
    public DbSet<ImportRow> ImportRows => Set<ImportRow>();

    public DbSet<Publication> Publications => Set<Publication>();

    public DbSet<ReportingRule> ReportingRules => Set<ReportingRule>();

    public DbSet<QualityParameter> QualityParameters => Set<QualityParameter>();

    public DbSet<RecordedEvent> RecordedEvents => Set<RecordedEvent>();

    public DbSet<WebhookSubscription> WebhookSubscriptions => Set<WebhookSubscription>();

    /// <summary>The subscriptions of the caller.</summary>
    public IQueryable<WebhookSubscription> OwnSubscriptions => WebhookSubscriptions.Where(new OwnedBy(User.Caller.Subject));

    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();

    public DbSet<ExchangeMessage> ExchangeMessages => Set<ExchangeMessage>();

    /// <summary>The messages that the caller may see: what is exchanged concerns the whole province.</summary>
    public IQueryable<ExchangeMessage> VisibleMessages => ExchangeMessages.Where(m => User.Scope.Kind == DataScopeKind.Province);

    /// <summary>The messages by which the national portal took a dossier as a whole.</summary>
    public IQueryable<ExchangeMessage> TakenByPortal =>
        ExchangeMessages.Where(m =>
            m.Partner == ExchangePartner.NationalPortal
            && m.Direction == ExchangeDirection.Outbound
            && m.Kind == ExchangeKind.Dossier
            && m.State == ExchangeState.Done
            && m.Answer == Exchange.ExchangeAnswer.Accepted
        );

    public DbSet<Reconciliation> Reconciliations => Set<Reconciliation>();

    public DbSet<ReconciliationDifference> ReconciliationDifferences => Set<ReconciliationDifference>();

    public DbSet<DossierExport> Exports => Set<DossierExport>();

    /// <summary>The exports of the caller.</summary>
    public IQueryable<DossierExport> OwnExports => Exports.Where(new ExportOf(User.Caller.Subject, User.Scope));

    public DbSet<ClockReplay> ClockReplays => Set<ClockReplay>();

    public DbSet<ClockMove> ClockMoves => Set<ClockMove>();

    public DbSet<Escalation> Escalations => Set<Escalation>();

    public DbSet<EscalationRule> EscalationRules => Set<EscalationRule>();

    /// <summary>The escalations that went to the caller or that the caller raised, of dossiers that the caller may see or is asked about.</summary>
    public IQueryable<Escalation> VisibleEscalations =>
        Escalations.Where(e =>
            (e.Recipient == User.Caller.Subject || e.RaisedBy == User.Caller.Subject)
            && (Visible.Any(d => d.Id == e.DossierId) || VisibleConsultations.Any(c => c.DossierId == e.DossierId))
        );

    public DbSet<KnownCalendar> KnownCalendars => Set<KnownCalendar>();

    /// <summary>Opens the connection for a statement of our own; it is closed with the context.</summary>
    public Task Open(CancellationToken ct) => Database.OpenConnectionAsync(ct);

    public DbSet<Notification> Notifications => Set<Notification>();

    /// <summary>What was told about the dossiers and the feedback that the caller may see.</summary>
    public IQueryable<Notification> VisibleNotifications =>
        Notifications.Where(n => Visible.Any(d => d.Id == n.DossierId) || VisibleFeedback.Any(f => f.Id == n.FeedbackId));

    public DbSet<GatewayToken> GatewayTokens => Set<GatewayToken>();

    public DbSet<NotificationTemplate> NotificationTemplates => Set<NotificationTemplate>();

    public DbSet<Feedback> AllFeedback => Set<Feedback>();

    /// <summary>The feedback that the caller may see: that of his centre or agency.</summary>
    public IQueryable<Feedback> VisibleFeedback => AllFeedback.Where(new FeedbackVisibleIn(User.Scope));

    /// <summary>The feedback that the caller may work on: whoever only answers feedback, what was given to him.</summary>
    public IQueryable<Feedback> FeedbackInHand =>
        User.May(DossiersPermissions.HandleFeedback) ? VisibleFeedback : VisibleFeedback.Where(f => f.AssignedTo == User.Caller.Subject);

    public DbSet<Rating> Ratings => Set<Rating>();

    /// <summary>The ratings of the centre or agency that the caller may see.</summary>
    public IQueryable<Rating> VisibleRatings => Ratings.Where(new RatingVisibleIn(User.Scope));

    public DbSet<CounterAnswer> CounterAnswers => Set<CounterAnswer>();

    /// <summary>What counters of the centre or agency that the caller may see answered when they received nothing.</summary>
    public IQueryable<CounterAnswer> VisibleCounterAnswers => CounterAnswers.Where(new CounterAnswerVisibleIn(User.Scope));

    public DbSet<RatingForm> RatingForms => Set<RatingForm>();

    public DbSet<RetentionRule> RetentionRules => Set<RetentionRule>();

    public DbSet<RetentionEntry> Retention => Set<RetentionEntry>();

    public DbSet<LegalHold> LegalHolds => Set<LegalHold>();

    /// <summary>Begins the transaction of the act in hand, unless one is open; the save commits it.</summary>
    public async Task Begin(CancellationToken ct)
    {
        if (Database.CurrentTransaction is null)
            _begun = await Database.BeginTransactionAsync(ct);
    }

    /// <summary>The reception in hand was counted along with its number, in the transaction that is open.</summary>
    public void NoteReceptionCounted() => _countedIn = Database.CurrentTransaction;

    /// <summary>Writes the changes, their timeline, their facts and their figures in one transaction.</summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        // Asked for once: each time, everything is compared with what it was.
        var roots = ChangeTracker.Entries<AggregateRoot>().Select(e => e.Entity).Where(r => r.Events.Count > 0).ToList();
        var acts = roots.OfType<Dossier>().SelectMany(d => d.Events).OfType<IDossierAct>().ToList();
        if (await this.MoveAppointments(acts, cancellationToken) is { Count: > 0 } moved)
            acts.AddRange(moved);
        foreach (var dossier in acts.GroupBy(a => a.Dossier))
        {
            // Whatever the act: while another system states the status, only its reports change it.
            if (
                dossier.Key.StatedBy != StatedBy.Pac
                && Entry(dossier.Key).Property(d => d.Status).IsModified
                && dossier.Any(a => a.By != ExchangeInbox.Reporter)
            )
                throw new BusinessRuleException(ExchangeErrors.StatedElsewhere);
            var before = dossier.Key.Revision - dossier.Count();
            Timeline.AddRange(dossier.Select((a, i) => TimelineEntry.Of(a, before + i + 1)));
            RecordedEvents.AddRange(dossier.Select((a, i) => RecordedEvent.Of(a, before + i + 1)));
            Set<MoneyEntry>().AddRange(dossier.SelectMany(MoneyEntry.Of));
            Notifications.AddRange(dossier.SelectMany((a, i) => Notification.Of(a, before + i + 1)));
            // Most dossiers have an applicant alone, who is found in the dossier itself.
            if (dossier.Key.Parties is not null && Entry(dossier.Key).State == EntityState.Added)
                People.AddRange(DossierPerson.Of(dossier.Key));
        }
        Timeline.AddRange(roots.OfType<Escalation>().SelectMany(e => e.Events).OfType<IDossierLine>().Select(l => l.Line));
        Notifications.AddRange(roots.OfType<Feedback>().SelectMany(f => f.Events).OfType<SenderIsToBeTold>().SelectMany(Notification.Of));
        // Whatever closes a dossier, or opens it again, says from when it is kept and until when.
        Guid[] closed =
        [
            .. acts.Where(a => a is IDossierEnding or DossierWasReturned or DossierWasReopened).Select(a => a.Dossier.Id.Value),
        ];
        var counted = _countedIn is not null && ReferenceEquals(_countedIn, Database.CurrentTransaction);
        var deltas = acts.Where(a => !counted || a is not DossierWasReceived).SelectMany(SummaryDelta.Of).ToList();
        _countedIn = null;
        if (deltas.Count > 0 || closed.Length > 0)
            await Begin(cancellationToken);
        var written = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        if (deltas.Count > 0)
            await this.AddToSummaries(deltas, cancellationToken);
        if (closed.Length > 0)
            await this.PlaceInRetention(closed, cancellationToken);
        // A transaction that somebody else began is theirs to commit.
        if (_begun is not null && ReferenceEquals(_begun, Database.CurrentTransaction))
        {
            await _begun.CommitAsync(cancellationToken);
            await _begun.DisposeAsync();
            WakeDispatcher();
        }
        _begun = null;
        return written;
    }

    protected override IIntegrationEvent? Publish(IDomainEvent domainEvent) =>
        domainEvent switch
        {
            DossierWasReceived { Dossier: var d, At: var at } => new DossierReceived(
                d.Id.Value,
                d.Revision,
                d.Code,
                d.ProcedureCode,
                d.CentreCode,
                d.CounterId,
                at,
                d.DueAt
            ),
            _ => null,
        };
}

internal sealed class DossiersDesignTime : IDesignTimeDbContextFactory<DossiersDbContext>
{
    public DossiersDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<DossiersDbContext>();
        ModuleRegistration.Configure<DossiersDbContext>(options, NpgsqlDataSource.Create("Host=localhost"), DossiersDbContext.SchemaName);
        return new(options.Options);
    }
}
