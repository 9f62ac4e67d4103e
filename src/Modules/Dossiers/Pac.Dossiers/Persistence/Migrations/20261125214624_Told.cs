using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Pac.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Told : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "erased_at",
                schema: "dossiers",
                table: "dossiers",
                type: "timestamp with time zone",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(name: "wish", schema: "dossiers", table: "dossiers", type: "jsonb", nullable: true);

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
                name: "ix_ratings_dossier_id",
                schema: "dossiers",
                table: "ratings",
                column: "dossier_id",
                unique: true
            );

            migrationBuilder.CreateIndex(name: "ix_ratings_rated_on", schema: "dossiers", table: "ratings", column: "rated_on");

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "feedback", schema: "dossiers");

            migrationBuilder.DropTable(name: "legal_holds", schema: "dossiers");

            migrationBuilder.DropTable(name: "notification_templates", schema: "dossiers");

            migrationBuilder.DropTable(name: "notifications", schema: "dossiers");

            migrationBuilder.DropTable(name: "rating_forms", schema: "dossiers");

            migrationBuilder.DropTable(name: "ratings", schema: "dossiers");

            migrationBuilder.DropTable(name: "retention", schema: "dossiers");

            migrationBuilder.DropTable(name: "retention_rules", schema: "dossiers");

            migrationBuilder.DropColumn(name: "erased_at", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "wish", schema: "dossiers", table: "dossiers");
        }
    }
}
