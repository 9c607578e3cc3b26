package dev.stagewright.worker.push;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.transport.URIish;

/**
 * The annotations of a manifest: those of the OCI image specification that are known, and over them
 * those that the user sets. An empty value takes an annotation away.
 *
 * @param source where the image's source is
 * @param chosen the user's, by name
 */
record Annotations(BuildRequest.Source source, Map<String, String> chosen) {
  private static final String PREFIX = "org.opencontainers.image.";

  static Annotations of(BuildRequest request) {
    return new Annotations(request.source(), request.output().annotations());
  }

  /**
   * All of them, by name.
   *
   * @param created what the config says too, so that this digest differs no sooner than that one
   */
  Map<String, String> of(BuildPlan plan, Instant created) {
    var annotations = new TreeMap<String, String>();
    annotations.put(PREFIX + "created", created.toString());
    address().ifPresent(address -> annotations.put(PREFIX + "source", address));
    plan.revision().ifPresent(commit -> annotations.put(PREFIX + "revision", commit));
    plan.baseImage()
        .ifPresent(base -> {
          annotations.put(PREFIX + "base.name", name(ImageReference.parse(base.name())));
          base.pinned()
              .digest()
              .ifPresent(digest -> annotations.put(PREFIX + "base.digest", digest.toString()));
        });
    annotations.putAll(chosen);
    annotations.values().removeIf(String::isEmpty);
    return annotations;
  }

  /** The digest has an annotation of its own. */
  private static String name(ImageReference base) {
    return base.name() + base.tag().map(tag -> ":" + tag).orElse("");
  }

  /** Without an account, which may be part of a URL. */
  private Optional<String> address() {
    if (!(source instanceof BuildRequest.Source.Git git)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new URIish(git.url()).setUser(null).setPass(null).toString());
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }
}
