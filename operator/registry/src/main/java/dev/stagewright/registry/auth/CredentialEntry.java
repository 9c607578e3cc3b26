package dev.stagewright.registry.auth;

import dev.stagewright.layers.oci.ImageReference;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An entry of a Docker config file.
 *
 * @param host the host with optional port; {@code *} matches anything within one label of the name,
 *     as in the kubelet
 * @param path the elements of the repository path; empty for all repositories
 * @param credential the secret; empty if it is unusable
 * @param origin the file and the key of the entry, for an unusable entry with the reason
 */
record CredentialEntry(
    String host, List<String> path, Optional<Credential> credential, String origin) {
  private static final String DOCKER_HUB = "docker.io";
  private static final Set<String> DOCKER_HUB_ALIASES =
      Set.of("index.docker.io", "registry-1.docker.io", "registry.hub.docker.com");
  private static final Set<String> API_VERSIONS = Set.of("v1", "v2");

  /**
   * Parses a key such as {@code https://index.docker.io/v1/} or {@code harbor.example.com/team}.
   */
  static CredentialEntry of(String key, Optional<Credential> credential, String origin) {
    var parts =
        Arrays.stream(key.replaceFirst("^https?://", "").split("/", -1))
            .filter(part -> !part.isEmpty())
            .toList();
    var host = parts.isEmpty() ? "" : parts.getFirst().toLowerCase(Locale.ROOT);
    var path = parts.stream().skip(1).toList();
    return new CredentialEntry(
        DOCKER_HUB_ALIASES.contains(host) ? DOCKER_HUB : host,
        path.size() == 1 && API_VERSIONS.contains(path.getFirst()) ? List.of() : path,
        credential,
        origin);
  }

  boolean matches(ImageReference image) {
    var repository = List.of(image.repository().split("/"));
    return hostPattern().matcher(image.registry().toLowerCase(Locale.ROOT)).matches()
        && path.size() <= repository.size()
        && path.equals(repository.subList(0, path.size()));
  }

  private Pattern hostPattern() {
    return Pattern.compile(
        Stream.of(host.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[^.:]*")));
  }
}
