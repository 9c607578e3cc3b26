package dev.stagewright.e2e.conformance;

import dev.stagewright.e2e.Environment;
import dev.stagewright.e2e.LocalCluster;
import dev.stagewright.e2e.TestNamespace;
import dev.stagewright.e2e.conformance.build.BaseImages;
import dev.stagewright.e2e.conformance.build.BuildKit;
import dev.stagewright.e2e.conformance.build.References;
import dev.stagewright.e2e.conformance.build.Stagewright;
import dev.stagewright.e2e.conformance.cases.Preparation;
import dev.stagewright.e2e.conformance.image.ImageReader;
import java.nio.file.Path;
import java.time.Duration;

/** The resources that all cases of a run share. */
record ConformanceEnvironment(
    TestNamespace namespace,
    Preparation preparation,
    References references,
    Stagewright stagewright,
    ImageReader reader)
    implements AutoCloseable {
  private static final Duration COLD_START = Duration.ofMinutes(10);

  static ConformanceEnvironment open(Environment environment) {
    var tools = environment.tools();
    var e2e = LocalCluster.repository().resolve("e2e");
    var registry = environment.registry();
    var address = lastLine(tools.output(COLD_START, e2e.resolve("cluster").toString(), "buildkit"));
    var bases = BaseImages.push(tools, e2e.resolve("conformance/bases/push"));
    var namespace = TestNamespace.create(environment);
    var folder = target().resolve("runs").resolve(namespace.name());
    var reader = new ImageReader();
    return new ConformanceEnvironment(
        namespace,
        new Preparation(
            tools,
            e2e.resolve("conformance/prepare"),
            folder,
            registry.substring(0, registry.indexOf(':'))),
        new References(
            new BuildKit(tools, address, registry), bases, reader, target().resolve("references")),
        new Stagewright(namespace, folder),
        reader);
  }

  /** The folder for the results of the run. */
  static Path target() {
    return LocalCluster.repository().resolve("e2e/target/conformance");
  }

  private static String lastLine(String output) {
    return output.substring(output.lastIndexOf('\n') + 1);
  }

  @Override
  public void close() {
    stagewright.close();
    namespace.close();
    preparation.close();
    reader.close();
  }
}
