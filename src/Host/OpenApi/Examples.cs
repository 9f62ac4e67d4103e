using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using Pac.BuildingBlocks.Web;
using Pac.SharedKernel;

namespace Pac.Host.OpenApi;

/// <summary>Examples that fit the sandbox, chosen by the name of a member; a member without a line gets one by its type.</summary>
internal static class Examples
{
    public const string Uuid = "0192f0c1-7b1e-7c3a-9d2b-3f4a5b6c7d8e";
    public const string Cursor = "MDE5MmYwYzE3YjFlN2MzYTlkMmIzZjRhNWI2YzdkOGU";
    public const string EntityTag = "\"7\"";
    public const string Events = "event: job\ndata: {\"id\":\"" + Uuid + "\",\"kind\":\"import\",\"state\":\"running\",\"done\":120}\n\n";

    /// <summary>What stands where nothing better is known.</summary>
    public const string Dull = "Ví dụ";

    // As small as one can be.
    private const string Pdf = "%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n";

    private const int Deepest = 12;

    // "Owner.member" wins over "member"; the owner is a schema or the noun of a path, matched by its beginning. A line without a value leaves the member out.
    private static readonly (string Owner, string Member, JsonNode? Value)[] Known =
    [
        ("ReceiveDossier", "agencyCode", null),
        ("ReceiveDossier", "counterId", null),
        ("ReceiveDossier", "channel", Value("counter")),
        ("ReceiveDossier", "variantCode", null),
        ("ReceiveDossier", "personGroup", null),
        ("ReceiveDossier", "copies", Value(1)),
        ("VersionMove", "version", Value(1)),
        ("VersionMove", "variantCode", null),
        ("VersionMove", "approver", Value("Giám đốc Trung tâm")),
        ("VersionMove", "reason", Value("Quy định mới có lợi hơn cho người nộp")),
        ("FeeDue", "code", Value("residence")),
        ("FeeDue", "name", Value("Lệ phí đăng ký cư trú")),
        ("FeeDue", "nameEn", Value("Residence charge")),
        ("FeeDue", "kind", Value("charge")),
        ("FeeDue", "dong", Value(15000)),
        ("FeeDue", "exempt", Parsed("false")),
        ("FeeRule", "code", Value("residence")),
        ("FeeRule", "kind", Value("charge")),
        ("FeeRule", "name", Value("Lệ phí đăng ký cư trú")),
        ("FeeRule", "nameEn", Value("Residence charge")),
        ("FeeRule", "dong", Value(15000)),
        ("FeeRule", "unit", Value("dossier")),
        ("FeeRule", "channel", null),
        ("FeeRule", "personGroup", null),
        ("FeeRule", "variantCode", null),
        ("FeeRule", "effectiveFrom", null),
        ("FeeRule", "effectiveTo", null),
        ("FeeRule", "tiers", null),
        ("FeeRule", "mostDong", null),
        ("FeeTier", "from", Value(3)),
        ("FeeExemption", "personGroup", Value("poor")),
        ("FeeExemption", "feeCode", Value("residence")),
        ("FeeExemption", "effectiveFrom", null),
        ("FeeExemption", "effectiveTo", null),
        ("PersonGroup", "code", Value("poor")),
        ("PersonGroup", "name", Value("Hộ nghèo")),
        ("PersonGroup", "nameEn", Value("Poor households")),
        ("ProcedureFlags", "noDueDate", Parsed("false")),
        ("ProcedureFlags", "payBefore", Parsed("false")),
        ("ProcedureFlags", "nonTerritorial", Parsed("true")),
        ("VariantDetails", "code", Value("complex")),
        ("VariantDetails", "name", Value("Trường hợp phức tạp")),
        ("VariantDetails", "nameEn", Value("Complex case")),
        ("VariantDetails", "sameDayCutOff", null),
        ("Consultation", "agencyCode", null),
        ("Consultation", "hours", Value(2)),
        ("Consultation", "role", Value("cooperatingAgency")),
        ("WorkflowTemplate", "code", Value("ThreeDays")),
        ("WorkflowTemplate", "name", Value("Ba ngày làm việc")),
        ("WorkflowTemplate", "nameEn", Value("Three working days")),
        ("WorkflowTemplate", "source", Value("Quyết định 123/QĐ-UBND")),
        ("AddWorkflowTemplate", "code", Value("TwoDays")),
        ("AddWorkflowTemplate", "name", Value("Hai ngày làm việc")),
        ("AddWorkflowTemplate", "nameEn", Value("Two working days")),
        ("AddWorkflowTemplate", "source", Value("Quyết định 123/QĐ-UBND")),
        ("StartProcedureDraft", "code", Value("1.014999")),
        ("ProcedureEnding", "endsOn", Value("2099-12-31")),
        ("ProcedureEnding", "successorCode", Value("1.004194")),
        ("Publication", "effectiveFrom", Value("2026-11-23")),
        ("Publication", "decidedOn", Value("2026-11-16")),
        ("NewProcedureVersion", "decidedOn", Value("2027-06-01")),
        ("AddLegalBasis", "id", Value("nq-12-2026-hdnd")),
        ("LegalBas", "id", Value("nd-118-2025")),
        ("legal-bases", "id", Value("nd-118-2025")),
        ("legal-bases", "on", Value("2026-11-24")),
        ("LegalBasisDescription", "number", Value("12/2026/NQ-HĐND")),
        ("LegalBasisDescription", "name", Value("Nghị quyết về phí, lệ phí trên địa bàn tỉnh")),
        ("LegalBasisDescription", "nameEn", Value("Resolution on fees and charges in the province")),
        ("LegalBasisDescription", "effectiveFrom", Value("2026-07-01")),
        ("LegalBasisDescription", "effectiveTo", null),
        ("LegalBasisDescription", "amends", null),
        ("LegalBasisDescription", "toBeConfirmed", Parsed("false")),
        ("LegalBasisView", "number", Value("118/2025/NĐ-CP")),
        ("LegalBasisView", "name", Value("Nghị định về cơ chế một cửa")),
        ("LegalBasisView", "nameEn", Value("Decree on the one-stop mechanism")),
        ("LegalBasisView", "amends", Parsed("""["nd-45-2020"]""")),
        ("GuideBasis", "number", Value("118/2025/NĐ-CP")),
        ("GuideBasis", "id", Value("nd-118-2025")),
        ("GuidePaper", "code", Value("form")),
        ("GuidePaper", "fromSharedData", Parsed("false")),
        ("GuidePaper", "later", Parsed("false")),
        ("GuideChoice", "code", Value("complex")),
        ("GuideView", "code", Value("1.004194")),
        ("GuideView", "centreCodes", Parsed("[]")),
        ("GuideWay", "sameDayCutOff", null),
        ("FeeQuoteView", "code", Value("1.004194")),
        ("FeeQuoteView", "totalDong", Value(15000)),
        ("PreCheckView", "missing", Parsed("[]")),
        ("PreCheckView", "notNeeded", Parsed("[]")),
        ("PreCheckView", "fromSharedData", Parsed("[]")),
        ("PreCheckView", "obstacles", Parsed("[]")),
        ("", "legalBasisId", Value("nd-118-2025")),
        ("Intent", "documents", Parsed("""["form"]""")),
        ("Intent", "variantCode", null),
        ("Intent", "personGroup", null),
        ("guide", "variantCode", null),
        ("guide", "personGroup", null),
        ("guide", "on", Value("2026-11-24")),
        ("fee-quote", "on", Value("2026-11-24")),
        ("fee-quote", "variantCode", null),
        ("fee-quote", "personGroup", null),
        ("diff", "version", Value(1)),
        ("diff", "against", null),
        ("export", "format", Value("ndjson")),
        ("export", "code", Value("1.004194")),
        ("check", "effectiveFrom", Value("2026-11-24")),
        ("procedure-completeness", "on", Value("2026-11-24")),
        ("procedures", "search", Value("tam tru")),
        ("procedures", "level", Value("vertical")),
        ("procedure-drafts", "code", Value("1.014999")),
        ("MemberChange", "pointer", Value("/feeDong")),
        ("MemberChange", "before", Value("15000")),
        ("MemberChange", "after", Value("20000")),
        ("DraftFault", "pointer", Value("/details/terms")),
        ("DraftFault", "code", Value("dossiers.term-unclear")),
        ("CatalogueFault", "column", Value("fees")),
        ("CatalogueFault", "code", Value("dossiers.fee-unclear")),
        ("CatalogueFault", "detail", Value("Two rules of one fee line hold under the same conditions.")),
        ("BilingualText", "vi", Value("Tờ khai thay đổi thông tin cư trú")),
        ("BilingualText", "en", Value("Residence form")),
        ("", "result", Value("Thông báo kết quả đăng ký tạm trú")),
        ("", "resultEn", Value("Notice of temporary residence")),
        ("ProcedureDetails", "workflow", Value("ThreeDays")),
        ("ProcedureDetails", "variants", null),
        ("ProcedureDetails", "personGroups", null),
        ("ProcedureDetails", "exemptions", null),
        ("ProcedureDetails", "centreCodes", null),
        ("ProcedureDetails", "legalBasisIds", Parsed("""["nd-118-2025"]""")),
        ("ProcedureDetails", "channels", Parsed("""["counter","online"]""")),
        ("ProcedureDetails", "applicantKinds", Parsed("""["citizen"]""")),
        ("ProcedureDetails", "conditions", null),
        ("ProcedureDetails", "conditionsEn", null),
        ("ProcedureDetails", "sets", Value(1)),
        ("ProcedureComponent", "variants", null),
        ("ProcedureComponent", "step", null),
        ("ProcedureComponent", "quantity", Value(1)),
        ("ProcedureStep", "consultations", null),
        ("ReceiveDossier", "documents", Parsed("""[{"code":"form","kind":"original"},{"code":"dwelling","kind":"copy"}]""")),
        ("ReceiveDossier", "involved", null),
        ("SearchDossiers", "name", null),
        ("SearchDossiers", "cursor", null),
        ("ReceiveDossier", "assistedAtCentreCode", null),
        ("ReceiveDossier", "returnAtCentreCode", null),
        ("SubmitOnline", "agencyCode", null),
        ("SubmitOnline", "portalCode", null),
        ("SubmitOnline", "submittedAt", null),
        ("SubmitOnline", "assistedAtCentreCode", null),
        ("SubmitOnline", "returnAtCentreCode", null),
        ("SubmitOnline", "documents", Parsed("""[{"code":"form","kind":"electronic"},{"code":"dwelling","kind":"electronic"}]""")),
        ("SupplementRequestInput", "items", Parsed("""[{"code":"dwelling","reason":"Bản sao không rõ"}]""")),
        ("SupplementRequestInput", "special", null),
        ("SupplementAnswer", "documents", Parsed("""[{"code":"dwelling","kind":"copy"}]""")),
        ("SupplementItem", "code", Value("dwelling")),
        ("SupplementFormItem", "code", Value("dwelling")),
        ("SupplementFormItem", "name", Value("Giấy tờ chứng minh chỗ ở hợp pháp")),
        ("SupplementView", "specialLaw", null),
        ("SupplementView", "expiredAt", null),
        ("AgencyHandOver", "agencyCode", Value("H15.03")),
        ("AgencyHandOver", "reason", Value("Xin ý kiến cơ quan phối hợp")),
        ("PassToSuccessor", "fromAgencyCode", Value("H15.02")),
        ("PassToSuccessor", "toAgencyCode", Value("H15.03")),
        ("PassToSuccessor", "decision", Value("Nghị quyết số 12/NQ-HĐND")),
        ("WithdrawalDecision", "decision", Value("12/QĐ-CAT ngày 24/11/2026")),
        ("WithdrawalView", "decision", null),
        ("SyncAnswer", "code", Value("0")),
        ("LegalTerm", "code", Value("intake.online")),
        ("LegalTerm", "name", Value("Thông báo tiếp nhận hồ sơ nộp trực tuyến")),
        ("LegalTerm", "value", Value(8)),
        ("LegalTerm", "unit", Value("workingHour")),
        ("LegalTerm", "timeOfDay", null),
        ("LegalTerm", "effectiveFrom", Value("2025-07-01")),
        ("FormHead", "number", Value("H15.09-261124-0001/HDHS")),
        ("DossierTime", "netProcessingTime", Value("P1DT2H")),
        ("DossierTime", "workingTime", Value("PT9H")),
        ("DossierView", "submittedAt", null),
        ("DossierView", "intakeDueAt", null),
        ("DossierView", "portalCode", null),
        ("DossierView", "assistedAtCentreCode", null),
        ("DossierView", "returnAtCentreCode", null),
        ("DossierView", "handlingAgencyCode", null),
        ("DossierView", "parentId", null),
        ("NewUpload", "kind", Value("electronic")),
        ("NewUpload", "fileName", Value("to-khai.pdf")),
        ("NewUpload", "size", Value(Pdf.Length)),
        ("NewUpload", "sha256", null),
        ("NewUpload", "pages", Value(2)),
        ("NewUpload", "sharedStore", null),
        ("NewUpload", "sharedReference", null),
        ("NewUpload", "replacedResultNumber", null),
        ("NewUpload", "signature", null),
        ("EarlierDocument", "authorisation", null),
        ("EarlierDocument", "replacedResultNumber", null),
        ("UploadView", "fileName", Value("to-khai.pdf")),
        ("UploadView", "size", Value(Pdf.Length)),
        ("UploadView", "offset", Value(0)),
        ("UploadView", "finding", null),
        ("UploadView", "documentId", null),
        ("FileView", "name", Value("to-khai.pdf")),
        ("FileView", "reusedFromDossier", null),
        ("FileView", "reusedFrom", null),
        ("FileView", "authorisation", null),
        ("FileView", "sharedStore", null),
        ("FileView", "sharedReference", null),
        ("FileView", "replacedResultNumber", null),
        ("FileView", "pages", Value(2)),
        ("FileView", "size", Value(Pdf.Length)),
        ("DocumentTypeView", "extensions", Value(".pdf")),
        ("documents", "kind", Value("electronic")),
        ("documents", "Repr-Digest", Value("sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:")),
        ("", "component", Value("form")),
        ("", "mediaType", Value("application/pdf")),
        ("", "sha256", Value("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")),
        ("", "sharedStore", Value("Kho dữ liệu hộ tịch")),
        ("", "sharedReference", Value("HT-66-0001")),
        ("", "replacedResultNumber", Value("12/QĐ-CAT")),
        ("", "certificateSerial", Value("5404FFEE0A1B2C3D")),
        ("FileSignatureView", "format", Value("PAdES")),
        ("StatedSignature", "format", Value("PAdES")),
        ("", "addedBy", Value("officer")),
        ("AssignmentInput", "startsOn", null),
        ("AssignmentInput", "endsOn", null),
        ("AssignmentPeriod", "endsOn", null),
        ("UserDescription", "displayName", Value("Nguyễn Thị Hoà")),
        ("RoleContent", "permissions", Parsed("""["facilities.read"]""")),
        ("RegisterClient", "kind", Value("machine")),
        ("ClientSettings", "scopes", Parsed("""["dossiers.read"]""")),
        ("ClientSettings", "redirectAddresses", null),
        ("ClientSettings", "signOutAddresses", null),
        ("ClientSettings", "rateLimitPerMinute", Value(600)),
        ("ClientSettings", "keys", null),
        ("Applicant", "name", Value("Nguyễn Thị Ánh")),
        ("MaskedApplicant", "name", Value("Nguyễn Thị Ánh")),
        ("MaskedApplicant", "identityNumber", Value("066*****0123")),
        ("MaskedApplicant", "phone", Value("090***0123")),
        ("DossierLine", "applicantIdentityNumber", Value("066*****0123")),
        ("AccessEntryView", "applicantIdentityNumber", Value("066*****0123")),
        ("AccessEntryView", "purpose", Value("applicant")),
        ("access-entries", "purpose", Value("applicant")),
        ("Component", "code", Value("form")),
        ("Document", "code", Value("form")),
        ("Document", "name", Value("Tờ khai thay đổi thông tin cư trú")),
        ("ReceiptComponent", "name", Value("Tờ khai thay đổi thông tin cư trú")),
        ("ReceiptForm", "number", Value("H15.09-261124-0001/TNHS")),
        ("ReceiptForm", "trackingUrl", Value("https://pac.example.vn/track/H15.09-261124-0001")),
        ("ReceiptForm", "statutoryTime", Value("3 ngày làm việc")),
        ("Settlement", "number", Value("12/QĐ-CAT")),
        ("Settlement", "refusalReason", null),
        ("Settlement", "lateCause", null),
        ("Result", "number", Value("12/QĐ-CAT")),
        ("Result", "reason", null),
        ("Handover", "receiver", Value("Nguyễn Thị Ánh")),
        ("ClockView", "sameDayCutOff", null),
        ("SegmentView", "reason", Value("received")),
        ("SegmentView", "to", null),
        ("DossierView", "status", Value("received")),
        ("DossierView", "nationalStatus", Value(2)),
        ("DossierView", "settledAt", null),
        ("DossierView", "outcome", null),
        ("DossierView", "result", null),
        ("DossierView", "lateCause", null),
        ("DossierView", "returnedAt", null),
        ("DossierView", "returnMethod", null),
        ("ProcedureDetails", "sameDayCutOff", null),
        ("ProcedureDetails", "nameEn", Value("Temporary residence registration")),
        ("ProcedureDetails", "source", Value("Quyết định 123/QĐ-UBND")),
        ("ProcedureDetails", "toBeConfirmed", Value("fee")),
        ("ProcedureDetails", "feeDong", Value(15000)),
        ("ProcedureDetails", "level", Value("vertical")),
        (
            "ProcedureDetails",
            "steps",
            Parsed("""[{"role":"reception","hours":2},{"role":"caseOfficer","hours":16},{"role":"leader","hours":6}]""")
        ),
        ("ProcedureTerm", "value", Value(3)),
        ("ProcedureTerm", "channel", null),
        ("ProcedureComponent", "code", Value("form")),
        ("ProcedureComponent", "name", Value("Tờ khai thay đổi thông tin cư trú")),
        ("ProcedureComponent", "nameEn", Value("Residence form")),
        ("NewProcedureVersion", "effectiveFrom", Value("2027-07-01")),
        ("ImportErrorView", "member", Value("procedureCode")),
        ("ImportErrorView", "code", Value("unknown-procedure")),
        ("ImportErrorView", "detail", Value("There is no procedure with this code.")),
        ("TimelineLine", "act", Value("transferred")),
        ("TimelineLine", "detail", Value("H15.09")),
        ("LateDossier", "lateCause", Value("Chờ kết quả xác minh của cơ quan phối hợp")),
        ("Rate", "percent", Value("99.99")),
        ("Rate", "numerator", Value(9999)),
        ("Rate", "denominator", Value(10000)),
        ("FigureDefinition", "onTime", Value("byInstant")),
        ("FigureDefinition", "population", Value("settledInPeriod")),
        ("FigureDefinition", "rounding", Value("halfUp2")),
        ("FigureDefinition", "cutOff", Value("2026-12-01T00:00:00+07:00")),
        ("QualityIndexLine", "index", Value("2.1")),
        ("QualityIndexLine", "missing", null),
        ("PublishStatistics", "definition", Value("byInstant")),
        ("dossier-forecasts", "field", Value("residence")),
        ("06a", "format", Value("xlsx")),
        ("07a", "format", Value("xlsx")),
        ("07b", "format", Value("xlsx")),
        ("06a", "by", Value("field")),
        ("07a", "by", Value("field")),
        ("07b", "by", Value("field")),
        ("dossier-statistics", "groupBy", Value("month,channel")),
        ("dossier-statistics", "from", Value("2026-11-01")),
        ("dossier-imports", "source", Value("igate")),
        ("dossiers", "sort", Value("-receivedAt")),
        ("dossiers", "format", Value("pdf")),
        ("procedures", "on", Value("2026-11-24")),
        ("", "legalBasis", Value("Nghị định 118/2025/NĐ-CP, điều 11")),
        ("", "basis", Value("Nghị định 118/2025/NĐ-CP, điều 17")),
        ("", "law", Value("Luật Đất đai 2024")),
        ("", "approvedBy", Value("Giám đốc Công an tỉnh")),
        ("", "newDueDate", Value("2026-12-31")),
        ("", "notice", Value("TB 12/TB-CAT")),
        ("", "receiptSeries", Value("AA/26E")),
        ("", "receiptNumber", Value("0000123")),
        ("", "toAgencyCode", Value("H15.03")),
        ("", "handlingAgencyCode", Value("H15.03")),
        ("", "applicantAddress", Value("12 Lê Duẩn, phường Buôn Ma Thuột")),
        ("", "applicantPhone", Value("0905000123")),
        ("", "unit", Value("caseOfficer")),
        ("", "trackingUrl", Value("https://pac.example.vn/track/H15.09-261124-0001")),
        ("CreateWebhookSubscription", "eventTypes", Parsed("""["dossier.settled","dossier.returned"]""")),
        ("Webhook", "eventTypes", Parsed("""["dossier.settled","dossier.returned"]""")),
        ("WebhookSubscriptionView", "state", Value("active")),
        ("WebhookSubscriptionView", "stop", null),
        ("WebhookSubscriptionView", "stoppedAt", null),
        ("WebhookSubscriptionView", "name", Value("Cổng dịch vụ phường")),
        ("WebhookSecretView", "endsAt", null),
        ("WebhookEventTypeView", "name", Value("dossier.settled")),
        ("WebhookEventTypeView", "vietnamese", Value("Hồ sơ đã xử lý xong")),
        ("WebhookEventTypeView", "english", Value("A dossier was settled")),
        ("WebhookDeliveryView", "type", Value("dossier.settled")),
        ("WebhookDeliveryView", "state", Value("delivered")),
        ("WebhookDeliveryView", "lastStatus", Value(204)),
        ("WebhookDeliveryView", "nextAttemptAt", null),
        ("WebhookDeliveryView", "lastError", null),
        ("CreatedWebhookSubscription", "secret", Value("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwM4NbTgQwZmE=")),
        ("RotatedWebhookSecret", "secret", Value("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwM4NbTgQwZmE=")),
        ("EventReplay", "until", null),
        ("EventReplay", "eventIds", null),
        ("StatingSystem", "system", Value("nationalPortal")),
        ("ExchangeMessageView", "answer", Value("taken")),
        ("ExchangeMessageView", "state", Value("done")),
        ("ExchangeMessageView", "nationalStatus", Value(4)),
        ("WholeExchangeMessage", "text", Value("{\"MaHoSo\":\"H15.09-261124-0001\",\"TrangThaiHoSo\":\"4\"}")),
        ("DifferenceView", "kind", Value("status-differs")),
        ("DifferenceView", "here", Value(9)),
        ("DifferenceView", "there", Value(4)),
        ("", "sameDayCutOff", Value("15:00")),
        ("", "fieldCode", Value("residence")),
        ("", "role", Value("caseOfficer")),
        ("", "assignee", Value("caseofficer")),
        ("", "assignedTo", Value("caseofficer")),
        ("", "givenBy", Value("caseofficer")),
        ("", "signer", Value("Trưởng Công an phường")),
        ("", "decision", Value("Quyết định 123/QĐ-UBND ngày 01/06/2027")),
        ("", "procedureName", Value("Đăng ký tạm trú")),
        ("", "agencyName", Value("Công an tỉnh")),
        ("", "centreName", Value("Trung tâm Phục vụ hành chính công tỉnh Đắk Lắk")),
        ("", "lateCause", Value("Chờ kết quả xác minh của cơ quan phối hợp")),
        ("", "receivedAt", Value("2026-11-24T09:00:00+07:00")),
        ("", "sourceId", Value("A-0001")),
        ("EstablishCentre", "code", Value("66-22016")),
        ("EstablishCentre", "level", Value("commune")),
        ("centres", "code", Value("66-22015")),
        ("CentreDescription", "name", Value("Trung tâm Phục vụ hành chính công phường Tuy Hòa")),
        ("CentreDescription", "nameEn", Value("Tuy Hoa Ward Public Administration Service Centre")),
        ("CentreDescription", "address", Value("Phường Tuy Hòa, tỉnh Đắk Lắk")),
        ("NewCalendarVersion", "week", Week()),
        ("SetUpCounter", "number", Value(21)),
        ("SetUpCounter", "name", Value("Quầy 21")),
        ("Counter", "name", Value("Quầy 1")),
        ("SpecialDay", "name", Value("Make-up day")),
        ("SpecialDay", "date", Value("2026-12-19")),
        ("ExplainedDay", "date", Value("2026-11-24")),
        ("ExplainedDay", "reason", Value("Vietnam Culture Day")),
        ("Permission", "name", Value("facilities.read")),
        ("Calendar", "name", Value("Lịch làm việc tỉnh Đắk Lắk")),
        ("Me", "name", Value("Cán bộ tiếp nhận")),
        ("Me", "scopes", Value("facilities")),
        ("Me", "permissions", Value("facilities.read")),
        ("Term", "value", Value(5)),
        ("Dossier", "code", Value("H15.09-261124-0001")),
        ("Tracking", "code", Value("H15.09-261124-0001")),
        ("Procedure", "code", Value("1.004194")),
        ("Agenc", "code", Value("H15.09")),
        ("Agenc", "name", Value("Sở Tư pháp")),
        ("Procedure", "name", Value("Đăng ký tạm trú")),
        ("Service", "name", Value("Đăng ký tạm trú")),
        ("Field", "name", Value("Cư trú")),
        ("ProblemError", "pointer", Value("/name")),
        ("ProblemError", "code", Value("not-empty")),
        ("Problem", "code", Value("not-found")),
        ("Problem", "status", Value(404)),
        ("Problem", "type", Value("/problems/not-found")),
        ("Problem", "title", Value("Not found")),
        ("Problem", "detail", Value("There is no such resource.")),
        ("Problem", "instance", Value("/api/v1/counters/" + Uuid)),
        ("Health", "status", Value("pass")),
        ("Health", "parkedEvents", Value(0)),
        ("Job", "kind", Value("import")),
        ("Job", "state", Value("running")),
        ("Job", "finishedAt", null),
        ("Job", "error", null),
        ("Job", "result", null),
        ("Job", "done", Value(120)),
        ("Job", "total", Value(480)),
        ("Job", "percent", Value(25)),
        ("", "code", Value("dak-lak")),
        ("", "centre", Value("dak-lak")),
        ("", "centreCode", Value("dak-lak")),
        ("", "calendarCode", Value("dak-lak")),
        ("", "calendar", Value("dak-lak")),
        ("", "dossierCode", Value("H15.09-261124-0001")),
        ("", "procedureCode", Value("1.004194")),
        ("", "procedure", Value("1.004194")),
        ("", "agencyCode", Value("H15.09")),
        ("", "agency", Value("H15.09")),
        ("", "name", Value("Trung tâm Phục vụ hành chính công phường Tân Lập")),
        ("", "nameVi", Value("Ngày làm bù")),
        ("", "nameEn", Value("Tan Lap Ward Public Administration Service Centre")),
        ("", "address", Value("Phường Tân Lập, tỉnh Đắk Lắk")),
        ("", "reason", Value("Theo Thông báo số 12/TB-UBND")),
        ("", "note", Value("Bổ sung bản sao giấy khai sinh")),
        ("", "applicantName", Value("Nguyễn Thị Ánh")),
        ("", "fullName", Value("Nguyễn Thị Ánh")),
        ("", "identityNumber", Value("066190000123")),
        ("", "phone", Value("0905000123")),
        ("", "email", Value("anh.nguyen@example.vn")),
        ("", "author", Value("officer")),
        ("", "subject", Value("officer")),
        ("", "clientId", Value("demo-spa")),
        ("", "dataScope", Value("centre:dak-lak")),
        ("", "module", Value("facilities")),
        ("", "vietnamese", Value("Xem trung tâm, quầy và lịch làm việc")),
        ("", "english", Value("See centres, counters and calendars")),
        ("", "weekday", Value("monday")),
        ("", "opens", Value("07:00")),
        ("", "closes", Value("11:00")),
        ("", "from", Value("2026-11-01")),
        ("", "to", Value("2026-11-30")),
        ("", "from", Value("2026-11-25T07:00:00+07:00")),
        ("", "to", Value("2026-11-26T07:00:00+07:00")),
        ("", "start", Value("2026-11-24T09:00:00+07:00")),
        ("", "dueAt", Value("2026-12-02T17:00:00+07:00")),
        ("", "year", Value(2026)),
        ("", "month", Value(11)),
        ("", "traceId", Value("4bf92f3577b34da6a3ce929d0e0e4736")),
        ("", "nextCursor", Value(Cursor)),
        ("", "url", Value("https://portal.example.vn/hooks/pac")),
        ("", "currency", Value("VND")),
        ("", "amount", Value(150000)),
        ("", "language", Value("vi")),
    ];

    /// <summary>A file in text, as far as one can be shown.</summary>
    public static JsonNode File(string mediaType) =>
        mediaType switch
        {
            "application/pdf" or "application/partial-upload" or "application/offset+octet-stream" => Pdf,
            "text/csv" => "sourceId,code,procedureCode,centreCode,channel,applicantName,receivedAt\n"
                + "A-0001,000.00.09.H15-241125-0001,1.004194,dak-lak,counter,Nguyễn Thị Ánh,2024-11-25T08:00:00+07:00\n",
            "application/x-ndjson" => "{\"number\":1}\n",
            _ => "…",
        };

    /// <summary>What a refusal looks like.</summary>
    public static JsonNode Problem(StandardProblem standard) =>
        new JsonObject
        {
            ["type"] = "/problems/" + standard.Code,
            ["title"] = standard.EnglishTitle,
            ["status"] = standard.Status,
            ["detail"] = standard.English,
            ["instance"] = "/api/v1/counters/" + Uuid,
            ["code"] = standard.Code,
            ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
        };

    /// <summary>One named example, as OpenAPI 3.1 wants them.</summary>
    public static Dictionary<string, IOpenApiExample> Named(string name, string summary, JsonNode value) =>
        new()
        {
            [name] = new OpenApiExample { Summary = summary, Value = value },
        };

    /// <summary>The example of a member, or of a whole shape when no member is named.</summary>
    public static JsonNode? Of(string owner, string member, IOpenApiSchema schema, OpenApiDocument document) =>
        Of(owner, member, schema, document, 0);

    private static JsonNode? Of(string owner, string member, IOpenApiSchema given, OpenApiDocument document, int depth)
    {
        if (depth > Deepest)
            return null;
        if (given is OpenApiSchemaReference { Reference.Id: { } id })
        {
            var target = document.Components!.Schemas![id];
            return target.Enum is { Count: > 0 } ? Of(owner, member, target, document, depth + 1) : Of(id, "", target, document, depth + 1);
        }
        if ((given.OneOf ?? given.AnyOf)?.FirstOrDefault() is { } first)
            return Of(owner, member, first, document, depth + 1);
        var schema = given;
        if (schema.Examples is [{ } stated, ..])
            return stated.DeepClone();
        var lines = Known.Where(k => IsFor(k, owner, member)).ToList();
        if (lines is [{ Value: null }, ..])
            return null;
        switch (schema.Type & ~JsonSchemaType.Null)
        {
            case JsonSchemaType.Object:
                return Shape(owner, schema, document, depth);
            case JsonSchemaType.Array when lines.FirstOrDefault(l => Fits(l.Value!, schema)).Value is { } list:
                return list.DeepClone();
            case JsonSchemaType.Array:
                return Of(owner, member, schema.Items!, document, depth + 1) is { } item ? new JsonArray(item) : new JsonArray();
            case null:
                return new JsonObject();
            default:
                return lines.Select(l => l.Value).FirstOrDefault(v => v is not null && Fits(v, schema))?.DeepClone() ?? ByType(schema);
        }
    }

    private static JsonObject Shape(string owner, IOpenApiSchema schema, OpenApiDocument document, int depth)
    {
        var shape = new JsonObject();
        foreach (var (name, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
            if (Of(owner, name, property, document, depth + 1) is { } value)
                shape[name] = value;
        return shape;
    }

    private static bool IsFor((string Owner, string Member, JsonNode? Value) line, string owner, string member) =>
        line.Member == member && owner.StartsWith(line.Owner, StringComparison.OrdinalIgnoreCase);

    // An example that breaks the bounds of its member would be worse than a dull one.
    private static bool Fits(JsonNode node, IOpenApiSchema schema)
    {
        if (node is not JsonValue value)
            return (schema.Type & ~JsonSchemaType.Null) == JsonSchemaType.Array;
        var type = schema.Type & ~JsonSchemaType.Null;
        if (value.TryGetValue<int>(out var number))
            return type is JsonSchemaType.Integer or JsonSchemaType.Number
                && (schema.Minimum is null || number >= Parse(schema.Minimum))
                && (schema.Maximum is null || number <= Parse(schema.Maximum));
        if (value.TryGetValue<bool>(out _))
            return type == JsonSchemaType.Boolean;
        if (type != JsonSchemaType.String || !value.TryGetValue<string>(out var text))
            return false;
        if (schema.Enum is { Count: > 0 } allowed)
            return allowed.Any(a => JsonNode.DeepEquals(a, value));
        return text.Length <= (schema.MaxLength ?? int.MaxValue)
            && (schema.Pattern is null || Regex.IsMatch(text, schema.Pattern, RegexOptions.None, TimeSpan.FromSeconds(1)))
            && schema.Format switch
            {
                "uuid" => Guid.TryParse(text, out _),
                "date" => text.Length == 10 && DateOnly.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _),
                "date-time" => Instants.TryParse(text, out _),
                _ => true,
            };
    }

    private static JsonNode ByType(IOpenApiSchema schema)
    {
        if (schema.Enum is [{ } first, ..])
            return first.DeepClone();
        switch (schema.Type & ~JsonSchemaType.Null)
        {
            case JsonSchemaType.Boolean:
                return true;
            case JsonSchemaType.Integer:
            case JsonSchemaType.Number:
                return (int)Math.Clamp(1, Parse(schema.Minimum ?? "0"), Parse(schema.Maximum ?? "1"));
            default:
                return schema.Format switch
                {
                    "uuid" => Uuid,
                    "date" => "2026-11-24",
                    "date-time" => "2026-11-24T09:00:00+07:00",
                    _ => Dull,
                };
        }
    }

    private static double Parse(string number) => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture);

    private static JsonNode Value(string text) => JsonValue.Create(text);

    private static JsonNode Value(int number) => JsonValue.Create(number);

    // Monday to Friday as in the sandbox, so that trying it out spoils nothing.
    private static JsonNode Parsed(string json) => JsonNode.Parse(json)!;

    private static JsonNode Week() =>
        JsonNode.Parse(
            $"[{string.Join(',', new[] { "monday", "tuesday", "wednesday", "thursday", "friday" }.Select(d => $$"""{"weekday":"{{d}}","shifts":[{"opens":"07:00","closes":"11:00"},{"opens":"13:00","closes":"17:00"}]}"""))}]"
        )!;
}
