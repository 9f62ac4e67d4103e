using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pac.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Queues : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(name: "pk_legal_terms", schema: "dossiers", table: "legal_terms");

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

            migrationBuilder.AddColumn<bool>(
                name: "awaits_telling",
                schema: "dossiers",
                table: "dossiers",
                type: "boolean",
                nullable: false,
                defaultValue: false
            );

            migrationBuilder.AddColumn<string>(name: "correction", schema: "dossiers", table: "dossiers", type: "jsonb", nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "second_supplement",
                schema: "dossiers",
                table: "dossiers",
                type: "jsonb",
                nullable: true
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "work_due_at",
                schema: "dossiers",
                table: "dossiers",
                type: "timestamp with time zone",
                nullable: true
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

            migrationBuilder.DropPrimaryKey(name: "pk_legal_terms", schema: "dossiers", table: "legal_terms");

            migrationBuilder.DropIndex(name: "ix_dossiers_open_agency", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(name: "ix_dossiers_open_calendar", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(name: "ix_dossiers_open_centre", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(name: "ix_dossiers_open_handling", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(name: "ix_dossiers_open_officer", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(name: "ix_dossiers_open_return", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(name: "ix_dossiers_open_work", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(name: "ix_dossiers_waiting_result", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "field_code", schema: "dossiers", table: "legal_terms");

            migrationBuilder.DropColumn(name: "confirmed_at", schema: "dossiers", table: "legal_terms");

            migrationBuilder.DropColumn(name: "confirmed_by", schema: "dossiers", table: "legal_terms");

            migrationBuilder.DropColumn(name: "arrived_at", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "awaits_telling", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "correction", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "second_supplement", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "work_due_at", schema: "dossiers", table: "dossiers");

            migrationBuilder.AddPrimaryKey(
                name: "pk_legal_terms",
                schema: "dossiers",
                table: "legal_terms",
                columns: new[] { "code", "effective_from" }
            );
        }
    }
}
