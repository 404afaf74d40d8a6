using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Monitoring.ServiceDefaults.Storage;

namespace Monitoring.Classification.Storage;

[DbContext(typeof(ClassificationDb)), Migration("20261124_0001_foundation")]
internal sealed class Foundation : FoundationMigration;

[DbContext(typeof(ClassificationDb)), Migration("20261124_0002_incidents")]
internal sealed class Incidents : SqlMigration;

[DbContext(typeof(ClassificationDb)), Migration("20261201_0003_superseded")]
internal sealed class Superseded : SqlMigration;
