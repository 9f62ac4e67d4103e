using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pac.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(name: "dossiers");

            migrationBuilder.CreateTable(
                name: "access_log",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    subject = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    client_id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    purpose = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_log", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "agencies",
                schema: "dossiers",
                columns: table => new
                {
                    code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    name_en = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    level = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    to_be_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agencies", x => x.code);
                }
            );

            migrationBuilder.CreateTable(
                name: "audit",
                schema: "dossiers",
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
                name: "dossier_numbers",
                schema: "dossiers",
                columns: table => new
                {
                    agency_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    last = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dossier_numbers", x => new { x.agency_code, x.day });
                }
            );

            migrationBuilder.CreateTable(
                name: "dossiers",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    procedure_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    procedure_version = table.Column<int>(type: "integer", nullable: false),
                    field_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    centre_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    counter_id = table.Column<Guid>(type: "uuid", nullable: true),
                    agency_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    components = table.Column<string>(type: "jsonb", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    clock = table.Column<string>(type: "jsonb", nullable: true),
                    calendar_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    steps = table.Column<string>(type: "jsonb", nullable: false),
                    current_step = table.Column<int>(type: "integer", nullable: true),
                    assigned_to = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    outcome = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    result = table.Column<string>(type: "jsonb", nullable: true),
                    returned_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    return_method = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    returned_to = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    late_cause = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    source = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    source_id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    applicant_address = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    applicant_email = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    applicant_identity_number = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    applicant_kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    applicant_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    applicant_phone = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dossiers", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "fields",
                schema: "dossiers",
                columns: table => new
                {
                    code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    name_en = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fields", x => x.code);
                }
            );

            migrationBuilder.CreateTable(
                name: "import_errors",
                schema: "dossiers",
                columns: table => new
                {
                    import_id = table.Column<Guid>(type: "uuid", nullable: false),
                    line = table.Column<int>(type: "integer", nullable: false),
                    member = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    source_id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "pk_import_errors",
                        x => new
                        {
                            x.import_id,
                            x.line,
                            x.member,
                        }
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "import_rows",
                schema: "dossiers",
                columns: table => new
                {
                    import_id = table.Column<Guid>(type: "uuid", nullable: false),
                    line = table.Column<int>(type: "integer", nullable: false),
                    cells = table.Column<string[]>(type: "text[]", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_rows", x => new { x.import_id, x.line });
                }
            );

            migrationBuilder.CreateTable(
                name: "inbox",
                schema: "dossiers",
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
                schema: "dossiers",
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
                schema: "dossiers",
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
                name: "known_calendars",
                schema: "dossiers",
                columns: table => new
                {
                    code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_known_calendars", x => x.code);
                }
            );

            migrationBuilder.CreateTable(
                name: "outbox",
                schema: "dossiers",
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
                name: "procedures",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    field_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    name_en = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    last_version = table.Column<int>(type: "integer", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_procedures", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "summaries",
                schema: "dossiers",
                columns: table => new
                {
                    grain = table.Column<string>(type: "character varying(1)", maxLength: 1, nullable: false),
                    period = table.Column<DateOnly>(type: "date", nullable: false),
                    centre_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    agency_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    field_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    procedure_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    received = table.Column<int>(type: "integer", nullable: false),
                    settled = table.Column<int>(type: "integer", nullable: false),
                    early = table.Column<int>(type: "integer", nullable: false),
                    on_time = table.Column<int>(type: "integer", nullable: false),
                    late = table.Column<int>(type: "integer", nullable: false),
                    returned = table.Column<int>(type: "integer", nullable: false),
                    withdrawn = table.Column<int>(type: "integer", nullable: false),
                    refused = table.Column<int>(type: "integer", nullable: false),
                    stopped = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "pk_summaries",
                        x => new
                        {
                            x.grain,
                            x.period,
                            x.centre_code,
                            x.agency_code,
                            x.field_code,
                            x.procedure_code,
                            x.channel,
                        }
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "timeline",
                schema: "dossiers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    dossier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    act = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    subject = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    detail = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_timeline", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "procedure_versions",
                schema: "dossiers",
                columns: table => new
                {
                    procedure_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    decision = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_procedure_versions", x => new { x.procedure_id, x.number });
                    table.ForeignKey(
                        name: "fk_procedure_versions_procedures_procedure_id",
                        column: x => x.procedure_id,
                        principalSchema: "dossiers",
                        principalTable: "procedures",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateIndex(
                name: "ix_access_log_dossier_id_id",
                schema: "dossiers",
                table: "access_log",
                columns: new[] { "dossier_id", "id" }
            );

            migrationBuilder.CreateIndex(name: "ix_audit_thing_id", schema: "dossiers", table: "audit", columns: new[] { "thing", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_agency_code_received_at_id",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "agency_code", "received_at", "id" },
                descending: new[] { false, true, true }
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_centre_code_received_at_id",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "centre_code", "received_at", "id" },
                descending: new[] { false, true, true }
            );

            migrationBuilder.CreateIndex(name: "ix_dossiers_code", schema: "dossiers", table: "dossiers", column: "code", unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_late",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "settled_at", "id" },
                filter: "settled_at > due_at"
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_open_due",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "due_at", "id" },
                filter: "settled_at IS NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_received_at_id",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "received_at", "id" },
                descending: new bool[0]
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_source_source_id",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "source", "source_id" },
                unique: true,
                filter: "source IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_jobs_waiting",
                schema: "dossiers",
                table: "jobs",
                column: "created_at",
                filter: "state IN ('Queued', 'Running')"
            );

            migrationBuilder.CreateIndex(name: "ix_kept_answers_kept_at", schema: "dossiers", table: "kept_answers", column: "kept_at");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_waiting",
                schema: "dossiers",
                table: "outbox",
                column: "next_attempt_at",
                filter: "processed_at IS NULL AND parked_at IS NULL"
            );

            migrationBuilder.CreateIndex(name: "ix_procedures_code", schema: "dossiers", table: "procedures", column: "code", unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_timeline_dossier_id_id",
                schema: "dossiers",
                table: "timeline",
                columns: new[] { "dossier_id", "id" }
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "access_log", schema: "dossiers");

            migrationBuilder.DropTable(name: "agencies", schema: "dossiers");

            migrationBuilder.DropTable(name: "audit", schema: "dossiers");

            migrationBuilder.DropTable(name: "dossier_numbers", schema: "dossiers");

            migrationBuilder.DropTable(name: "dossiers", schema: "dossiers");

            migrationBuilder.DropTable(name: "fields", schema: "dossiers");

            migrationBuilder.DropTable(name: "import_errors", schema: "dossiers");

            migrationBuilder.DropTable(name: "import_rows", schema: "dossiers");

            migrationBuilder.DropTable(name: "inbox", schema: "dossiers");

            migrationBuilder.DropTable(name: "jobs", schema: "dossiers");

            migrationBuilder.DropTable(name: "kept_answers", schema: "dossiers");

            migrationBuilder.DropTable(name: "known_calendars", schema: "dossiers");

            migrationBuilder.DropTable(name: "outbox", schema: "dossiers");

            migrationBuilder.DropTable(name: "procedure_versions", schema: "dossiers");

            migrationBuilder.DropTable(name: "summaries", schema: "dossiers");

            migrationBuilder.DropTable(name: "timeline", schema: "dossiers");

            migrationBuilder.DropTable(name: "procedures", schema: "dossiers");
        }
    }
}
