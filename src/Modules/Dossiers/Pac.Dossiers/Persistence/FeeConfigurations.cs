using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Fees;

namespace Pac.Dossiers.Persistence;

/// <summary>What fees add to the table of dossiers.</summary>
internal sealed class DossierFeesConfiguration : IEntityTypeConfiguration<Dossier>
{
    // The database knows the defaults as well: imports write rows by statement.
    public void Configure(EntityTypeBuilder<Dossier> builder)
    {
        builder.Property(d => d.GroupEvidence).HasMaxLength(200);
        builder.Property(d => d.Reliefs).AsJson().HasDefaultValueSql("'[]'::jsonb").ValueGeneratedNever();
        builder.Property(d => d.Refunds).AsJson().HasDefaultValueSql("'[]'::jsonb").ValueGeneratedNever();
    }
}

internal sealed class ReceiptSeriesConfiguration : IEntityTypeConfiguration<ReceiptSeries>
{
    public void Configure(EntityTypeBuilder<ReceiptSeries> builder)
    {
        builder.ToTable("receipt_series");
        builder.HasKey(s => s.Id);
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.CentreCode).HasMaxLength(40);
        builder.Property(s => s.Cashier).HasMaxLength(100);
        builder.Property(s => s.FormCode).HasMaxLength(40);
        builder.Property(s => s.Series).HasMaxLength(40);
        builder.HasIndex(s => new { s.CentreCode, s.Kind });
        builder.HasIndex(s => new { s.FormCode, s.Series });
    }
}

internal sealed class FeeReceiptConfiguration : IEntityTypeConfiguration<FeeReceipt>
{
    public void Configure(EntityTypeBuilder<FeeReceipt> builder)
    {
        builder.ToTable("fee_receipts");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.FormCode).HasMaxLength(40);
        builder.Property(r => r.Series).HasMaxLength(40);
        builder.Property(r => r.Number).HasMaxLength(40);
        builder.Property(r => r.CentreCode).HasMaxLength(40);
        builder.Property(r => r.AgencyCode).HasMaxLength(40);
        builder.Property(r => r.Cashier).HasMaxLength(100);
        builder.Property(r => r.DossierCode).HasMaxLength(60);
        builder.Property(r => r.Lines).AsJson();
        builder.Property(r => r.VoidedBy).HasMaxLength(100);
        builder.Property(r => r.VoidReason).HasMaxLength(300);
        // Whatever happens, no number is given twice.
        builder.HasIndex(r => new { r.SeriesId, r.Number }).IsUnique().HasFilter("series_id IS NOT NULL");
        builder.HasIndex(r => new { r.CentreCode, r.Id }).IsDescending(false, true);
        builder.HasIndex(r => new { r.AgencyCode, r.Id }).IsDescending(false, true);
        builder.HasIndex(r => r.DossierId);
        builder.HasIndex(r => r.DossierCode);
        builder.HasIndex(r => r.Number);
        builder.HasIndex(r => r.TillId).HasFilter("till_id IS NOT NULL");
    }
}

internal sealed class TillConfiguration : IEntityTypeConfiguration<Till>
{
    public void Configure(EntityTypeBuilder<Till> builder)
    {
        builder.ToTable("tills");
        builder.HasKey(t => t.Id);
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.Property(t => t.CentreCode).HasMaxLength(40);
        builder.Property(t => t.Cashier).HasMaxLength(100);
        builder.Property(t => t.ConfirmedBy).HasMaxLength(100);
        builder.Property(t => t.ClosedBy).HasMaxLength(100);
        builder.Property(t => t.ClosingReason).HasMaxLength(500);
        builder.Property(t => t.Totals).AsJson();
        builder.Property(t => t.Count).AsJson();
        builder.Ignore(t => t.Difference);
        builder
            .HasIndex(t => new
            {
                t.CentreCode,
                t.Cashier,
                t.Day,
            })
            .IsUnique()
            .HasFilter("closed_at IS NULL")
            .HasDatabaseName("ix_tills_open");
        builder.HasIndex(t => new { t.CentreCode, t.Day });
        builder.HasIndex(t => new { t.Cashier, t.Id }).IsDescending(false, true);
    }
}

internal sealed class MoneyEntryConfiguration : IEntityTypeConfiguration<MoneyEntry>
{
    public void Configure(EntityTypeBuilder<MoneyEntry> builder)
    {
        builder.ToTable("money_entries");
        builder.HasKey(e => e.Id);
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.CentreCode).HasMaxLength(40);
        builder.Property(e => e.AgencyCode).HasMaxLength(40);
        builder.Property(e => e.ProcedureCode).HasMaxLength(40);
        builder.Property(e => e.LineCode).HasMaxLength(40);
        builder.Property(e => e.Cashier).HasMaxLength(100);
        builder.HasIndex(e => new { e.CentreCode, e.Day });
        builder.HasIndex(e => new { e.AgencyCode, e.Day });
        builder.HasIndex(e => e.Day);
        builder.HasIndex(e => e.TillId).HasFilter("till_id IS NOT NULL");
    }
}

internal sealed class OnlinePaymentConfiguration : IEntityTypeConfiguration<OnlinePayment>
{
    public void Configure(EntityTypeBuilder<OnlinePayment> builder)
    {
        builder.ToTable("online_payments");
        builder.HasKey(o => o.Id);
        builder.Property(o => o.Id).ValueGeneratedNever();
        builder.Property(o => o.Code).HasMaxLength(40);
        builder.Property(o => o.DossierCode).HasMaxLength(60);
        builder.Property(o => o.Numbers).AsJson();
        builder.Property(o => o.StartedBy).HasMaxLength(100);
        builder.Property(o => o.PayAt).HasMaxLength(500);
        builder.Property(o => o.QrPayload).HasMaxLength(500);
        builder.Property(o => o.Transactions).AsJson();
        builder.HasIndex(o => o.Code).IsUnique();
        builder.HasIndex(o => o.DossierId);
        builder.HasIndex(o => o.DossierCode);
        builder.HasIndex(o => o.AskAt).HasFilter("ask_at IS NOT NULL");
        builder.HasIndex(o => new { o.State, o.Id }).IsDescending(false, true);
    }
}

/// <summary>The last refund document of a centre in a year. Written by statement only.</summary>
internal sealed class RefundNumberRow
{
    private RefundNumberRow() { }

    public string CentreCode { get; private set; } = "";

    public int Year { get; private set; }

    public int Last { get; private set; }
}

internal sealed class RefundNumberConfiguration : IEntityTypeConfiguration<RefundNumberRow>
{
    public void Configure(EntityTypeBuilder<RefundNumberRow> builder)
    {
        builder.ToTable("refund_numbers");
        builder.HasKey(n => new { n.CentreCode, n.Year });
        builder.Property(n => n.CentreCode).HasMaxLength(40);
    }
}

/// <summary>An order as the sandbox of the gateway knows it; that is the other side, not ours. Written by statement only.</summary>
internal sealed class SandboxOrder
{
    private SandboxOrder() { }

    public string Code { get; private set; } = "";

    public long AmountDong { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public string State { get; private set; } = "";

    public long PaidDong { get; private set; }

    public string? TransactionId { get; private set; }

    public string NoticeAddress { get; private set; } = "";

    /// <summary>What was given back, by document.</summary>
    public string Refunds { get; private set; } = "";
}

internal sealed class SandboxOrderConfiguration : IEntityTypeConfiguration<SandboxOrder>
{
    public void Configure(EntityTypeBuilder<SandboxOrder> builder)
    {
        builder.ToTable("sandbox_orders");
        builder.HasKey(o => o.Code);
        builder.Property(o => o.Code).HasMaxLength(40);
        builder.Property(o => o.State).HasMaxLength(20);
        builder.Property(o => o.TransactionId).HasMaxLength(60);
        builder.Property(o => o.NoticeAddress).HasMaxLength(300);
        builder.Property(o => o.Refunds).HasColumnType("jsonb").HasDefaultValueSql("'{}'::jsonb");
    }
}
