package dev.stagewright.dockerfile.eval;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Distinguishes URLs, Git repositories and paths in the sources of ADD. */
final class RemoteSourceParser {
  private static final Pattern SCP = Pattern.compile("[a-zA-Z0-9_-]+@[a-zA-Z0-9.-]+:[^#]*(?:#.*)?");
  private static final Pattern GIT_OVER_HTTP =
      Pattern.compile("https?://[^?#]*\\.git(?:\\?[^#]*)?(?:#.*)?");

  private static final Pattern DIGEST =
      Pattern.compile("[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]+");
  private static final int SHA256_LENGTH = "sha256:".length() + 64;

  private RemoteSourceParser() {}

  static boolean isGit(String source) {
    return source.startsWith("git://")
        || source.startsWith("ssh://")
        || SCP.matcher(source).matches()
        || GIT_OVER_HTTP.matcher(source).matches();
  }

  static boolean isHttp(String source) {
    return (source.startsWith("http://") || source.startsWith("https://")) && !isGit(source);
  }

  /**
   * Parses a source of ADD.
   *
   * @throws IllegalArgumentException if a flag contradicts the URL
   */
  static AddSource source(
      String word, Optional<String> checksum, Optional<Boolean> keepGitDirectory) {
    if (isGit(word)) {
      return git(word, checksum, keepGitDirectory);
    }
    if (!isHttp(word)) {
      return new AddSource.Local(word);
    }
    checksum.ifPresent(RemoteSourceParser::checkDigest);
    return new AddSource.Http(word, fileName(word), checksum);
  }

  private static void checkDigest(String digest) {
    if (!DIGEST.matcher(digest).matches()) {
      throw new IllegalArgumentException("invalid checksum digest format");
    }
    if (digest.startsWith("sha256:") && digest.length() != SHA256_LENGTH) {
      throw new IllegalArgumentException("invalid checksum digest length");
    }
  }

  /** The last element of the URL's path. */
  private static String fileName(String url) {
    var path = url.substring(url.indexOf("://") + 3).split("[?#]", 2)[0];
    int slash = path.indexOf('/');
    var decoded = slash < 0 ? "" : decoded(path.substring(slash).replace("+", "%2B"));
    var trimmed = decoded.replaceAll("/+$", "");
    var name = trimmed.substring(trimmed.lastIndexOf('/') + 1);
    return name.isEmpty() || name.equals(".") ? "__unnamed__" : name;
  }

  private static AddSource git(
      String word, Optional<String> checksum, Optional<Boolean> keepGitDirectory) {
    var fragment = after(word, '#').split(":", 2);
    var withoutFragment = before(word, '#');
    var query = query(after(withoutFragment, '?'));
    var ref = firstOf(fragment[0], query, "ref", "tag", "branch", "commit");
    var directory = firstOf(fragment.length > 1 ? fragment[1] : "", query, "subdir");
    var named = firstOf("", query, "checksum", "commit");
    if (checksum.isPresent() && named.isPresent() && !checksum.equals(named)) {
      throw new IllegalArgumentException(
          "checksum mismatch \"%s\" != \"%s\"".formatted(checksum.get(), named.get()));
    }
    var kept = firstOf("", query, "keep-git-dir").map(v -> !v.equals("false") && !v.equals("0"));
    if (kept.isPresent() && keepGitDirectory.isPresent() && !kept.equals(keepGitDirectory)) {
      throw new IllegalArgumentException("inconsistent keep-git-dir configuration");
    }
    return new AddSource.Git(
        before(withoutFragment, '?'),
        ref,
        directory,
        keepGitDirectory.or(() -> kept).orElse(false),
        checksum.or(() -> named));
  }

  private static Map<String, String> query(String text) {
    var values = new HashMap<String, String>();
    for (var pair : text.split("&", -1)) {
      if (!pair.isEmpty()) {
        values.put(decoded(before(pair, '=')), decoded(after(pair, '=')));
      }
    }
    return values;
  }

  private static Optional<String> firstOf(
      String written, Map<String, String> query, String... keys) {
    return Stream.concat(
            Stream.of(written), Stream.of(keys).map(key -> query.getOrDefault(key, "")))
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  private static String before(String text, char separator) {
    int at = text.indexOf(separator);
    return at < 0 ? text : text.substring(0, at);
  }

  private static String after(String text, char separator) {
    int at = text.indexOf(separator);
    return at < 0 ? "" : text.substring(at + 1);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
