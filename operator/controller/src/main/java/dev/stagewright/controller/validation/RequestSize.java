package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * The size of a request, which is handed to prepare in a ConfigMap.
 *
 * @param spec that the request was made of
 * @param request to be handed out
 */
record RequestSize(ImageBuildSpec spec, BuildRequest request) {
  /** What the API server takes as the data of a ConfigMap. */
  private static final int MOST = 1 << 20;

  private static final int KIB = 1024;

  /**
   * Checks that it fits.
   *
   * @throws IllegalArgumentException if not; it names the field that takes most of it
   */
  void check() {
    var size = bytes(Json.write(request));
    if (size <= MOST) {
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
                + " KiB, and at most 1024 KiB fit into the ConfigMap that hands them to the build;"
                + " put larger sources into a git repository (spec.source.git), a ConfigMap"
                + " (spec.source.configMap) or a volume (spec.source.persistentVolumeClaim)"
            : "spec.buildArgs: the values need "
                + (size + KIB - 1) / KIB
                + " KiB, and at most 1024 KiB fit into the ConfigMap that hands them to the build;"
                + " put larger ones into files of the source");
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
