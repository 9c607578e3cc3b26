package dev.stagewright.protocol.stream;

import java.util.Optional;

/**
 * What a client states about a source before its files.
 *
 * @param dockerfile the Dockerfile, which may be outside of the build context; empty if it is one
 *     of the files
 */
public record SourceStreamHeader(Optional<StreamedDockerfile> dockerfile) {

  /**
   * A Dockerfile with its ignore file.
   *
   * @param path for messages, for example {@code Dockerfile} or {@code ../web.Dockerfile}
   * @param text of the Dockerfile
   * @param ignore text of the ignore file; empty if there is none
   */
  public record StreamedDockerfile(String path, String text, Optional<StreamedIgnoreFile> ignore) {}

  /**
   * An ignore file.
   *
   * @param path for messages, for example {@code .dockerignore}
   */
  public record StreamedIgnoreFile(String path, String text) {}
}
