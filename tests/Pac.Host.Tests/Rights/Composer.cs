using System.Globalization;
using System.Text.Json.Nodes;
using Pac.Testing;

namespace Pac.Host.Tests.Rights;

/// <summary>A request that is ready to be sent by anybody, any number of times.</summary>
internal sealed record ApiRequest(
    ApiOperation Operation,
    string Path,
    IReadOnlyDictionary<string, string> Query,
    JsonNode? Body,
    IReadOnlyDictionary<string, string> Headers
)
{
    public string Address =>
        Query.Count == 0
            ? Path
            : Path + Microsoft.AspNetCore.Http.QueryString.Create(Query.Select(q => KeyValuePair.Create(q.Key, (string?)q.Value)));

    public async Task<Reply> By(HttpClient caller)
    {
        var content = Body is null ? null : Calls.Body(Text(Body), Operation.Body!.Value.MediaType);
        var reply = await caller.Call(Operation.Method, Address, content, [.. Headers.Select(h => (h.Key, h.Value))]);
        Surface.Check(this, reply);
        return reply;
    }

    public ApiRequest WithQuery(string name, string value) =>
        this with
        {
            Query = new Dictionary<string, string>(Query) { [name] = value },
        };

    public ApiRequest With(string header, string? value)
    {
        var headers = new Dictionary<string, string>(Headers);
        headers.Remove(header);
        if (value is not null)
            headers[header] = value;
        return this with { Headers = headers };
    }

    public override string ToString() => $"{Operation.Id}: {Operation.Method} {Address}";

    private static string Text(JsonNode body) =>
        body is JsonValue value && value.TryGetValue<string>(out var text) ? text : body.ToJsonString();
}

/// <summary>
/// Makes for each operation of the document a request that does succeed for somebody with every right: from the examples of the document, with
/// things that exist. Only what no example can know stands here by name.
/// </summary>
internal sealed class Composer(ApiDocument document, HttpClient entitled)
{
    public const string Name = "Nguyễn Thị Dấu Vết";
    public const string Identity = "066190729164";
    public const string Phone = "0905729164";
    public const string Email = "dau.vet@noi.example";
    public const string Home = "7291 Đường Dấu Vết";
    private const string Api = "/api/v1";
    private const string EveryStep = "every step";

    // What is done by another person: nobody decides on the own refund or confirms the own till.
    private const char ByColleague = '~';
    private static int _count;

    // The key of what was made last for whoever holds its key.
    private string _key = "";

    // What the first of its list would not do for: it may be anybody's.
    private static readonly string[] MadeForReading =
    [
        Api + "/counters/{id}",
        Api + "/users/{id}",
        Api + "/procedure-drafts/{code}",
        Api + "/webhook-subscriptions/{id}",
        Api + "/feedback/{id}",
        Api + "/notification-templates/{id}",
        Api + "/dossiers/{id}/documents/{documentId}",
        Api + "/dossiers/{id}/document-uploads/{uploadId}",
        Api + "/tills/{id}",
        Api + "/receipt-series/{id}",
        Api + "/counter-answers/{id}",
    ];

    // What is done with a dossier that was submitted online and not received yet.
    private static readonly string[] OfSubmissions = ["AcceptDossier", "RejectDossier", "PrintRefusal"];

    // Acts that a thing must have seen first.
    private static readonly Dictionary<string, string[]> Before = new()
    {
        ["EnableUser"] = ["DisableUser"],
        ["EnableClient"] = ["DisableClient"],
        ["CompleteUpload"] = ["AppendToUpload"],
        ["EnableWebhookSubscription"] = ["DisableWebhookSubscription"],
        ["AssignDossier"] = ["TransferDossier"],
        ["TakeDossier"] = ["TransferDossier"],
        ["ReleaseDossier"] = ["TransferDossier", "TakeDossier"],
        ["PressDossier"] = ["TransferDossier", "TakeDossier"],
        ["CompleteStep"] = ["TransferDossier"],
        ["SettleDossier"] = ["TransferDossier", EveryStep],
        ["ReturnDossier"] = ["TransferDossier", EveryStep, "SettleDossier", "ConfirmPayment"],
        ["RequestSupplement"] = ["TransferDossier"],
        ["ReturnToOneStop"] = ["TransferDossier"],
        ["ApproveSupplement"] = ["TransferDossier", "RequestSupplement", "SubmitSupplement"],
        ["SubmitSupplement"] = ["TransferDossier", "RequestSupplement"],
        ["RequestPayment"] = ["TransferDossier"],
        ["ConfirmPayment"] = ["TransferDossier", "RequestPayment"],
        ["CancelPayment"] = ["TransferDossier", "RequestPayment"],
        ["VoidPayment"] = ["TransferDossier", "RequestPayment", "ConfirmPayment"],
        ["RequestRefund"] = ["TransferDossier", "RequestPayment", "ConfirmPayment"],
        ["DecideRefund"] = ["TransferDossier", "RequestPayment", "~ConfirmPayment", "~RequestRefund"],
        ["PayRefund"] = ["TransferDossier", "RequestPayment", "ConfirmPayment", "RequestRefund", "~DecideRefund"],
        ["StartOnlinePayment"] = ["TransferDossier", "RequestPayment"],
        ["DecideWithdrawal"] = ["RequestWithdrawal"],
        ["StopDossier"] = ["TransferDossier"],
        ["HandOverDossier"] = ["TransferDossier"],
        ["ConsultAgency"] = ["TransferDossier"],
        ["ReopenDossier"] = ["TransferDossier", "StopDossier", "~ApproveReopening"],
        ["ApproveReopening"] = ["TransferDossier", "StopDossier"],
        ["MoveDossierToVersion"] = ["~ApproveVersionMove"],
        ["PrintSupplementRequest"] = ["TransferDossier", "RequestSupplement"],
        ["PrintRefusal"] = ["RejectDossier"],
        ["PrintApology"] = ["ExtendDossier"],
        ["RateDossier"] = ["TransferDossier", EveryStep, "SettleDossier", "ConfirmPayment", "ReturnDossier"],
        ["EndLegalHold"] = ["SetLegalHold"],
        ["PublishFeedback"] = ["AnswerFeedback"],
        ["SupplementFeedback"] = ["AskSender"],
        ["PrintStopNotice"] = ["TransferDossier", "StopDossier"],
    };

    /// <summary>Somebody else with every right.</summary>
    public static Func<Task<HttpClient>> Colleague { get; set; } = () => throw new InvalidOperationException("There is no colleague.");

    /// <summary>The day it is, where dossiers are received.</summary>
    public static DateOnly Today { get; } = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().AddHours(7).DateTime);

    /// <summary>Whatever is done in these tests lies between these days.</summary>
    public static (string From, string To) Period { get; } = (Day(-60), Day(1));

    /// <summary>A day as the API writes it.</summary>
    public static string Day(int daysFromToday) => Today.AddDays(daysFromToday).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A request on things that were made for it alone.</summary>
    public async Task<ApiRequest> Compose(ApiOperation operation)
    {
        var path = operation.Template;
        if (operation.Id is "MoveDossierToVersion" or "ApproveVersionMove" or "HandInComponents")
            await SecondVersion();
        foreach (var cut in operation.Cuts)
        {
            // As many steps of the address as the cut has are settled by now.
            var item = await Item(operation, cut, string.Join('/', path.Split('/').Take(cut.Split('/').Length - 1)));
            path = item + operation.Template[cut.Length..];
            if (cut == operation.Cuts.Last())
                foreach (var act in Before.GetValueOrDefault(operation.Id, []))
                    await Do(act, item);
        }
        return await Fill(operation, path);
    }

    /// <summary>A request on a thing that is there already.</summary>
    public Task<ApiRequest> On(ApiOperation operation, string item) =>
        Fill(operation, operation.Template.Replace(operation.ItemTemplate, item, StringComparison.Ordinal));

    /// <summary>A dossier of a centre whose applicant cannot be mistaken for anybody.</summary>
    public async Task<Reply> ReceiveMarked() =>
        Succeeded(await (await Compose(document.Operations.Single(o => o.Id == "ReceiveDossier"))).By(entitled));

    /// <summary>Publishes figures and gives the id under which they are kept.</summary>
    public async Task<Guid> Publish()
    {
        var publish = await (await Compose(document.Operations.Single(o => o.Id == "PublishStatistics"))).By(entitled);
        return (await entitled.JobDone(publish)).GetProperty("result").GetProperty("publicationId").GetGuid();
    }

    private async Task Do(string act, string item)
    {
        if (act == EveryStep)
        {
            var dossier = (await entitled.Get(item)).Expect(200).Json;
            var steps = (await entitled.Get(item + "/steps")).Expect(200).Json.GetProperty("steps").GetArrayLength();
            for (var step = dossier.GetProperty("currentStep").GetInt32(); step < steps; step++)
                await Do("CompleteStep", item);
            return;
        }
        var by = act[0] == ByColleague ? await Colleague() : entitled;
        Succeeded(await (await On(document.Operations.Single(o => o.Id == act.TrimStart(ByColleague)), item)).By(by));
    }

    private async Task<ApiRequest> Fill(ApiOperation operation, string path)
    {
        var query = operation.Query.Where(q => q.Required).ToDictionary(q => q.Name, Value);
        var headers = new Dictionary<string, string>();
        if (operation.NeedsIfMatch)
            headers["If-Match"] = await Tag(operation, path);
        foreach (var header in operation.Parameters.Where(p => p is { In: "header", Required: true, Name: not "If-Match" }))
            headers[header.Name] = Value(header);
        var body = Body(operation);
        switch (operation.Id)
        {
            case "JudgeDuplicate":
                body!["otherId"] = (await ReceiveMarked()).Json.GetProperty("id").GetString();
                break;
            case "FindKnownApplicant":
                await ReceiveMarked();
                body!["identityNumber"] = Identity;
                break;
        }
        if (operation.Id == "LinkDossiers")
            body!["dossierIds"] = new JsonArray((await ReceiveMarked()).Json.GetProperty("id").GetGuid());
        switch (operation.Id)
        {
            case "AssignDossier":
            case "BulkAssign":
                body!["assignee"] = (await entitled.Get(Api + "/me")).Expect(200).Json.GetProperty("subject").GetString();
                break;
            case "AssignFeedback":
                body!["officer"] = (await entitled.Get(Api + "/me")).Expect(200).Json.GetProperty("subject").GetString();
                break;
            case "RateDossier":
                var receipt = (await entitled.Get(path[..path.LastIndexOf('/')] + "/forms/01")).Expect(200).Json;
                body!["key"] = receipt.GetProperty("ratingUrl").GetString()!.Split("key=")[1];
                break;
            case "ConfirmLegalTerm":
                var term = Succeeded(await (await Compose(document.Operations.Single(o => o.Id == "SetLegalTerm"))).By(entitled)).Json;
                body!["code"] = term.GetProperty("code").GetString();
                body["effectiveFrom"] = term.GetProperty("effectiveFrom").GetString();
                break;
            case "RateByHolder" or "SupplyFeedback" or "JudgeFeedback":
                body!["key"] = _key;
                break;
            case "FollowFeedback":
                query["key"] = _key;
                break;
            case "EraseDue":
                var report = await (await Compose(document.Operations.Single(o => o.Id == "ReportErasure"))).By(entitled);
                body!["reportId"] = (await entitled.JobDone(report)).GetProperty("id").GetGuid();
                break;
            case "AttachDocument":
                // Needed by all but results.
                query["component"] = "form";
                break;
            case "ReuseDocument":
                var earlier = Succeeded(await (await Compose(document.Operations.Single(o => o.Id == "AttachDocument"))).By(entitled)).Json;
                body!["dossierId"] = earlier.GetProperty("dossierId").GetString();
                body["documentId"] = earlier.GetProperty("id").GetString();
                break;
        }
        return new(operation, path, query, body, headers);
    }

    private static string Value(ApiParameter parameter) =>
        parameter switch
        {
            { Name: "from" } => Period.From,
            { Name: "to" } => Period.To,
            { Name: "year" } => Day(0)[..4],
            { Name: "day" } => Day(0),
            { Example: { } example } => example.ToString(),
            _ => throw new InvalidOperationException($"The parameter {parameter.Name} has no example."),
        };

    private JsonNode? Body(ApiOperation operation)
    {
        if (operation.Body is not { } body)
            return null;
        var value = body.Example.DeepClone();
        switch (operation.Id)
        {
            case "ReceiveDossier" or "SubmitOnline":
                value["applicant"]!["name"] = Name;
                value["applicant"]!["identityNumber"] = Identity;
                value["applicant"]!["phone"] = Phone;
                value["applicant"]!["email"] = Email;
                value["applicant"]!["address"] = Home;
                break;
            case "AnswerAtCounter":
                value["person"]!["name"] = Name;
                value["person"]!["identityNumber"] = Identity;
                value["person"]!["phone"] = Phone;
                value["person"]!["address"] = Home;
                break;
            case "EstablishCentre":
                value["code"] = "rights-" + Next().ToString(CultureInfo.InvariantCulture);
                break;
            case "SetUpCounter":
                value["number"] = 300 + Next();
                break;
            case "CreateUser":
                value["userName"] = "rights-" + Next().ToString(CultureInfo.InvariantCulture);
                break;
            case "ImportUsers":
                value = $"userName,displayName,role,scope\nrights-{Next()},{Name},ReceptionOfficer,centre:dak-lak\n";
                break;
            case "RegisterClient":
                value["clientId"] = "rights-" + Next().ToString(CultureInfo.InvariantCulture);
                break;
            case "CreateRole":
                value["code"] = "Rights-" + Next().ToString(CultureInfo.InvariantCulture);
                break;
            case "StartProcedureDraft":
                value["code"] = "9.8" + Next().ToString("00000", CultureInfo.InvariantCulture);
                break;
            case "AddNotificationTemplate" or "SetRatingForm" or "AddRetentionRule":
                // Each takes effect after the one before.
                value["effectiveFrom"] = DateOnly
                    .Parse(value["effectiveFrom"]!.GetValue<string>(), CultureInfo.InvariantCulture)
                    .AddDays(Next())
                    .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
                if (operation.Id == "AddRetentionRule")
                    value.AsObject().Remove("procedureCode");
                break;
            case "SendFeedback":
                value.AsObject().Remove("dossierCode");
                value.AsObject().Remove("repeatOf");
                break;
            case "ReceiveFeedback":
                value["matter"]!.AsObject().Remove("dossierCode");
                value["matter"]!.AsObject().Remove("repeatOf");
                value["matter"]!["sender"] = new JsonObject
                {
                    ["name"] = Name,
                    ["phone"] = Phone,
                    ["email"] = Email,
                };
                break;
            case "AddLegalBasis":
                value["id"] = "rights-" + Next().ToString(CultureInfo.InvariantCulture);
                break;
            case "AddAgency":
                value["code"] = $"H15.{Next() % 1000:000}.{Next() % 1000:000}";
                break;
            case "AddField":
                value["code"] = "rights-" + Next().ToString(CultureInfo.InvariantCulture);
                break;
            case "ImportAgencies":
                value = "code,name,nameEn,level\nH15.104,Ủy ban nhân dân xã Ea Kao,People's Committee of Ea Kao,commune\n";
                break;
            case "AddWorkflowTemplate":
                value["code"] = "Rights" + Next().ToString(CultureInfo.InvariantCulture);
                break;
            case "ImportProcedures":
                value = "code,fieldCode,number\n9.900000,residence,1\n";
                break;
            case "PublishProcedureVersion":
            case "SetQualityParameter":
            case "SetLegalTerm":
            case "SetEscalationRule":
                // Each version takes effect after the one before.
                var from = DateOnly.Parse(value["effectiveFrom"]!.GetValue<string>(), CultureInfo.InvariantCulture);
                value["effectiveFrom"] = from.AddDays(Next()).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
                break;
            case "RegisterReceiptSeries":
                // No number lies in two ranges.
                value["series"] = "R-" + Next().ToString(CultureInfo.InvariantCulture);
                break;
            case "ExtendDossier":
                value["newDueDate"] = Day(90);
                break;
            case "ReceiveExchangeMessage":
                // The same one twice would be one. Without a status it is parked.
                value["message"] = $"{{\"MaHoSo\":\"H15.09-261124-{Next()}\"}}";
                break;
            case "ReturnDossier":
                value["receiver"] = "Người nhận";
                break;
        }
        return value;
    }

    // Dossiers are received under the newest version in force; there must be another one to move them to.
    private async Task SecondVersion()
    {
        const string procedure = Api + "/procedures/1.004194";
        var present = (await entitled.Get(procedure)).Expect(200);
        if (present.Json.GetProperty("version").GetInt32() > 1)
            return;
        var version = new JsonObject
        {
            ["effectiveFrom"] = Day(-1),
            ["decision"] = "Quyết định 1",
            ["details"] = JsonNode.Parse(present.Json.GetProperty("details").GetRawText()),
        };
        // A paper that is handed in while the work goes on.
        version["details"]!["documents"]!
            .AsArray()
            .Add(
                new JsonObject
                {
                    ["code"] = "consent",
                    ["name"] = "Văn bản đồng ý của cha, mẹ",
                    ["nameEn"] = "Consent of a parent",
                    ["required"] = false,
                    ["fromSharedData"] = false,
                    ["step"] = 2,
                }
            );
        Succeeded(await entitled.Post(procedure + "/versions", version, ("If-Match", present.ETag)));
    }

    // There is one as soon as a calendar has had a second version.
    private async Task<Guid> Replay(string list)
    {
        for (var asked = false; ; asked = true)
        {
            var replays = (await entitled.Get(list)).Expect(200).Json.GetProperty("items");
            if (replays.GetArrayLength() > 0)
                return First(replays).GetProperty("id").GetGuid();
            if (!asked)
                Succeeded(await (await Compose(document.Operations.Single(o => o.Id == "SetSpecialDays"))).By(entitled));
            await Task.Delay(100);
        }
    }

    // All composers work on one database.
    private static int Next() => Interlocked.Increment(ref _count);

    // The address of a thing: made for the occasion where that can be done, else the first of its list.
    private async Task<string> Item(ApiOperation operation, string cut, string list)
    {
        var name = cut[(cut.LastIndexOf('{') + 1)..^1];
        switch (cut)
        {
            case Api + "/dossiers/{id}" when OfSubmissions.Contains(operation.Id):
                return Succeeded(await (await Compose(document.Operations.Single(o => o.Id == "SubmitOnline"))).By(entitled)).Location;
            case Api + "/dossiers/{id}":
                return (await ReceiveMarked()).Location;
            case Api + "/online-payments/{id}":
                return await OnlinePayment(surplus: operation.Id == "GiveBackOnlinePayment");
            case Api + "/fee-receipts/{id}":
                return $"{list}/{await Receipt()}";
            case Api + "/tills/{id}" when operation.Id is "ConfirmTill" or "CloseTillForCashier":
                return await TillOfColleague(closed: operation.Id == "ConfirmTill");
            case Api + "/tracking/{code}" when operation.Id != "RateByHolder":
                return $"{list}/{(await ReceiveMarked()).Json.GetProperty("code").GetString()}";
            case Api + "/consultations/{id}":
                return Succeeded(await (await Compose(document.Operations.Single(o => o.Id == "ConsultAgency"))).By(entitled)).Location;
            case Api + "/jobs/{id}":
            case Api + "/dossier-imports/{id}":
                var import = await (await Compose(document.Operations.Single(o => o.Id == "StartImport"))).By(entitled);
                return $"{list}/{(await entitled.JobDone(import)).GetProperty("id").GetGuid()}";
        }
        switch (cut)
        {
            case Api + "/work-queues/{key}":
                return list + "/intake";
            case Api + "/escalations/{id}":
                // Pressed for by, and in charge of, one and the same.
                return Succeeded(await (await Compose(document.Operations.Single(o => o.Id == "PressDossier"))).By(entitled)).Location;
            case Api + "/dossier-exports/{id}":
                return $"{list}/{(await entitled.JobDone(await Done("ExportDossiers"))).GetProperty("id").GetGuid()}";
            case Api + "/clock-replays/{id}":
                return $"{list}/{await Replay(list)}";
            case Api + "/tracking/{code}" when operation.Id == "RateByHolder":
                var over = (await Compose(document.Operations.Single(o => o.Id == "ReturnDossier")));
                var ended = Succeeded(await over.By(entitled)).Json;
                var receipt = (await entitled.Get($"{Api}/dossiers/{ended.GetProperty("id").GetGuid()}/forms/01")).Expect(200).Json;
                _key = receipt.GetProperty("ratingUrl").GetString()!.Split("key=")[1];
                return $"{list}/{ended.GetProperty("code").GetString()}";
            case Api + "/public-feedback/{code}":
                var sent = Succeeded(await (await Compose(document.Operations.Single(o => o.Id == "SendFeedback"))).By(entitled)).Json;
                _key = sent.GetProperty("key").GetString()!;
                await Prepare(operation, sent.GetProperty("code").GetString()!);
                return $"{list}/{sent.GetProperty("code").GetString()}";
            case Api + "/notifications/{id}":
                return $"{list}/{await Notified()}";
        }
        if (cut == Api + "/integration/{partner}/messages/{id}")
            return Succeeded(
                await (await Compose(document.Operations.Single(o => o.Id == "ReceiveExchangeMessage"))).By(entitled)
            ).Location;
        if (cut == Api + "/dossier-imports/{id}/rejected-rows/{line}")
            return await RejectedRow();
        if (cut == Api + "/dossier-statistics/publications/{id}")
            return $"{list}/{await Publish()}";
        if (cut == Api + "/calendars/{code}/versions/{version}")
            return list + "/1";
        if (cut == Api + "/audit-entries/chain/{module}")
            return list + "/identity";
        var (above, members) = (cut[..cut.LastIndexOf('/')], list.Split('/')[^1]);
        if ((!operation.IsRead || MadeForReading.Contains(cut)) && document.Find(HttpMethod.Post, above) is { Creates: true } create)
            return Succeeded(await (await Compose(create)).By(entitled)).Location;
        if (document.Find(HttpMethod.Get, above) is not null)
            return $"{list}/{First((await entitled.Get(list + "?limit=1")).Expect(200).Json.GetProperty("items")).GetProperty(name)}";
        // What has no list of its own is a member of the thing above it, or one of a few words.
        if (document.Find(HttpMethod.Get, above[..above.LastIndexOf('/')]) is not null)
            return $"{list}/{First((await entitled.Get(list[..list.LastIndexOf('/')])).Expect(200).Json.GetProperty(members)).GetProperty("id")}";
        return $"{list}/{operation.Parameters.Single(p => p.Name == name).Example}";
    }

    private async Task<Reply> Done(string id) => Succeeded(await (await Compose(document.Operations.Single(o => o.Id == id))).By(entitled));

    // Paid in another amount than asked for, there is money to be given back.
    private async Task<string> OnlinePayment(bool surplus)
    {
        var order = await Done("StartOnlinePayment");
        if (surplus)
            (
                await entitled.Call(
                    HttpMethod.Post,
                    new Uri(order.Json.GetProperty("payAt").GetString()!).AbsolutePath,
                    Testing.Browser.Form(("outcome", "paid"), ("amount", "1"))
                )
            ).Expect(302);
        return order.Location;
    }

    // A row whose time of reception cannot be read.
    private async Task<string> RejectedRow()
    {
        var code = $"H15.02-{Day(-20)[2..].Replace("-", "", StringComparison.Ordinal)}-{100_000 + Next()}";
        var file =
            "sourceId,code,procedureCode,centreCode,channel,applicantName,receivedAt\n"
            + $"{code},{code},1.014196,dak-lak,counter,{Name},yesterday\n";
        var started = await entitled.Call(HttpMethod.Post, Api + "/dossier-imports?source=rights", Calls.Body(file, "text/csv"));
        return $"{Api}/dossier-imports/{(await entitled.JobDone(started)).GetProperty("id").GetGuid()}/rejected-rows/2";
    }

    private async Task<Guid> Receipt()
    {
        var paid = await Done("ConfirmPayment");
        var payments = (await entitled.Get($"{Api}/dossiers/{paid.Json.GetProperty("id").GetGuid()}/payments")).Expect(200).Json;
        return payments.GetProperty("payments")[0].GetProperty("receiptId").GetGuid();
    }

    private async Task<string> TillOfColleague(bool closed)
    {
        var open = await Compose(document.Operations.Single(o => o.Id == "OpenTill"));
        var till = Succeeded(await open.By(await Colleague())).Location;
        if (closed)
            await Do(ByColleague + "CloseTill", till);
        return till;
    }

    // What the sender is asked, or has to judge, an officer has asked or answered before.
    private async Task Prepare(ApiOperation operation, string code)
    {
        var act = operation.Id switch
        {
            "SupplyFeedback" => "AskSender",
            "JudgeFeedback" => "AnswerFeedback",
            _ => null,
        };
        if (act is null)
            return;
        var all = (await entitled.Get(Api + "/feedback?limit=100")).Expect(200).Json.GetProperty("items").EnumerateArray();
        var id = all.First(f => f.GetProperty("code").GetString() == code).GetProperty("id").GetGuid();
        await Do(act, $"{Api}/feedback/{id}");
    }

    // A message that is not waiting any more, so that it can be sent again.
    private async Task<Guid> Notified()
    {
        var dossier = await ReceiveMarked();
        while (true)
        {
            var told = (await entitled.Get(dossier.Location + "/told")).Expect(200).Json.GetProperty("notifications");
            var done = told.EnumerateArray().FirstOrDefault(n => n.GetProperty("state").GetString() != "waiting");
            if (done.ValueKind == System.Text.Json.JsonValueKind.Object)
                return done.GetProperty("id").GetGuid();
            await Task.Delay(100);
        }
    }

    private static System.Text.Json.JsonElement First(System.Text.Json.JsonElement list) => list.EnumerateArray().First();

    private async Task<string> Tag(ApiOperation operation, string path)
    {
        var item = operation.Cuts.Last(c => document.Find(HttpMethod.Get, c) is not null);
        var steps = item.Split('/').Length;
        return (await entitled.Get(string.Join('/', path.Split('/').Take(steps)))).Expect(200).ETag;
    }

    private static Reply Succeeded(Reply reply) =>
        reply.Status is >= 200 and < 300
            ? reply
            : throw new UnexpectedReplyException("A request that should succeed was answered " + reply);
}
