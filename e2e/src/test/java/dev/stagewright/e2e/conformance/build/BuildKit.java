package dev.stagewright.e2e.conformance.build;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagewright.e2e.Shell;
import dev.stagewright.e2e.conformance.cases.PreparedCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * BuildKit beside the cluster, used through buildctl.
 *
 * @param address address of its socket
 * @param registry host and port of the registry
 */
public record BuildKit(Shell tools, String address, String registry) {
  /**
   * The earliest time of files that a build of BuildKit can write. It is earlier than the start of
   * the build, because some steps come from the cache of BuildKit even without caching. Base images
   * and contexts are older.
   */
  public static final Instant FIRST_BUILD = Instant.parse("2026-01-01T00:00:00Z");

  private static final Duration TIMEOUT = Duration.ofMinutes(15);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Builds a case without cache and pushes the image. */
  public Outcome build(PreparedCase prepared) throws IOException {
    forgetContexts();
    var startedAt = Instant.now();
    var metadata = prepared.folder().resolve("buildkit.json");
    var repository =
        registry + "/conformance/buildkit/" + prepared.origin().fullName().toLowerCase(Locale.ROOT);
    var result = tools.run(TIMEOUT, command(prepared, repository, metadata, startedAt));
    if (result.exitCode() != 0) {
      return new Outcome.Failed(error(result.output()));
    }
    var digest = JSON.readTree(metadata.toFile()).path("containerimage.digest").asText();
    return new Outcome.Pushed(repository + "@" + digest, startedAt);
  }

  /**
   * Makes the next build transfer its context to an empty folder. In the folder of an earlier
   * build, BuildKit would not update a directory with the same path and mode, and its time would be
   * lost.
   */
  private void forgetContexts() {
    tools.output(TIMEOUT, "buildctl", "--addr", address, "prune", "--filter", "type==source.local");
  }

  private List<String> command(
      PreparedCase prepared, String repository, Path metadata, Instant startedAt)
      throws IOException {
    var properties = prepared.origin().properties();
    var line = new ArrayList<>(List.of("buildctl", "--addr", address, "build"));
    line.addAll(List.of("--progress=plain", "--no-cache", "--frontend", "dockerfile.v0"));
    line.addAll(List.of("--local", "context=" + prepared.context()));
    line.addAll(List.of("--local", "dockerfile=" + prepared.context()));
    line.addAll(List.of("--metadata-file", metadata.toString()));
    properties.target().ifPresent(target -> option(line, "target=" + target));
    properties
        .buildArgs()
        .forEach((name, value) -> option(line, "build-arg:" + name + "=" + value));
    // Cache mounts outlive a build; this makes each build start with empty ones.
    option(line, "build-arg:BUILDKIT_CACHE_MOUNT_NS=" + startedAt);
    properties
        .sourceDateEpoch()
        .ifPresent(epoch -> option(line, "build-arg:SOURCE_DATE_EPOCH=" + epoch));
    for (var secret : properties.secrets().entrySet()) {
      var file = prepared.folder().resolve("secret-" + secret.getKey());
      Files.writeString(file, secret.getValue());
      line.addAll(List.of("--secret", "id=%s,src=%s".formatted(secret.getKey(), file)));
    }
    if (properties.ssh()) {
      line.addAll(List.of("--ssh", "default=" + prepared.sshKey()));
    }
    line.addAll(List.of("--output", output(prepared, repository)));
    return line;
  }

  private static void option(List<String> line, String option) {
    line.addAll(List.of("--opt", option));
  }

  private static String output(PreparedCase prepared, String repository) {
    var properties = prepared.origin().properties();
    var output =
        new StringBuilder("type=image,push=true,oci-mediatypes=true,name=" + repository + ":1");
    properties
        .compression()
        .ifPresent(kind -> output.append(",force-compression=true,compression=").append(kind));
    if (properties.sourceDateEpoch().isPresent()) {
      output.append(",rewrite-timestamp=true");
    }
    return output.toString();
  }

  private static String error(String output) {
    return output
        .lines()
        .filter(line -> line.startsWith("error: "))
        .reduce((_, last) -> last)
        .orElse(output.stripTrailing());
  }
}
