package dev.stagewright.worker.source;

import java.util.List;

/** The names that a Dockerfile has where the spec does not say. */
public final class DockerfileNames {
  /** The first of them, which an inline Dockerfile gets. */
  public static final String DEFAULT = "Dockerfile";

  /** All of them, in the order in which they are looked for. */
  public static final List<String> DEFAULTS = List.of(DEFAULT, "dockerfile");

  private DockerfileNames() {}
}
