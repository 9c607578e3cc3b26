package dev.stagewright.controller.validation;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * Validates the size of a build request, which prepare reads from a ConfigMap.
 *
 * @param spec that the request was created from
 */
public record RequestSize(ImageBuildSpec spec, BuildRequest request) {
  /** The limit of the API server for the data of a ConfigMap. */
  private static final int MAX_BYTES = 1 << 20;

  private static final int KIB = 1024;

  /**
   * Checks that the request fits into a ConfigMap.
   *
   * @throws IllegalArgumentException if it does not; the message names the largest field
   */
  public void check() {
    var size = bytes(Json.write(request));
    if (size <= MAX_BYTES) {
      return;
    }
    var arguments = spec.buildArgs().values().stream().mapToLong(RequestSize::bytes).sum();
    var inline = spec.source().inline();
    var source =
        inline == null
            ? 0
            : Stream.concat(Stream.of(inline.dockerfile()), inline.files().values().stream())
                .mapToLong(RequestSize::bytes)
                .sum();
    throw new IllegalArgumentException(
        source >= arguments
            ? "spec.source.inline: dockerfile and files need "
                + (size + KIB - 1) / KIB
                + " KiB, and at most 1024 KiB fit into the ConfigMap that the build reads them from;"
                + " put larger sources into a git repository (spec.source.git), a ConfigMap"
                + " (spec.source.configMap) or a volume (spec.source.persistentVolumeClaim)"
            : "spec.buildArgs: the values need "
                + (size + KIB - 1) / KIB
                + " KiB, and at most 1024 KiB fit into the ConfigMap that the build reads them from;"
                + " put larger values into files of the source");
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
