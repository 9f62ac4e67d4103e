using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Pac.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class DossiersRounded : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "closed_by",
                schema: "dossiers",
                table: "tills",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "closing_reason",
                schema: "dossiers",
                table: "tills",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true
            );

            migrationBuilder.AddColumn<DateOnly>(
                name: "published_on",
                schema: "dossiers",
                table: "procedure_versions",
                type: "date",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "delivery",
                schema: "dossiers",
                table: "notifications",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "delivery_at",
                schema: "dossiers",
                table: "notifications",
                type: "timestamp with time zone",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "delivery_error",
                schema: "dossiers",
                table: "notifications",
                type: "character varying(60)",
                maxLength: 60,
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "sealed",
                schema: "dossiers",
                table: "exchange_messages",
                type: "bytea",
                nullable: true
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "check_due_at",
                schema: "dossiers",
                table: "dossiers",
                type: "timestamp with time zone",
                nullable: true
            );

            migrationBuilder.AddColumn<long>(name: "declared_value", schema: "dossiers", table: "dossiers", type: "bigint", nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "eligibility_check",
                schema: "dossiers",
                table: "dossiers",
                type: "jsonb",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "late_cause_hash",
                schema: "dossiers",
                table: "dossiers",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true
            );

            migrationBuilder.AddColumn<bool>(
                name: "served_by_return_centre",
                schema: "dossiers",
                table: "dossiers",
                type: "boolean",
                nullable: false,
                defaultValue: false
            );

            migrationBuilder.CreateTable(
                name: "counter_answers",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    serial = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    centre_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    counter_id = table.Column<Guid>(type: "uuid", nullable: true),
                    agency_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    procedure_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    procedure_version = table.Column<int>(type: "integer", nullable: false),
                    variant_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    field_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    person = table.Column<string>(type: "jsonb", nullable: false),
                    person_index = table.Column<byte[]>(type: "bytea", nullable: true),
                    lacking = table.Column<string>(type: "jsonb", nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    legal_basis = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    answered_by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    erased_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_counter_answers", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "exchange_files",
                schema: "dossiers",
                columns: table => new
                {
                    partner = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    file_id = table.Column<Guid>(type: "uuid", nullable: false),
                    their_id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_exchange_files", x => new { x.partner, x.file_id });
                }
            );

            migrationBuilder.CreateTable(
                name: "gateway_tokens",
                schema: "dossiers",
                columns: table => new
                {
                    gateway = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    begun_with = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    access = table.Column<byte[]>(type: "bytea", nullable: true),
                    refresh = table.Column<byte[]>(type: "bytea", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    renewed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_gateway_tokens", x => x.gateway);
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_notifications_channel_receipt",
                schema: "dossiers",
                table: "notifications",
                columns: new[] { "channel", "receipt" },
                filter: "receipt IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_exchange_messages_files",
                schema: "dossiers",
                table: "exchange_messages",
                columns: new[] { "partner", "next_attempt_at" },
                filter: "state = 'Waiting' AND kind = 'File'"
            );

            migrationBuilder.CreateIndex(
                name: "ix_exchange_messages_to_seal",
                schema: "dossiers",
                table: "exchange_messages",
                column: "id",
                filter: "text IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_centre_code_agency_code_received_at_id",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "centre_code", "agency_code", "received_at", "id" },
                descending: new[] { false, false, true, true }
            );

            migrationBuilder.CreateIndex(
                name: "ix_counter_answers_agency_code_id",
                schema: "dossiers",
                table: "counter_answers",
                columns: new[] { "agency_code", "id" },
                descending: new[] { false, true }
            );

            migrationBuilder.CreateIndex(
                name: "ix_counter_answers_answered_at",
                schema: "dossiers",
                table: "counter_answers",
                column: "answered_at"
            );

            migrationBuilder.CreateIndex(
                name: "ix_counter_answers_centre_code_id",
                schema: "dossiers",
                table: "counter_answers",
                columns: new[] { "centre_code", "id" },
                descending: new[] { false, true }
            );

            migrationBuilder.CreateIndex(
                name: "ix_counter_answers_kept",
                schema: "dossiers",
                table: "counter_answers",
                column: "id",
                filter: "erased_at IS NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_counter_answers_person_index_procedure_code",
                schema: "dossiers",
                table: "counter_answers",
                columns: new[] { "person_index", "procedure_code" },
                filter: "person_index IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_counter_answers_serial",
                schema: "dossiers",
                table: "counter_answers",
                column: "serial",
                unique: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "counter_answers", schema: "dossiers");

            migrationBuilder.DropTable(name: "exchange_files", schema: "dossiers");

            migrationBuilder.DropTable(name: "gateway_tokens", schema: "dossiers");

            migrationBuilder.DropIndex(name: "ix_notifications_channel_receipt", schema: "dossiers", table: "notifications");

            migrationBuilder.DropIndex(name: "ix_exchange_messages_files", schema: "dossiers", table: "exchange_messages");

            migrationBuilder.DropIndex(name: "ix_exchange_messages_to_seal", schema: "dossiers", table: "exchange_messages");

            migrationBuilder.DropIndex(name: "ix_dossiers_centre_code_agency_code_received_at_id", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "closed_by", schema: "dossiers", table: "tills");

            migrationBuilder.DropColumn(name: "closing_reason", schema: "dossiers", table: "tills");

            migrationBuilder.DropColumn(name: "published_on", schema: "dossiers", table: "procedure_versions");

            migrationBuilder.DropColumn(name: "delivery", schema: "dossiers", table: "notifications");

            migrationBuilder.DropColumn(name: "delivery_at", schema: "dossiers", table: "notifications");

            migrationBuilder.DropColumn(name: "delivery_error", schema: "dossiers", table: "notifications");

            migrationBuilder.DropColumn(name: "sealed", schema: "dossiers", table: "exchange_messages");

            migrationBuilder.DropColumn(name: "check_due_at", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "declared_value", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "eligibility_check", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "late_cause_hash", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropColumn(name: "served_by_return_centre", schema: "dossiers", table: "dossiers");
        }
    }
}
