package dev.stagewright.bench.compare.builder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Buildah, which has no daemon: each build is a process that pushes the image at the end.
 *
 * @param storage options of every call: where images and containers are stored
 * @param runtime path of runc
 * @param registry host and port of the registry
 */
public record Buildah(
    Command command, List<String> storage, String runtime, String registry, String version)
    implements ImageBuilder {
  /** The name on the command line. */
  public static final String NAME = "buildah";

  private static final List<String> COMPONENTS = List.of("registry", "bench");
  private static final String BUILD_AND_PUSH =
      """
      buildah $1 build $5 --isolation oci --runtime "$2" --network host \
        --jobs 0 --tls-verify=false -t "$3" "$4" && \
      buildah $1 push --tls-verify=false "$3" "docker://$3"
      """;

  /** Prepares Buildah with a directory of its own for images. */
  public static Buildah at(Path folder, Path cgroup, String runtime, String registry)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    var registries = folder.resolve("registries.conf");
    Files.writeString(
        registries,
        """
        [[registry]]
        prefix = "docker.io"
        location = "%1$s"
        insecure = true

        [[registry]]
        location = "%1$s"
        insecure = true
        """
            .formatted(registry));
    var command = new Command(cgroup, Map.of("CONTAINERS_REGISTRIES_CONF", registries.toString()));
    var storage =
        List.of(
            "--root=" + folder.resolve("root"),
            "--runroot=" + folder.resolve("run"),
            "--storage-driver=overlay");
    var version =
        command.run(List.of("buildah", "--version")).replaceFirst(".*version (\\S+).*", "$1");
    return new Buildah(command, storage, runtime, registry, version);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean uses(String component) {
    return COMPONENTS.contains(component);
  }

  @Override
  public BuildOutcome build(List<BuildJob> jobs) throws IOException, InterruptedException {
    var start = System.nanoTime();
    var builds = new ArrayList<Command.Running>();
    for (var job : jobs) {
      builds.add(
          command.start(
              List.of(
                  "sh",
                  "-c",
                  BUILD_AND_PUSH,
                  "build",
                  String.join(" ", storage),
                  runtime,
                  job.reference(registry),
                  job.context().toString(),
                  // Without this option, Buildah keeps no results of instructions.
                  job.workload().earlier().isEmpty() ? "" : "--layers")));
    }
    for (var build : builds) {
      build.await();
    }
    return BuildOutcome.of((System.nanoTime() - start) / 1e9);
  }

  /** Deletes the images of the builds and keeps the base images. */
  @Override
  public void afterBuild(List<BuildJob> jobs) throws IOException, InterruptedException {
    for (var job : jobs) {
      var line = new ArrayList<>(List.of("buildah"));
      line.addAll(storage);
      line.addAll(List.of("rmi", "--force", job.reference(registry)));
      command.run(line);
    }
  }
}
