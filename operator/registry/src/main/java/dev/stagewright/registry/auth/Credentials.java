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
 * The secrets of one or several Docker config files, found by image: the entry with the longest
 * path goes first, a host spelled out goes before a pattern, and of equals the first. There may be
 * several for one image, as where a registry has an account for each project. The text form names
 * no secret.
 */
public final class Credentials {
  private static final Comparator<CredentialEntry> MOST_SPECIFIC =
      Comparator.<CredentialEntry>comparingInt(entry -> entry.path().size())
          .thenComparing(entry -> !entry.host().contains("*"))
          .reversed();

  private final List<CredentialEntry> entries;
  private final List<String> remarks;
  private final Optional<Credentials> after;

  private Credentials(
      List<CredentialEntry> entries, List<String> remarks, Optional<Credentials> after) {
    this.entries = List.copyOf(entries);
    this.remarks = List.copyOf(remarks);
    this.after = after;
  }

  /** No secrets: everything is asked for anonymously. */
  public static Credentials none() {
    return new Credentials(List.of(), List.of(), Optional.empty());
  }

  /** No secrets, for this reason, which refusals mention. */
  public static Credentials unusable(String why) {
    return new Credentials(List.of(), List.of(why), Optional.empty());
  }

  /**
   * Those of one Docker config.
   *
   * @param name of where it comes from, for messages
   * @throws MalformedCredentialsException if it is none
   */
  public static Credentials parse(String name, byte[] json) throws MalformedCredentialsException {
    return new Credentials(DockerConfig.parse(name, json), List.of(), Optional.empty());
  }

  /** A user and a password for one registry. */
  static Credentials of(String name, String host, Credential credential) {
    var entry = CredentialEntry.of(host, Optional.of(credential), name);
    return new Credentials(List.of(entry), List.of(), Optional.empty());
  }

  /** Those of all these, as if they were of one file. */
  public static Credentials of(List<Credentials> files) {
    return new Credentials(
        files.stream().flatMap(file -> file.entries.stream()).toList(),
        files.stream().flatMap(file -> file.remarks.stream()).toList(),
        Optional.empty());
  }

  /** These, and after all of them, however long their paths are, the others. */
  public Credentials before(Credentials others) {
    return new Credentials(entries, remarks, Optional.of(others));
  }

  /** The account to use first for this image's repository; empty if there is none. */
  public Optional<Credential> find(ImageReference image) {
    return accounts(image).stream().findFirst().flatMap(Account::credential);
  }

  /** The accounts for this image's repository, in the order in which to try them; may be empty. */
  public List<Account> accounts(ImageReference image) {
    var accounts = new LinkedHashMap<Credential, Account>();
    fitting(image)
        .forEach(entry ->
            entry
                .credential()
                .ifPresent(credential ->
                    accounts.putIfAbsent(
                        credential, new Account(Optional.of(credential), entry.origin()))));
    return List.copyOf(accounts.values());
  }

  /**
   * What a user whose account was refused should know: which secrets cannot be used, and which have
   * nothing for the image's registry; empty for nothing.
   */
  public String remark(ImageReference image) {
    var words = new ArrayList<String>();
    fitting(image)
        .filter(entry -> entry.credential().isEmpty())
        .map(CredentialEntry::origin)
        .forEach(words::add);
    sections().flatMap(section -> section.remarks.stream()).forEach(words::add);
    if (words.isEmpty() && accounts(image).isEmpty()) {
      hosts()
          .ifPresent(hosts ->
              words.add(
                  "the credentials have no entry for " + image.registry() + ", only for " + hosts));
    }
    return words.stream().distinct().collect(Collectors.joining("; "));
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

  private Stream<CredentialEntry> fitting(ImageReference image) {
    return sections()
        .flatMap(section ->
            section.entries.stream().filter(entry -> entry.fits(image)).sorted(MOST_SPECIFIC));
  }

  private Stream<Credentials> sections() {
    return Stream.concat(Stream.of(this), after.stream().flatMap(Credentials::sections));
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
