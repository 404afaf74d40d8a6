using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Monitoring.ServiceDefaults.Protection;
using Monitoring.ServiceDefaults.Storage;

namespace Monitoring.Ingestion.Storage.Migrations;

[DbContext(typeof(IngestionDb)), Migration("0001_foundation")]
internal sealed class Foundation : FoundationMigration;

[DbContext(typeof(IngestionDb)), Migration("0002_reports")]
internal sealed class Reports : SqlMigration;

[DbContext(typeof(IngestionDb)), Migration("0003_feeds")]
internal sealed class Feeds : SqlMigration;

[DbContext(typeof(IngestionDb)), Migration("0004_polls")]
internal sealed class Polls : SqlMigration;

[DbContext(typeof(IngestionDb)), Migration("0005_feed_health")]
internal sealed class FeedHealthTables : SqlMigration;

[DbContext(typeof(IngestionDb)), Migration("0006_protection")]
internal sealed class ProtectionKeys : ProtectionMigration;
