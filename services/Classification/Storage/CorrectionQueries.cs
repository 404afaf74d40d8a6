using Microsoft.EntityFrameworkCore;
using Monitoring.Classification.Corrections;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Http;

namespace Monitoring.Classification.Storage;

/// <summary>Reads corrections for the API.</summary>
internal sealed class CorrectionQueries(ClassificationDb db)
{
    /// <summary>Those that made versions of the incident, newest first; <c>null</c> where there is no such incident.</summary>
    public async Task<Page<Correction>?> ListAsync(Guid incident, Paging paging, CancellationToken cancellationToken)
    {
        if (!await db.Incidents.AnyAsync(row => row.Id == incident, cancellationToken)) return null;
        var after = paging.After;
        var rows = await db.Corrections.AsNoTracking()
            .Where(row => row.Incidents.Contains(incident))
            .Where(row => after == null || row.CreatedAt < after.At || (row.CreatedAt == after.At && row.Id < after.Id))
            .OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id)
            .Take(paging.Limit + 1).ToListAsync(cancellationToken);
        return paging.Page([.. rows.Select(row => row.ToCorrection())], correction => new Cursor(correction.At, correction.Id));
    }
}
