package dev.stagewright.bench.compare.builder;

import dev.stagewright.bench.compare.workload.Workload.Trait;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The daemon of BuildKit beside the cluster, used through buildctl.
 *
 * @param address address of its socket
 * @param registry host and port of the registry
 */
public record BuildKit(Command command, String address, String registry, String version)
    implements ImageBuilder {
  /** The name on the command line. */
  public static final String NAME = "buildkit";

  private static final List<String> COMPONENTS =
      List.of("buildkitd", "buildkit", "registry", "bench");

  /** Connects to the daemon. */
  public static BuildKit connect(Command command, String address, String registry)
      throws IOException, InterruptedException {
    var version =
        command
            .run(
                List.of(
                    "buildctl",
                    "--addr",
                    address,
                    "debug",
                    "info",
                    "--format",
                    "{{.BuildkitVersion.Version}}"))
            .replaceFirst("^v", "");
    return new BuildKit(command, address, registry, version);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean uses(String component) {
    return COMPONENTS.contains(component);
  }

  /**
   * A first build transfers its whole context, as those of other builders do. In the other
   * workloads, only changed files are transferred, as in a working directory.
   */
  @Override
  public void beforeBuild(BuildJob job) throws IOException, InterruptedException {
    if (job.workload().has(Trait.NEW_CONTEXT)) {
      buildctl("prune", "--filter", "type==source.local");
    }
  }

  @Override
  public BuildOutcome build(List<BuildJob> jobs) throws IOException, InterruptedException {
    var start = System.nanoTime();
    var builds = new ArrayList<Command.Running>();
    for (var job : jobs) {
      builds.add(command.start(line(job)));
    }
    for (var build : builds) {
      build.await();
    }
    return BuildOutcome.of((System.nanoTime() - start) / 1e9);
  }

  /**
   * Deletes the results of all steps whose instruction contains a text of these builds, so that the
   * daemon does not have to delete gigabytes during later builds.
   */
  @Override
  public void afterBuild(List<BuildJob> jobs) throws IOException, InterruptedException {
    buildctl("prune", "--filter", "description~=" + jobs.getFirst().group());
  }

  private void buildctl(String... arguments) throws IOException, InterruptedException {
    var line = new ArrayList<>(List.of("buildctl", "--addr", address));
    line.addAll(List.of(arguments));
    command.run(line);
  }

  private List<String> line(BuildJob job) {
    return List.of(
        "buildctl",
        "--addr",
        address,
        "build",
        "--progress=plain",
        "--frontend",
        "dockerfile.v0",
        "--local",
        "context=" + job.context(),
        "--local",
        "dockerfile=" + job.context(),
        "--output",
        "type=image,push=true,oci-mediatypes=true,name=" + job.reference(registry));
  }
}
