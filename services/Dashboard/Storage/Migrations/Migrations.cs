using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Monitoring.ServiceDefaults.Protection;
using Monitoring.ServiceDefaults.Storage;

namespace Monitoring.Dashboard.Storage.Migrations;

[DbContext(typeof(DashboardDb)), Migration("20261124000000_foundation")]
internal sealed class Foundation : FoundationMigration;

[DbContext(typeof(DashboardDb)), Migration("20261124000050_data_protection_keys")]
internal sealed class DataProtectionKeys : ProtectionMigration;

[DbContext(typeof(DashboardDb)), Migration("20261124000100_accounts")]
internal sealed class Accounts : SqlMigration;
