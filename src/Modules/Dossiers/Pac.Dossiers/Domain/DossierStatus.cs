namespace Pac.Dossiers.Domain;

/// <summary>Where a dossier stands. The numbers are the national codes of the status (trạng thái hồ sơ).</summary>
internal enum DossierStatus
{
    /// <summary>Newly submitted online (mới đăng ký).</summary>
    Submitted = 1,

    /// <summary>Received (được tiếp nhận).</summary>
    Received = 2,

    /// <summary>Not accepted (không được tiếp nhận).</summary>
    Rejected = 3,

    /// <summary>An agency works on it (đang xử lý).</summary>
    InProcess = 4,

    /// <summary>Papers are missing (yêu cầu bổ sung giấy tờ).</summary>
    SupplementRequested = 5,

    /// <summary>A payment is awaited (yêu cầu thực hiện nghĩa vụ tài chính).</summary>
    FinancialObligationRequested = 6,

    /// <summary>The person wants it back (công dân yêu cầu rút hồ sơ).</summary>
    WithdrawalRequested = 7,

    /// <summary>Ended without a result (dừng xử lý).</summary>
    Stopped = 8,

    /// <summary>Settled; the result waits (đã xử lý xong).</summary>
    Completed = 9,

    /// <summary>The result is in the person's hands (đã trả kết quả).</summary>
    Returned = 10,
}

/// <summary>How a dossier came in (kênh thực hiện).</summary>
internal enum Channel
{
    /// <summary>At a counter (trực tiếp).</summary>
    Counter = 1,

    /// <summary>Through the national portal (trực tuyến).</summary>
    Online = 2,

    /// <summary>By public post (bưu chính công ích).</summary>
    Post = 3,
}

/// <summary>Whether a person was helped to apply (hỗ trợ nộp hồ sơ), above all to submit online.</summary>
internal enum Assistance
{
    /// <summary>Nobody helped.</summary>
    Unassisted,

    /// <summary>The centre that received it, or answers for its intake, helped.</summary>
    Assisted,

    /// <summary>Another centre helped.</summary>
    AtOtherCentre,
}

/// <summary>How the result goes back.</summary>
internal enum ReturnMethod
{
    /// <summary>Handed over at a counter.</summary>
    Counter = 1,

    /// <summary>As an electronic result.</summary>
    Online = 2,

    /// <summary>By public post.</summary>
    Post = 3,
}

/// <summary>How a dossier ended.</summary>
internal enum Outcome
{
    /// <summary>With the result asked for.</summary>
    Result,

    /// <summary>With a refusal and its reason (form 03).</summary>
    Refusal,

    /// <summary>Withdrawn by the person.</summary>
    Withdrawal,

    /// <summary>Stopped.</summary>
    Stop,

    /// <summary>Not accepted at intake; it was never received and counts in no figure.</summary>
    Rejection,
}

/// <summary>What kind of person or body applies.</summary>
internal enum ApplicantKind
{
    /// <summary>A citizen.</summary>
    Citizen = 1,

    /// <summary>An enterprise.</summary>
    Enterprise = 2,

    /// <summary>A state body.</summary>
    StateBody = 3,

    /// <summary>Another organisation.</summary>
    Organisation = 4,

    /// <summary>A household business (hộ kinh doanh).</summary>
    HouseholdBusiness = 5,
}

/// <summary>In which form a component was handed in.</summary>
internal enum CopyKind
{
    /// <summary>The original.</summary>
    Original = 0,

    /// <summary>A copy.</summary>
    Copy = 1,

    /// <summary>An electronic file.</summary>
    Electronic = 2,
}

/// <summary>How an end lies to its due time, as the control slip prints it.</summary>
internal enum Timeliness
{
    /// <summary>On an earlier day than due (trước hạn).</summary>
    Early,

    /// <summary>On the day due and not after the instant due, or nothing was due (đúng hạn).</summary>
    OnTime,

    /// <summary>After the instant due (quá hạn).</summary>
    Late,
}
