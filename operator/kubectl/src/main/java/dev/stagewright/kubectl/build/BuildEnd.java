package dev.stagewright.kubectl.build;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.protocol.FailureReason;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The end of a run, as an exit code and as metadata for tools.
 *
 * @param status of the run
 */
public record BuildEnd(ImageBuild build, ImageBuildStatus status) {
  private static final Set<String> TIMEOUTS =
      Set.of(FailureReason.Timeout.name(), FailureReason.SourceNotReceived.name());

  /** The kinds of results. */
  public enum Kind {
    /** The image is in the registry. */
    SUCCEEDED,
    /** The Dockerfile, its source, or the spec has to be changed. */
    FAILED,
    /** The cluster, a registry, or the connection failed. */
    INFRASTRUCTURE,
    /** A time is over. */
    TIMEOUT,
    /** The run was cancelled. */
    CANCELLED
  }

  /** The kind of the result. */
  public Kind kind() {
    if (status.phase() == BuildPhase.Succeeded) {
      return Kind.SUCCEEDED;
    }
    if (status.phase() == BuildPhase.Cancelled) {
      return Kind.CANCELLED;
    }
    var reason = status.failure() == null ? "" : status.failure().reason();
    if (TIMEOUTS.contains(reason)) {
      return Kind.TIMEOUT;
    }
    return reason.equals(FailureReason.SourceStreamBroken.name()) || !isOfUser(reason)
        ? Kind.INFRASTRUCTURE
        : Kind.FAILED;
  }

  /** An unknown reason is one of a newer operator. */
  private static boolean isOfUser(String reason) {
    return Arrays.stream(FailureReason.values())
        .filter(it -> it.name().equals(reason))
        .findFirst()
        .map(it -> it.fault() == FailureReason.Fault.USER)
        .orElse(true);
  }

  /** The reference of the image by digest; empty if there is none. */
  public Optional<String> pinned() {
    return Optional.ofNullable(status.image())
        .map(image ->
            Optional.ofNullable(image.pinned()).orElse(image.reference() + "@" + image.digest()));
  }

  /** The digest of the image; empty if there is none. */
  public Optional<String> digest() {
    return Optional.ofNullable(status.image()).map(ImageBuildStatus.ImageStatus::digest);
  }

  /** The contents of {@code --metadata-file}; the first keys are those of buildx. */
  public Map<String, Object> metadata() {
    var metadata = new LinkedHashMap<String, Object>();
    digest().ifPresent(digest -> metadata.put("containerimage.digest", digest));
    var image = status.image();
    if (image != null) {
      metadata.put(
          "image.name",
          image.references().isEmpty() ? image.reference() : String.join(",", image.references()));
    }
    var run = new LinkedHashMap<String, Object>();
    run.put("namespace", build.getMetadata().getNamespace());
    run.put("name", build.getMetadata().getName());
    run.put("run", status.runNumber());
    run.put("phase", String.valueOf(status.phase()));
    if (status.duration() != null) {
      run.put("duration", status.duration());
    }
    if (status.failure() != null) {
      run.put("failure", failure());
    }
    metadata.put("stagewright.build", run);
    return metadata;
  }

  private Map<String, Object> failure() {
    var failure = Objects.requireNonNull(status.failure());
    var values = new LinkedHashMap<String, Object>();
    values.put("reason", failure.reason());
    put(values, "stage", failure.stage());
    put(values, "instruction", failure.instruction());
    put(values, "line", failure.line());
    put(values, "exitCode", failure.exitCode());
    values.put("message", failure.message());
    return values;
  }

  private static void put(Map<String, Object> values, String key, @Nullable Object value) {
    if (value != null) {
      values.put(key, value);
    }
  }
}
