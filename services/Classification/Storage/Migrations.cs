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

[DbContext(typeof(ClassificationDb)), Migration("20261201_0004_stories")]
internal sealed class StoriesOfReports : SqlMigration;

[DbContext(typeof(ClassificationDb)), Migration("20261201_0005_story_keys")]
internal sealed class StoryKeys : SqlMigration;

[DbContext(typeof(ClassificationDb)), Migration("20261201_0006_corrections")]
internal sealed class Corrections : SqlMigration;

[DbContext(typeof(ClassificationDb)), Migration("20261201_0007_models")]
internal sealed class Models : SqlMigration;

[DbContext(typeof(ClassificationDb)), Migration("20261201_0008_stories_bounds")]
internal sealed class StoriesBounds : SqlMigration;

[DbContext(typeof(ClassificationDb)), Migration("20261201_0010_holds")]
internal sealed class Holds : SqlMigration;

[DbContext(typeof(ClassificationDb)), Migration("20261201_0011_story_keys_of_reports")]
internal sealed class StoryKeysOfReports : SqlMigration;

[DbContext(typeof(ClassificationDb)), Migration("20261201_0012_details")]
internal sealed class Details : SqlMigration;
