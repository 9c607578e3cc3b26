package dev.stagewright.bench.compare.builder;

import dev.stagewright.bench.compare.workload.Workload;
import dev.stagewright.bench.compare.workload.Workload.Texts;
import java.nio.file.Path;

/**
 * One build.
 *
 * @param name name that no other build has, a DNS label that begins with the group
 * @param group name of the builds that start at once
 * @param context directory with the context and the Dockerfile
 * @param repository repository of the image, without the host of the registry
 */
public record BuildJob(
    Workload workload, String name, String group, Path context, String repository) {

  /**
   * A build before this one, with another name but the same texts.
   *
   * @param number number of the build
   */
  public BuildJob earlier(int number) {
    return new BuildJob(workload, name + "-e" + number, group, context, repository);
  }

  /** The texts in the Dockerfile and in the context. */
  public Texts texts() {
    return new Texts(name, group);
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
