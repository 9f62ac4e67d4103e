using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pac.Facilities.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(name: "facilities");

            migrationBuilder.CreateTable(
                name: "audit",
                schema: "facilities",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    act = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    kind = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    thing = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    subject = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    client_id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    address = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    trace_id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    changes = table.Column<string>(type: "jsonb", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "calendars",
                schema: "facilities",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    current_version = table.Column<int>(type: "integer", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calendars", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "centres",
                schema: "facilities",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    level = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    name_en = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    address = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    calendar_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_centres", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "counter_days",
                schema: "facilities",
                columns: table => new
                {
                    counter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    dossiers_received = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_counter_days", x => new { x.counter_id, x.day });
                }
            );

            migrationBuilder.CreateTable(
                name: "counters",
                schema: "facilities",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    centre_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    in_service = table.Column<bool>(type: "boolean", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_counters", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "inbox",
                schema: "facilities",
                columns: table => new
                {
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    handler = table.Column<string>(type: "character varying(150)", maxLength: 150, nullable: false),
                    applied_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox", x => new { x.event_id, x.handler });
                }
            );

            migrationBuilder.CreateTable(
                name: "jobs",
                schema: "facilities",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    done = table.Column<long>(type: "bigint", nullable: false),
                    total = table.Column<long>(type: "bigint", nullable: true),
                    parameters = table.Column<string>(type: "jsonb", nullable: false),
                    checkpoint = table.Column<string>(type: "jsonb", nullable: true),
                    result = table.Column<string>(type: "jsonb", nullable: true),
                    error = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    subject = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    scope = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    fence = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_jobs", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "kept_answers",
                schema: "facilities",
                columns: table => new
                {
                    key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    owner = table.Column<string>(type: "character varying(210)", maxLength: 210, nullable: false),
                    request_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    answer = table.Column<string>(type: "jsonb", nullable: false),
                    kept_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kept_answers", x => new { x.key, x.owner });
                }
            );

            migrationBuilder.CreateTable(
                name: "outbox",
                schema: "facilities",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    payload = table.Column<string>(type: "jsonb", nullable: false),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_error = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    processed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    parked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    trace_parent = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "calendar_versions",
                schema: "facilities",
                columns: table => new
                {
                    calendar_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    author = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calendar_versions", x => new { x.calendar_id, x.number });
                    table.ForeignKey(
                        name: "fk_calendar_versions_calendars_calendar_id",
                        column: x => x.calendar_id,
                        principalSchema: "facilities",
                        principalTable: "calendars",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateIndex(name: "ix_audit_thing_id", schema: "facilities", table: "audit", columns: new[] { "thing", "id" });

            migrationBuilder.CreateIndex(name: "ix_calendars_code", schema: "facilities", table: "calendars", column: "code", unique: true);

            migrationBuilder.CreateIndex(name: "ix_centres_code", schema: "facilities", table: "centres", column: "code", unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_counters_centre_code_number",
                schema: "facilities",
                table: "counters",
                columns: new[] { "centre_code", "number" },
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "ix_jobs_waiting",
                schema: "facilities",
                table: "jobs",
                column: "created_at",
                filter: "state IN ('Queued', 'Running')"
            );

            migrationBuilder.CreateIndex(name: "ix_kept_answers_kept_at", schema: "facilities", table: "kept_answers", column: "kept_at");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_waiting",
                schema: "facilities",
                table: "outbox",
                column: "next_attempt_at",
                filter: "processed_at IS NULL AND parked_at IS NULL"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "audit", schema: "facilities");

            migrationBuilder.DropTable(name: "calendar_versions", schema: "facilities");

            migrationBuilder.DropTable(name: "centres", schema: "facilities");

            migrationBuilder.DropTable(name: "counter_days", schema: "facilities");

            migrationBuilder.DropTable(name: "counters", schema: "facilities");

            migrationBuilder.DropTable(name: "inbox", schema: "facilities");

            migrationBuilder.DropTable(name: "jobs", schema: "facilities");

            migrationBuilder.DropTable(name: "kept_answers", schema: "facilities");

            migrationBuilder.DropTable(name: "outbox", schema: "facilities");

            migrationBuilder.DropTable(name: "calendars", schema: "facilities");
        }
    }
}
