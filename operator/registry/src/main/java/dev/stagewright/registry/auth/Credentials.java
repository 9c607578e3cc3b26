package dev.stagewright.registry.auth;

import dev.stagewright.layers.oci.ImageReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The secrets of one or several Docker config files, found by image: the entry with the longest
 * path wins, a host spelled out wins over a pattern, and of equals the first. The text form names
 * no secret.
 */
public final class Credentials {
  private static final Comparator<CredentialEntry> MOST_SPECIFIC =
      Comparator.<CredentialEntry>comparingInt(entry -> entry.path().size())
          .thenComparing(entry -> !entry.host().contains("*"));

  private final List<CredentialEntry> entries;

  private Credentials(List<CredentialEntry> entries) {
    this.entries = List.copyOf(entries);
  }

  /** No secrets: everything is asked for anonymously. */
  public static Credentials none() {
    return new Credentials(List.of());
  }

  /**
   * Those of these files, for example the {@code .dockerconfigjson} of several Secrets.
   *
   * @throws IOException if a file cannot be read or is no Docker config; it names the file
   */
  public static Credentials read(List<Path> files) throws IOException {
    var entries = new ArrayList<CredentialEntry>();
    for (var file : files) {
      entries.addAll(DockerConfig.parse(file.toString(), Files.readAllBytes(file)));
    }
    return new Credentials(entries);
  }

  /**
   * Those of one Docker config.
   *
   * @param name of where it comes from, for errors
   * @throws MalformedCredentialsException if it is none
   */
  public static Credentials parse(String name, byte[] json) throws MalformedCredentialsException {
    return new Credentials(DockerConfig.parse(name, json));
  }

  /** The secret for this image's repository; empty if there is none. */
  public Optional<Credential> find(ImageReference image) {
    var best = Optional.<CredentialEntry>empty();
    for (var entry : entries) {
      if (entry.fits(image) && (best.isEmpty() || MOST_SPECIFIC.compare(entry, best.get()) > 0)) {
        best = Optional.of(entry);
      }
    }
    return best.map(CredentialEntry::credential);
  }

  @Override
  public String toString() {
    return "Credentials" + entries.stream().map(CredentialEntry::host).toList();
  }
}
