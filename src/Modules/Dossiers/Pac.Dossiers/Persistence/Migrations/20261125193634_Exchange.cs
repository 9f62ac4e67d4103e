using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Pac.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Exchange : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "stated_by",
                schema: "dossiers",
                table: "dossiers",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "Pac"
            );

            migrationBuilder.CreateTable(
                name: "events",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    seq = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    act = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    procedure_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    centre_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    agency_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    fanned_out_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_events", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "exchange_messages",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    partner = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    direction = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    event_id = table.Column<Guid>(type: "uuid", nullable: true),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: true),
                    dossier_code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    synced_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    answer = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    key = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    text = table.Column<string>(type: "character varying(20000)", maxLength: 20000, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_exchange_messages", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "reconciliations",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    to = table.Column<DateOnly>(type: "date", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    compared = table.Column<int>(type: "integer", nullable: false),
                    differing = table.Column<int>(type: "integer", nullable: false),
                    differences = table.Column<string>(type: "jsonb", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reconciliations", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "webhook_subscriptions",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    url = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    event_types = table.Column<string>(type: "jsonb", nullable: false),
                    scope = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    owner_subject = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    owner_client_id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    stop = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    stopped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    secrets = table.Column<string>(type: "jsonb", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_subscriptions", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "webhook_deliveries",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    subscription_id = table.Column<Guid>(type: "uuid", nullable: false),
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    replayed = table.Column<bool>(type: "boolean", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_status = table.Column<int>(type: "integer", nullable: true),
                    last_error = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_deliveries", x => x.id);
                    table.ForeignKey(
                        name: "fk_webhook_deliveries_webhook_subscriptions_subscription_id",
                        column: x => x.subscription_id,
                        principalSchema: "dossiers",
                        principalTable: "webhook_subscriptions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "webhook_pauses",
                schema: "dossiers",
                columns: table => new
                {
                    subscription_id = table.Column<Guid>(type: "uuid", nullable: false),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_pauses", x => x.subscription_id);
                    table.ForeignKey(
                        name: "fk_webhook_pauses_webhook_subscriptions_subscription_id",
                        column: x => x.subscription_id,
                        principalSchema: "dossiers",
                        principalTable: "webhook_subscriptions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_events_occurred_at_seq",
                schema: "dossiers",
                table: "events",
                columns: new[] { "occurred_at", "seq" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_events_waiting",
                schema: "dossiers",
                table: "events",
                columns: new[] { "dossier_id", "seq" },
                filter: "fanned_out_at IS NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_exchange_messages_dossier_id_position",
                schema: "dossiers",
                table: "exchange_messages",
                columns: new[] { "dossier_id", "position" }
            );

            migrationBuilder.CreateIndex(
                name: "ix_exchange_messages_partner_key",
                schema: "dossiers",
                table: "exchange_messages",
                columns: new[] { "partner", "key" },
                unique: true,
                filter: "key IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_exchange_messages_partner_position",
                schema: "dossiers",
                table: "exchange_messages",
                columns: new[] { "partner", "position" },
                descending: new[] { false, true }
            );

            migrationBuilder.CreateIndex(
                name: "ix_exchange_messages_waiting",
                schema: "dossiers",
                table: "exchange_messages",
                columns: new[] { "partner", "dossier_id", "position" },
                filter: "state = 'Waiting'"
            );

            migrationBuilder.CreateIndex(
                name: "ix_reconciliations_partner_id",
                schema: "dossiers",
                table: "reconciliations",
                columns: new[] { "partner", "id" },
                descending: new[] { false, true }
            );

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_due",
                schema: "dossiers",
                table: "webhook_deliveries",
                columns: new[] { "subscription_id", "next_attempt_at", "position" },
                filter: "state = 'Waiting'"
            );

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_event_id",
                schema: "dossiers",
                table: "webhook_deliveries",
                column: "event_id"
            );

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_order",
                schema: "dossiers",
                table: "webhook_deliveries",
                columns: new[] { "subscription_id", "dossier_id", "position" },
                filter: "state = 'Waiting'"
            );

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_subscription_id_position",
                schema: "dossiers",
                table: "webhook_deliveries",
                columns: new[] { "subscription_id", "position" },
                descending: new[] { false, true }
            );

            migrationBuilder.CreateIndex(
                name: "ix_webhook_subscriptions_owner_subject_id",
                schema: "dossiers",
                table: "webhook_subscriptions",
                columns: new[] { "owner_subject", "id" }
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "events", schema: "dossiers");

            migrationBuilder.DropTable(name: "exchange_messages", schema: "dossiers");

            migrationBuilder.DropTable(name: "reconciliations", schema: "dossiers");

            migrationBuilder.DropTable(name: "webhook_deliveries", schema: "dossiers");

            migrationBuilder.DropTable(name: "webhook_pauses", schema: "dossiers");

            migrationBuilder.DropTable(name: "webhook_subscriptions", schema: "dossiers");

            migrationBuilder.DropColumn(name: "stated_by", schema: "dossiers", table: "dossiers");
        }
    }
}
