package dev.stagewright.image;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LayerOptions;
import dev.stagewright.protocol.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A small build to train prepare, which requires no network.
 *
 * @param tree the root of prepare
 */
record PrepareTraining(RuntimeTree tree) {
  private static final String DOCKERFILE =
      """
      # syntax=docker/dockerfile:1
      ARG VERSION=1
      FROM scratch AS first
      ARG VERSION
      ENV VERSION=${VERSION:-2}
      WORKDIR /srv
      COPY --chown=1:2 src/*.txt ./
      RUN make && \\
          make install
      FROM scratch
      LABEL version="1" \\
            other="2"
      COPY --from=first /srv /srv
      RUN <<EOF
      echo hello
      EOF
      EXPOSE 80
      ENTRYPOINT ["/srv/hello"]
      """;

  /** Writes the files that prepare has in its Pod. */
  void prepare() throws IOException {
    var request =
        new BuildRequest(
            "training/hello",
            new BuildRequest.Source.Inline(
                Map.of("Dockerfile", DOCKERFILE, "src/a.txt", "a", ".dockerignore", "*.md\n")),
            Optional.empty(),
            Optional.empty(),
            Map.of("VERSION", "3"),
            Platform.LINUX_AMD64,
            BuildRequest.Output.to(
                ImageReference.parse("registry.invalid/hello:1"), LayerOptions.DEFAULT),
            BuildRequest.AllowedSecrets.NONE,
            List.of());
    var directory = Files.createDirectories(tree.at(Mounts.REQUEST));
    Files.writeString(directory.resolve(Mounts.REQUEST_FILE), Json.write(request));
    Files.createDirectories(tree.at(Mounts.WORKSPACE));
  }
}
