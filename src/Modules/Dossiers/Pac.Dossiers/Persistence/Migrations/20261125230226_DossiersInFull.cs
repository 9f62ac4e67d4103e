using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Pac.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class DossiersInFull : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(name: "pk_summaries", schema: "dossiers", table: "summaries");

            migrationBuilder.DropPrimaryKey(name: "pk_legal_terms", schema: "dossiers", table: "legal_terms");

            migrationBuilder.AddColumn<string>(
                name: "assistance",
                schema: "dossiers",
                table: "summaries",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "Unassisted"
            );

            migrationBuilder.AddColumn<int>(
                name: "rejected",
                schema: "dossiers",
                table: "summaries",
                type: "integer",
                nullable: false,
                defaultValue: 0
            );

            migrationBuilder.AddColumn<string>(
                name: "field_code",
                schema: "dossiers",
                table: "legal_terms",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "confirmed_at",
                schema: "dossiers",
                table: "legal_terms",
                type: "timestamp with time zone",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "confirmed_by",
                schema: "dossiers",
                table: "legal_terms",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "arrived_at",
                schema: "dossiers",
                table: "dossiers",
                type: "timestamp with time zone",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "assistance",
                schema: "dossiers",
                table: "dossiers",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "Unassisted"
            );

            migrationBuilder.AddColumn<bool>(
                name: "awaits_telling",
                schema: "dossiers",
                table: "dossiers",
                type: "boolean",
                nullable: false,
                defaultValue: false
            );

            migrationBuilder.AddColumn<string>(name: "correction", schema: "dossiers", table: "dossiers", type: "jsonb", nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "erased_at",
                schema: "dossiers",
                table: "dossiers",
                type: "timestamp with time zone",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "group_evidence",
                schema: "dossiers",
                table: "dossiers",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "refunds",
                schema: "dossiers",
                table: "dossiers",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'::jsonb"
            );

            migrationBuilder.AddColumn<string>(
                name: "reliefs",
                schema: "dossiers",
                table: "dossiers",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'::jsonb"
            );

            migrationBuilder.AddColumn<string>(
                name: "second_supplement",
                schema: "dossiers",
                table: "dossiers",
                type: "jsonb",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(name: "wish", schema: "dossiers", table: "dossiers", type: "jsonb", nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "work_due_at",
                schema: "dossiers",
                table: "dossiers",
                type: "timestamp with time zone",
                nullable: true
            );

            migrationBuilder.AddPrimaryKey(
                name: "pk_summaries",
                schema: "dossiers",
                table: "summaries",
                columns: new[] { "grain", "period", "centre_code", "agency_code", "field_code", "procedure_code", "channel", "assistance" }
            );

            migrationBuilder.AddPrimaryKey(
                name: "pk_legal_terms",
                schema: "dossiers",
                table: "legal_terms",
                columns: new[] { "code", "field_code", "effective_from" }
            );

            migrationBuilder.CreateTable(
                name: "clock_moves",
                schema: "dossiers",
                columns: table => new
                {
                    replay_id = table.Column<Guid>(type: "uuid", nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    which = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    before = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    after = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    officer = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "pk_clock_moves",
                        x => new
                        {
                            x.replay_id,
                            x.dossier_id,
                            x.which,
                        }
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "clock_replays",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    calendar_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    calendar_version = table.Column<int>(type: "integer", nullable: false),
                    reason = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_clock_replays", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "escalation_looks",
                schema: "dossiers",
                columns: table => new
                {
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    known_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    look_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_escalation_looks", x => x.dossier_id);
                }
            );

            migrationBuilder.CreateTable(
                name: "escalation_rules",
                schema: "dossiers",
                columns: table => new
                {
                    code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    term = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    level = table.Column<int>(type: "integer", nullable: false),
                    timing = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    value = table.Column<decimal>(type: "numeric(9,3)", precision: 9, scale: 3, nullable: false),
                    to = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    basis = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    is_off = table.Column<bool>(type: "boolean", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_escalation_rules", x => new { x.code, x.effective_from });
                }
            );

            migrationBuilder.CreateTable(
                name: "escalations",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    dossier_code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    term = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    level = table.Column<int>(type: "integer", nullable: false),
                    round = table.Column<int>(type: "integer", nullable: false),
                    term_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    recipient = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    raised_by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    raised_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    message = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    acknowledged_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    answer = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_escalations", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "fee_receipts",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    series_id = table.Column<Guid>(type: "uuid", nullable: true),
                    form_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    series = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    number = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    centre_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    agency_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    cashier = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    till_id = table.Column<Guid>(type: "uuid", nullable: true),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    dossier_code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    payment_number = table.Column<int>(type: "integer", nullable: false),
                    amount_dong = table.Column<long>(type: "bigint", nullable: false),
                    lines = table.Column<string>(type: "jsonb", nullable: false),
                    method = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    issued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    voided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    voided_by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    void_reason = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fee_receipts", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "feedback",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    text = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    more = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    sender = table.Column<string>(type: "jsonb", nullable: false),
                    language = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    centre_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    agency_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: true),
                    repeat_of = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    assigned_to = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    calendar_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    times = table.Column<string>(type: "jsonb", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    stops = table.Column<string>(type: "jsonb", nullable: false),
                    question = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_in_time = table.Column<bool>(type: "boolean", nullable: true),
                    reason = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    legal_basis = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    answer = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    published_text = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    published_answer = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    satisfied = table.Column<bool>(type: "boolean", nullable: true),
                    erased_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    entries = table.Column<string>(type: "jsonb", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_feedback", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "legal_holds",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    set_by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    set_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_legal_holds", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "money_entries",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    move = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    centre_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    agency_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    procedure_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    payment_number = table.Column<int>(type: "integer", nullable: true),
                    line_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    dong = table.Column<long>(type: "bigint", nullable: false),
                    method = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    cashier = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    till_id = table.Column<Guid>(type: "uuid", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_money_entries", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "notification_templates",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    language = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    subject = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    body = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    provider_template = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notification_templates", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "notifications",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: true),
                    feedback_id = table.Column<Guid>(type: "uuid", nullable: true),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    language = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    facts = table.Column<string>(type: "jsonb", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    receipt = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    address = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    text = table.Column<string>(type: "text", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notifications", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "online_payments",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    dossier_code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    numbers = table.Column<string>(type: "jsonb", nullable: false),
                    amount_dong = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    started_by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    pay_at = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    qr_payload = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    ask_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    transactions = table.Column<string>(type: "jsonb", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_online_payments", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "rating_forms",
                schema: "dossiers",
                columns: table => new
                {
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    levels = table.Column<int>(type: "integer", nullable: false),
                    satisfied_from = table.Column<int>(type: "integer", nullable: false),
                    smallest_group = table.Column<int>(type: "integer", nullable: false),
                    questions = table.Column<string>(type: "jsonb", nullable: false),
                    source = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    to_be_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rating_forms", x => x.effective_from);
                }
            );

            migrationBuilder.CreateTable(
                name: "ratings",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    centre_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    agency_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    field_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    procedure_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    rated_on = table.Column<DateOnly>(type: "date", nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    form_from = table.Column<DateOnly>(type: "date", nullable: false),
                    level = table.Column<int>(type: "integer", nullable: false),
                    is_satisfied = table.Column<bool>(type: "boolean", nullable: false),
                    answers = table.Column<string>(type: "jsonb", nullable: false),
                    comment = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ratings", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "receipt_series",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    centre_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    counter_id = table.Column<Guid>(type: "uuid", nullable: true),
                    cashier = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    form_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    series = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    first_number = table.Column<int>(type: "integer", nullable: false),
                    last_number = table.Column<int>(type: "integer", nullable: false),
                    given = table.Column<int>(type: "integer", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_receipt_series", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "refund_numbers",
                schema: "dossiers",
                columns: table => new
                {
                    centre_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    last = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_refund_numbers", x => new { x.centre_code, x.year });
                }
            );

            migrationBuilder.CreateTable(
                name: "retention_rules",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    procedure_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    field_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    years = table.Column<int>(type: "integer", nullable: true),
                    keeps_files = table.Column<bool>(type: "boolean", nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    source = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    to_be_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_retention_rules", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "sandbox_orders",
                schema: "dossiers",
                columns: table => new
                {
                    code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    amount_dong = table.Column<long>(type: "bigint", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    paid_dong = table.Column<long>(type: "bigint", nullable: false),
                    transaction_id = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    notice_address = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    refunds = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'{}'::jsonb"),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sandbox_orders", x => x.code);
                }
            );

            migrationBuilder.CreateTable(
                name: "tills",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    centre_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    counter_id = table.Column<Guid>(type: "uuid", nullable: true),
                    cashier = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    opening_dong = table.Column<long>(type: "bigint", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    totals = table.Column<string>(type: "jsonb", nullable: true),
                    count = table.Column<string>(type: "jsonb", nullable: true),
                    confirmed_by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tills", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "retention",
                schema: "dossiers",
                columns: table => new
                {
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    closed_on = table.Column<DateOnly>(type: "date", nullable: false),
                    rule_id = table.Column<Guid>(type: "uuid", nullable: false),
                    erase_on = table.Column<DateOnly>(type: "date", nullable: true),
                    erased_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_retention", x => x.dossier_id);
                    table.ForeignKey(
                        name: "fk_retention_retention_rules_rule_id",
                        column: x => x.rule_id,
                        principalSchema: "dossiers",
                        principalTable: "retention_rules",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict
                    );
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_open_agency",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "agency_code", "work_due_at", "id" },
                filter: "settled_at IS NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_open_calendar",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "calendar_code", "id" },
                filter: "settled_at IS NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_open_centre",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "centre_code", "work_due_at", "id" },
                filter: "settled_at IS NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_open_handling",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "handling_agency_code", "work_due_at", "id" },
                filter: "settled_at IS NULL AND handling_agency_code IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_open_officer",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "assigned_to", "work_due_at", "id" },
                filter: "settled_at IS NULL AND assigned_to IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_open_return",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "return_centre_code", "work_due_at", "id" },
                filter: "settled_at IS NULL AND return_centre_code IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_open_work",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "work_due_at", "id" },
                filter: "settled_at IS NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_waiting_result",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "work_due_at", "id" },
                filter: "delivery = 'Ready'"
            );

            migrationBuilder.CreateIndex(
                name: "ix_clock_replays_calendar_code_calendar_version",
                schema: "dossiers",
                table: "clock_replays",
                columns: new[] { "calendar_code", "calendar_version" },
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "ix_escalation_looks_look_at",
                schema: "dossiers",
                table: "escalation_looks",
                column: "look_at"
            );

            migrationBuilder.CreateIndex(
                name: "ix_escalations_dossier_id_id",
                schema: "dossiers",
                table: "escalations",
                columns: new[] { "dossier_id", "id" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_escalations_once",
                schema: "dossiers",
                table: "escalations",
                columns: new[] { "dossier_id", "term", "term_due_at", "level", "round", "recipient" },
                unique: true,
                filter: "term <> 'Press'"
            );

            migrationBuilder.CreateIndex(
                name: "ix_escalations_recipient_id",
                schema: "dossiers",
                table: "escalations",
                columns: new[] { "recipient", "id" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_fee_receipts_agency_code_id",
                schema: "dossiers",
                table: "fee_receipts",
                columns: new[] { "agency_code", "id" },
                descending: new[] { false, true }
            );

            migrationBuilder.CreateIndex(
                name: "ix_fee_receipts_centre_code_id",
                schema: "dossiers",
                table: "fee_receipts",
                columns: new[] { "centre_code", "id" },
                descending: new[] { false, true }
            );

            migrationBuilder.CreateIndex(
                name: "ix_fee_receipts_dossier_id",
                schema: "dossiers",
                table: "fee_receipts",
                column: "dossier_id"
            );

            migrationBuilder.CreateIndex(
                name: "ix_fee_receipts_series_id_number",
                schema: "dossiers",
                table: "fee_receipts",
                columns: new[] { "series_id", "number" },
                unique: true,
                filter: "series_id IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_fee_receipts_till_id",
                schema: "dossiers",
                table: "fee_receipts",
                column: "till_id",
                filter: "till_id IS NOT NULL"
            );

            migrationBuilder.CreateIndex(name: "ix_feedback_code", schema: "dossiers", table: "feedback", column: "code", unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_feedback_dossier_id",
                schema: "dossiers",
                table: "feedback",
                column: "dossier_id",
                filter: "dossier_id IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_feedback_due_at",
                schema: "dossiers",
                table: "feedback",
                column: "due_at",
                filter: "due_at IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_feedback_published_at",
                schema: "dossiers",
                table: "feedback",
                column: "published_at",
                filter: "published_at IS NOT NULL"
            );

            migrationBuilder.CreateIndex(name: "ix_feedback_submitted_at", schema: "dossiers", table: "feedback", column: "submitted_at");

            migrationBuilder.CreateIndex(
                name: "ix_legal_holds_dossier_id",
                schema: "dossiers",
                table: "legal_holds",
                column: "dossier_id",
                unique: true,
                filter: "ended_at IS NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_money_entries_agency_code_day",
                schema: "dossiers",
                table: "money_entries",
                columns: new[] { "agency_code", "day" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_money_entries_centre_code_day",
                schema: "dossiers",
                table: "money_entries",
                columns: new[] { "centre_code", "day" }
            );

            migrationBuilder.CreateIndex(name: "ix_money_entries_day", schema: "dossiers", table: "money_entries", column: "day");

            migrationBuilder.CreateIndex(
                name: "ix_money_entries_till_id",
                schema: "dossiers",
                table: "money_entries",
                column: "till_id",
                filter: "till_id IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_notification_templates_kind_channel_language_effective_from",
                schema: "dossiers",
                table: "notification_templates",
                columns: new[] { "kind", "channel", "language", "effective_from" },
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "ix_notifications_dossier_id_revision_kind_channel",
                schema: "dossiers",
                table: "notifications",
                columns: new[] { "dossier_id", "revision", "kind", "channel" },
                unique: true,
                filter: "dossier_id IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_notifications_due",
                schema: "dossiers",
                table: "notifications",
                columns: new[] { "channel", "next_attempt_at", "position" },
                filter: "state = 'Waiting'"
            );

            migrationBuilder.CreateIndex(
                name: "ix_notifications_feedback_id_revision_kind_channel",
                schema: "dossiers",
                table: "notifications",
                columns: new[] { "feedback_id", "revision", "kind", "channel" },
                unique: true,
                filter: "feedback_id IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_notifications_order",
                schema: "dossiers",
                table: "notifications",
                columns: new[] { "dossier_id", "channel", "position" },
                filter: "state = 'Waiting'"
            );

            migrationBuilder.CreateIndex(
                name: "ix_notifications_position",
                schema: "dossiers",
                table: "notifications",
                column: "position",
                descending: new bool[0]
            );

            migrationBuilder.CreateIndex(
                name: "ix_notifications_state_position",
                schema: "dossiers",
                table: "notifications",
                columns: new[] { "state", "position" },
                descending: new[] { false, true }
            );

            migrationBuilder.CreateIndex(
                name: "ix_online_payments_ask_at",
                schema: "dossiers",
                table: "online_payments",
                column: "ask_at",
                filter: "ask_at IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_online_payments_code",
                schema: "dossiers",
                table: "online_payments",
                column: "code",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "ix_online_payments_dossier_id",
                schema: "dossiers",
                table: "online_payments",
                column: "dossier_id"
            );

            migrationBuilder.CreateIndex(
                name: "ix_online_payments_state_id",
                schema: "dossiers",
                table: "online_payments",
                columns: new[] { "state", "id" },
                descending: new[] { false, true }
            );

            migrationBuilder.CreateIndex(
                name: "ix_ratings_dossier_id",
                schema: "dossiers",
                table: "ratings",
                column: "dossier_id",
                unique: true
            );

            migrationBuilder.CreateIndex(name: "ix_ratings_rated_on", schema: "dossiers", table: "ratings", column: "rated_on");

            migrationBuilder.CreateIndex(
                name: "ix_receipt_series_centre_code_kind",
                schema: "dossiers",
                table: "receipt_series",
                columns: new[] { "centre_code", "kind" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_receipt_series_form_code_series",
                schema: "dossiers",
                table: "receipt_series",
                columns: new[] { "form_code", "series" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_retention_erase_on",
                schema: "dossiers",
                table: "retention",
                column: "erase_on",
                filter: "erased_at IS NULL AND erase_on IS NOT NULL"
            );

            migrationBuilder.CreateIndex(name: "ix_retention_rule_id", schema: "dossiers", table: "retention", column: "rule_id");

            migrationBuilder
                .CreateIndex(
                    name: "ix_retention_rules_procedure_code_field_code_effective_from",
                    schema: "dossiers",
                    table: "retention_rules",
                    columns: new[] { "procedure_code", "field_code", "effective_from" },
                    unique: true
                )
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_tills_cashier_id",
                schema: "dossiers",
                table: "tills",
                columns: new[] { "cashier", "id" },
                descending: new[] { false, true }
            );

            migrationBuilder.CreateIndex(
                name: "ix_tills_centre_code_day",
                schema: "dossiers",
                table: "tills",
                columns: new[] { "centre_code", "day" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_tills_open",
                schema: "dossiers",
                table: "tills",
                columns: new[] { "centre_code", "cashier", "day" },
                unique: true,
                filter: "closed_at IS NULL"
            );

            migrationBuilder.Sql(StatisticsSql.CountAnew);
            migrationBuilder.Sql(OpenDossierBackfill.Sql);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "clock_moves", schema: "dossiers");

            migrationBuilder.DropTable(name: "clock_replays", schema: "dossiers");

            migrationBuilder.DropTable(name: "escalation_looks", schema: "dossiers");

            migrationBuilder.DropTable(name: "escalation_rules", schema: "dossiers");

            migrationBuilder.DropTable(name: "escalations", schema: "dossiers");

            migrationBuilder.DropTable(name: "fee_receipts", schema: "dossiers");

            migrationBuilder.DropTable(name: "feedback", schema: "dossiers");

            migrationBuilder.DropTable(name: "legal_holds", schema: "dossiers");

            migrationBuilder.DropTable(name: "money_entries", schema: "dossiers");

            migrationBuilder.DropTable(name: "notification_templates", schema: "dossiers");

            migrationBuilder.DropTable(name: "notifications", schema: "dossiers");

            migrationBuilder.DropTable(name: "online_payments", schema: "dossiers");

            migrationBuilder.DropTable(name: "rating_forms", schema: "dossiers");

            migrationBuilder.DropTable(name: "ratings", schema: "dossiers");

            migrationBuilder.DropTable(name: "receipt_series", schema: "dossiers");

            migrationBuilder.DropTable(name: "refund_numbers", schema: "dossiers");

            migrationBuilder.DropTable(name: "retention", schema: "dossiers");

            migrationBuilder.DropTable(name: "sandbox_orders", schema: "dossiers");

            migrationBuilder.DropTable(name: "tills", schema: "dossiers");

            migrationBuilder.DropTable(name: "retention_rules", schema: "dossiers");

            migrationBuilder.DropPrimaryKey(name: "pk_summaries", schema: "dossiers", table: "summaries");

            migrationBuilder.DropPrimaryKey(name: "pk_legal_terms", schema: "dossiers", table: "legal_terms");

            migrationBuilder.DropIndex(name: "ix_dossiers_open_agency", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(name: "ix_dossiers_open_calendar", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(name: "ix_dossiers_open_centre", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(name: "ix_dossiers_open_handling", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(name: "ix_dossiers_open_officer", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(name: "ix_dossiers_open_return", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(name: "ix_dossiers_open_work", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(name: "ix_dossiers_waiting_result", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "assistance", schema: "dossiers", table: "summaries");

            migrationBuilder.DropColumn(name: "rejected", schema: "dossiers", table: "summaries");

            migrationBuilder.DropColumn(name: "field_code", schema: "dossiers", table: "legal_terms");

            migrationBuilder.DropColumn(name: "confirmed_at", schema: "dossiers", table: "legal_terms");

            migrationBuilder.DropColumn(name: "confirmed_by", schema: "dossiers", table: "legal_terms");

            migrationBuilder.DropColumn(name: "arrived_at", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "assistance", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "awaits_telling", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "correction", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "erased_at", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "group_evidence", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "refunds", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "reliefs", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "second_supplement", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "wish", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "work_due_at", schema: "dossiers", table: "dossiers");

            migrationBuilder.AddPrimaryKey(
                name: "pk_summaries",
                schema: "dossiers",
                table: "summaries",
                columns: new[] { "grain", "period", "centre_code", "agency_code", "field_code", "procedure_code", "channel" }
            );

            migrationBuilder.AddPrimaryKey(
                name: "pk_legal_terms",
                schema: "dossiers",
                table: "legal_terms",
                columns: new[] { "code", "effective_from" }
            );
        }
    }
}
