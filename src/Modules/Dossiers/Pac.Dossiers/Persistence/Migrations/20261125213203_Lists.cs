using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pac.Dossiers.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Lists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_dossiers_agency_code_due_at_id",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "agency_code", "due_at", "id" },
                filter: "settled_at IS NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_agency_code_status_received_at_id",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "agency_code", "status", "received_at", "id" },
                descending: new[] { false, false, true, true },
                filter: "status <> 'Returned'"
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_assigned_to_received_at_id",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "assigned_to", "received_at", "id" },
                descending: new[] { false, true, true },
                filter: "assigned_to IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_centre_code_due_at_id",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "centre_code", "due_at", "id" },
                filter: "settled_at IS NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_centre_code_field_code_received_at_id",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "centre_code", "field_code", "received_at", "id" },
                descending: new[] { false, false, true, true }
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_centre_code_procedure_code_received_at_id",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "centre_code", "procedure_code", "received_at", "id" },
                descending: new[] { false, false, true, true }
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_centre_code_status_received_at_id",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "centre_code", "status", "received_at", "id" },
                descending: new[] { false, false, true, true },
                filter: "status <> 'Returned'"
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_field_code_received_at_id",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "field_code", "received_at", "id" },
                descending: new[] { false, true, true }
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_handling_agency_code_due_at_id",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "handling_agency_code", "due_at", "id" },
                filter: "handling_agency_code IS NOT NULL AND settled_at IS NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_handling_agency_code_procedure_code_received_at_id",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "handling_agency_code", "procedure_code", "received_at", "id" },
                descending: new[] { false, false, true, true },
                filter: "handling_agency_code IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_handling_agency_code_status_received_at_id",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "handling_agency_code", "status", "received_at", "id" },
                descending: new[] { false, false, true, true },
                filter: "handling_agency_code IS NOT NULL AND status <> 'Returned'"
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_procedure_code_received_at_id",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "procedure_code", "received_at", "id" },
                descending: new[] { false, true, true }
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_return_centre_code_agency_code_received_at_id",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "return_centre_code", "agency_code", "received_at", "id" },
                descending: new[] { false, false, true, true },
                filter: "return_centre_code IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_return_centre_code_due_at_id",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "return_centre_code", "due_at", "id" },
                filter: "return_centre_code IS NOT NULL AND settled_at IS NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_return_centre_code_field_code_received_at_id",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "return_centre_code", "field_code", "received_at", "id" },
                descending: new[] { false, false, true, true },
                filter: "return_centre_code IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_return_centre_code_procedure_code_received_at_id",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "return_centre_code", "procedure_code", "received_at", "id" },
                descending: new[] { false, false, true, true },
                filter: "return_centre_code IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_return_centre_code_status_received_at_id",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "return_centre_code", "status", "received_at", "id" },
                descending: new[] { false, false, true, true },
                filter: "return_centre_code IS NOT NULL AND status <> 'Returned'"
            );

            migrationBuilder.CreateIndex(
                name: "ix_dossiers_status_received_at_id",
                schema: "dossiers",
                table: "dossiers",
                columns: new[] { "status", "received_at", "id" },
                descending: new[] { false, true, true },
                filter: "status <> 'Returned'"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "ix_dossiers_agency_code_due_at_id", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(name: "ix_dossiers_agency_code_status_received_at_id", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(name: "ix_dossiers_assigned_to_received_at_id", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(name: "ix_dossiers_centre_code_due_at_id", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(name: "ix_dossiers_centre_code_field_code_received_at_id", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(
                name: "ix_dossiers_centre_code_procedure_code_received_at_id",
                schema: "dossiers",
                table: "dossiers"
            );

            migrationBuilder.DropIndex(name: "ix_dossiers_centre_code_status_received_at_id", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(name: "ix_dossiers_field_code_received_at_id", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(name: "ix_dossiers_handling_agency_code_due_at_id", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(
                name: "ix_dossiers_handling_agency_code_procedure_code_received_at_id",
                schema: "dossiers",
                table: "dossiers"
            );

            migrationBuilder.DropIndex(
                name: "ix_dossiers_handling_agency_code_status_received_at_id",
                schema: "dossiers",
                table: "dossiers"
            );

            migrationBuilder.DropIndex(name: "ix_dossiers_procedure_code_received_at_id", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(
                name: "ix_dossiers_return_centre_code_agency_code_received_at_id",
                schema: "dossiers",
                table: "dossiers"
            );

            migrationBuilder.DropIndex(name: "ix_dossiers_return_centre_code_due_at_id", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(
                name: "ix_dossiers_return_centre_code_field_code_received_at_id",
                schema: "dossiers",
                table: "dossiers"
            );

            migrationBuilder.DropIndex(
                name: "ix_dossiers_return_centre_code_procedure_code_received_at_id",
                schema: "dossiers",
                table: "dossiers"
            );

            migrationBuilder.DropIndex(name: "ix_dossiers_return_centre_code_status_received_at_id", schema: "dossiers", table: "dossiers");

            migrationBuilder.DropIndex(name: "ix_dossiers_status_received_at_id", schema: "dossiers", table: "dossiers");
        }
    }
}
