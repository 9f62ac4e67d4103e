namespace Pac.Dossiers.Features.Forms;

/// <summary>How forms call the roles of a workflow; a role the province named itself is printed as it named it.</summary>
internal static class WorkflowWords
{
    public static string Of(string role) =>
        role switch
        {
            "reception" => "Bộ phận Một cửa",
            "caseOfficer" => "Chuyên viên thụ lý",
            "unitHead" => "Lãnh đạo phòng",
            "leader" => "Lãnh đạo cơ quan",
            "clerk" => "Văn thư",
            "cooperatingAgency" => "Cơ quan phối hợp",
            "peoplesCommittee" => "Ủy ban nhân dân tỉnh",
            _ => role,
        };
}
