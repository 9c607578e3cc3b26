package dev.stagewright.layers.oci;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A fully qualified image reference: registry, repository, and a tag, a digest or both.
 *
 * <p>{@link #parse} adds what Docker's short names omit: {@code docker.io}, {@code library/}, and
 * {@code latest} if there is neither tag nor digest.
 *
 * @param registry the host with optional port, for example {@code docker.io} or {@code
 *     10.0.0.1:5000}
 * @param repository the path in the registry, for example {@code library/golang}
 * @param tag empty for a reference by digest only
 * @param digest empty for a reference by tag only
 */
public record ImageReference(
    String registry, String repository, Optional<String> tag, Optional<Digest> digest) {
  private static final String DEFAULT_REGISTRY = "docker.io";
  private static final String DEFAULT_TAG = "latest";
  private static final Pattern REPOSITORY =
      Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*+");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
  private static final Pattern REGISTRY =
      Pattern.compile("([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9a-fA-F:]+])(:[0-9]{1,5})?");
  private static final int MAX_NAME = 255;

  /**
   * @throws IllegalArgumentException if a part is malformed or the name has more than 255
   *     characters
   */
  public ImageReference {
    if (REPOSITORY.matcher(repository.toLowerCase(Locale.ROOT)).matches() && hasUpper(repository)) {
      throw new IllegalArgumentException(
          "invalid reference format: repository name (" + repository + ") must be lowercase");
    }
    var isTagValid = tag.isEmpty() || TAG.matcher(tag.get()).matches();
    if (!REGISTRY.matcher(registry).matches()
        || repository.length() + registry.length() + 1 > MAX_NAME
        || !REPOSITORY.matcher(repository).matches()
        || !isTagValid) {
      throw new IllegalArgumentException("invalid reference format");
    }
  }

  /**
   * Parses a reference of a Dockerfile or a Pod.
   *
   * @throws IllegalArgumentException with Docker's message if the reference is malformed
   */
  public static ImageReference parse(String text) {
    var rest = text;
    Optional<Digest> digest = Optional.empty();
    var at = rest.indexOf('@');
    if (at >= 0) {
      try {
        digest = Optional.of(Digest.parse(rest.substring(at + 1)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("invalid reference format", e);
      }
      rest = rest.substring(0, at);
    }
    Optional<String> tag = Optional.empty();
    var colon = rest.lastIndexOf(':');
    if (colon > rest.lastIndexOf('/')) {
      tag = Optional.of(rest.substring(colon + 1));
      rest = rest.substring(0, colon);
    }
    if (tag.isEmpty() && digest.isEmpty()) {
      tag = Optional.of(DEFAULT_TAG);
    }
    return withName(rest, tag, digest);
  }

  private static ImageReference withName(
      String name, Optional<String> tag, Optional<Digest> digest) {
    var slash = name.indexOf('/');
    var first = slash < 0 ? "" : name.substring(0, slash);
    var isRegistry = namesRegistry(name);
    var registry = isRegistry ? first : DEFAULT_REGISTRY;
    var repository = isRegistry ? name.substring(slash + 1) : name;
    if (registry.equals("index.docker.io")) {
      registry = DEFAULT_REGISTRY;
    }
    if (registry.equals(DEFAULT_REGISTRY) && !repository.contains("/")) {
      repository = "library/" + repository;
    }
    return new ImageReference(registry, repository, tag, digest);
  }

  /** Whether a short name begins with a registry; names without one are in {@code docker.io}. */
  public static boolean namesRegistry(String name) {
    var slash = name.indexOf('/');
    var first = slash < 0 ? "" : name.substring(0, slash);
    return first.contains(".")
        || first.contains(":")
        || first.equals("localhost")
        || hasUpper(first);
  }

  private static boolean hasUpper(String text) {
    return text.chars().anyMatch(Character::isUpperCase);
  }

  /** Returns the reference by digest, without the tag. */
  public ImageReference pinned(Digest to) {
    return new ImageReference(registry, repository, Optional.empty(), Optional.of(to));
  }

  /** Returns the reference with another tag. */
  public ImageReference tagged(String other) {
    return new ImageReference(registry, repository, Optional.of(other), Optional.empty());
  }

  /** The registry and the repository, without tag and digest. */
  public String name() {
    return registry + "/" + repository;
  }

  /** The digest or else the tag that a request for the manifest uses. */
  public String selector() {
    return digest.map(Digest::toString).or(() -> tag).orElse(DEFAULT_TAG);
  }

  /** Returns the full form, which {@link #parse} converts to an equal reference. */
  @Override
  public String toString() {
    return name() + tag.map(t -> ":" + t).orElse("") + digest.map(d -> "@" + d).orElse("");
  }
}
