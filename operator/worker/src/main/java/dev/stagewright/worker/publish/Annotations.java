package dev.stagewright.worker.publish;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.FetchedSource;
import dev.stagewright.protocol.SourceRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The annotations of a manifest: known annotations of the OCI image specification, overridden by
 * those of the user. An empty value removes an annotation.
 *
 * @param source the source of the build
 * @param custom the annotations of the user, by name
 */
record Annotations(SourceRequest source, Map<String, String> custom) {
  private static final String PREFIX = "org.opencontainers.image.";

  static Annotations of(BuildRequest request) {
    return new Annotations(request.source(), request.output().annotations());
  }

  /**
   * Returns all annotations, by name.
   *
   * @param created the creation time of the image config, so that equal configs have equal
   *     manifests
   */
  Map<String, String> of(BuildPlan plan, Instant created) {
    var annotations = new TreeMap<String, String>();
    annotations.put(PREFIX + "created", created.toString());
    address(plan).ifPresent(address -> annotations.put(PREFIX + "source", address));
    plan.revision()
        .or(() -> plan.source().flatMap(FetchedSource::revision))
        .ifPresent(revision -> annotations.put(PREFIX + "revision", revision));
    plan.baseImage()
        .ifPresent(base -> {
          annotations.put(PREFIX + "base.name", name(ImageReference.parse(base.name())));
          base.pinned()
              .digest()
              .ifPresent(digest -> annotations.put(PREFIX + "base.digest", digest.toString()));
        });
    annotations.putAll(custom);
    annotations.values().removeIf(String::isEmpty);
    return annotations;
  }

  /** The digest has its own annotation. */
  private static String name(ImageReference base) {
    return base.name() + base.tag().map(tag -> ":" + tag).orElse("");
  }

  /** The URL without credentials. */
  private Optional<String> address(BuildPlan plan) {
    return source instanceof SourceRequest.Git git
        ? Optional.of(git.publicUrl())
        : plan.source().map(FetchedSource::url);
  }
}
