package dev.stagewright.worker.source;

import java.util.List;

/** The default names of Dockerfiles. */
public final class DockerfileNames {
  /** The first name, which inline Dockerfiles get. */
  public static final String DEFAULT = "Dockerfile";

  /** All names, in the order of lookup. */
  public static final List<String> DEFAULTS = List.of(DEFAULT, "dockerfile");

  private DockerfileNames() {}
}
