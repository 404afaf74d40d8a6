using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Monitoring.ServiceDefaults.Protection;
using Monitoring.ServiceDefaults.Storage;

namespace Monitoring.Alerting.Storage;

[DbContext(typeof(AlertingDb)), Migration("20261124_0001_foundation")]
internal sealed class Foundation : FoundationMigration;

[DbContext(typeof(AlertingDb)), Migration("20261124_0002_protection")]
internal sealed class ProtectionKeys : ProtectionMigration;

[DbContext(typeof(AlertingDb)), Migration("20261124_0003_alerts")]
internal sealed class AlertTables : SqlMigration;

[DbContext(typeof(AlertingDb)), Migration("20261201_0004_expiry")]
internal sealed class AlertExpiry : SqlMigration;
