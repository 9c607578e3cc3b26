package dev.stagewright.registry.auth;

import dev.stagewright.layers.oci.ImageReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The credentials of one or several Docker config files. For an image, entries with longer paths
 * take precedence, then exact hosts over patterns, then earlier entries. An image may have several
 * accounts, for example if a registry has an account per project. The text form contains no
 * secrets.
 */
public final class Credentials {
  private static final Comparator<CredentialEntry> MOST_SPECIFIC =
      Comparator.<CredentialEntry>comparingInt(entry -> entry.path().size())
          .thenComparing(entry -> !entry.host().contains("*"))
          .reversed();

  private final List<CredentialEntry> entries;
  private final List<String> notes;
  private final Optional<Credentials> fallback;

  private Credentials(
      List<CredentialEntry> entries, List<String> notes, Optional<Credentials> fallback) {
    this.entries = List.copyOf(entries);
    this.notes = List.copyOf(notes);
    this.fallback = fallback;
  }

  /** No credentials: all access is anonymous. */
  public static Credentials none() {
    return new Credentials(List.of(), List.of(), Optional.empty());
  }

  /** No credentials, with a note for error messages that says why. */
  public static Credentials unusable(String reason) {
    return new Credentials(List.of(), List.of(reason), Optional.empty());
  }

  /**
   * Parses a Docker config.
   *
   * @param name the source of the file, for messages
   * @throws MalformedCredentialsException if the file is not a Docker config
   */
  public static Credentials parse(String name, byte[] json) throws MalformedCredentialsException {
    return new Credentials(DockerConfig.parse(name, json), List.of(), Optional.empty());
  }

  /** A credential for one registry. */
  static Credentials of(String name, String host, Credential credential) {
    var entry = CredentialEntry.of(host, Optional.of(credential), name);
    return new Credentials(List.of(entry), List.of(), Optional.empty());
  }

  /** Combines several files, as if they were one. */
  public static Credentials of(List<Credentials> files) {
    return new Credentials(
        files.stream().flatMap(file -> file.entries.stream()).toList(),
        files.stream().flatMap(file -> file.notes.stream()).toList(),
        Optional.empty());
  }

  /**
   * Returns these credentials followed by others. The others come last even if their paths are
   * longer.
   */
  public Credentials before(Credentials others) {
    return new Credentials(entries, notes, Optional.of(others));
  }

  /** Returns the first account for an image's repository; empty if there is none. */
  public Optional<Credential> find(ImageReference image) {
    return accounts(image).stream().findFirst().flatMap(Account::credential);
  }

  /**
   * Returns the accounts for an image's repository, in the order in which to try them; may be
   * empty.
   */
  public List<Account> accounts(ImageReference image) {
    var accounts = new LinkedHashMap<Credential, Account>();
    matching(image)
        .forEach(entry ->
            entry
                .credential()
                .ifPresent(credential ->
                    accounts.putIfAbsent(
                        credential, new Account(Optional.of(credential), entry.origin()))));
    return List.copyOf(accounts.values());
  }

  /**
   * Returns a note for error messages about rejected accounts: which entries are unusable, or that
   * no entry matches the image's registry; empty for none.
   */
  public String note(ImageReference image) {
    var notes = new ArrayList<String>();
    matching(image)
        .filter(entry -> entry.credential().isEmpty())
        .map(CredentialEntry::origin)
        .forEach(notes::add);
    sections().flatMap(section -> section.notes.stream()).forEach(notes::add);
    if (notes.isEmpty() && accounts(image).isEmpty()) {
      hosts()
          .ifPresent(hosts ->
              notes.add(
                  "the credentials have no entry for " + image.registry() + ", only for " + hosts));
    }
    return notes.stream().distinct().collect(Collectors.joining("; "));
  }

  private Optional<String> hosts() {
    var hosts =
        sections()
            .flatMap(section -> section.entries.stream())
            .map(entry ->
                Stream.concat(Stream.of(entry.host()), entry.path().stream())
                    .collect(Collectors.joining("/")))
            .distinct()
            .collect(Collectors.joining(", "));
    return Optional.of(hosts).filter(text -> !text.isEmpty());
  }

  private Stream<CredentialEntry> matching(ImageReference image) {
    return sections()
        .flatMap(section ->
            section.entries.stream().filter(entry -> entry.matches(image)).sorted(MOST_SPECIFIC));
  }

  private Stream<Credentials> sections() {
    return Stream.concat(Stream.of(this), fallback.stream().flatMap(Credentials::sections));
  }

  @Override
  public String toString() {
    return "Credentials"
        + sections()
            .flatMap(section -> section.entries.stream())
            .map(CredentialEntry::host)
            .toList();
  }
}
