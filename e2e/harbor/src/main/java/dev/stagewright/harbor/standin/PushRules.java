package dev.stagewright.harbor.standin;

import java.util.Locale;
import java.util.Optional;

/**
 * The rules that reject a push despite sufficient permissions: read-only mode, proxy caches,
 * immutable tags, quotas.
 */
final class PushRules {
  private static final int LONGEST_MANIFEST = 4 << 20;

  private final World world;

  PushRules(World world) {
    this.world = world;
  }

  /** The response to any change; empty if it is allowed. */
  Optional<Response> change(Project project) {
    if (world.isReadOnly()) {
      return denied("The system is in read only mode. Any modification is prohibited.");
    }
    return project.isProxyCache()
        ? denied("can not push artifact to a proxy project: " + project.name())
        : Optional.empty();
  }

  /** The response to a manifest; empty if it is allowed. */
  Optional<Response> manifest(Project project, Repository repository, String reference, long size) {
    if (size > LONGEST_MANIFEST) {
      return Optional.of(
          Response.error(413, "REQUEST_ENTITY_TOO_LARGE", "request entity too large")
              .with("Connection", "close"));
    }
    if (repository.digest(reference).isPresent() && project.isImmutable(reference)) {
      var words =
          "Failed to process request due to '%s:%s' configured as immutable."
              .formatted(repository.name(), reference);
      return Optional.of(Response.error(412, "PRECONDITION", words));
    }
    return quota(project, size);
  }

  /** The response to this number of additional bytes; empty if they are allowed. */
  Optional<Response> quota(Project project, long more) {
    if (project.limit() < 0 || project.used() + more <= project.limit()) {
      return Optional.empty();
    }
    return denied(
        ("adding %s of storage resource, which when updated to current usage of %s will exceed the"
                + " configured upper limit of %s.")
            .formatted(words(more), words(project.used()), words(project.limit())));
  }

  private static Optional<Response> denied(String words) {
    return Optional.of(Response.error(403, "DENIED", words));
  }

  private static String words(long bytes) {
    var value = (double) bytes;
    for (var unit : new String[] {"B", "KiB", "MiB", "GiB"}) {
      if (value < 1024) {
        return unit.equals("B")
            ? "%d B".formatted(bytes)
            : String.format(Locale.ROOT, "%.1f %s", value, unit);
      }
      value /= 1024;
    }
    return String.format(Locale.ROOT, "%.1f TiB", value);
  }
}
