package dev.stagewright.bench.compare.builder;

import dev.stagewright.bench.compare.workload.Workload;
import java.nio.file.Path;

/**
 * One build.
 *
 * @param name name that no other build has, a DNS label
 * @param context directory with the context and the Dockerfile
 * @param repository repository of the image, without the host of the registry
 */
public record BuildJob(Workload workload, String name, Path context, String repository) {

  /** The build before this one, with another name but the same text. */
  public BuildJob earlier() {
    return new BuildJob(workload, name + "-earlier", context, repository);
  }

  /** The tag of the image. */
  public String tag() {
    return "1";
  }

  /** The reference of the image at a registry. */
  public String reference(String registry) {
    return registry + "/" + repository + ":" + tag();
  }
}
