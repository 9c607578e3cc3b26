package dev.stagewright.analysis.secret;

import dev.stagewright.analysis.content.TextSearch;
import dev.stagewright.analysis.layer.FileFacts.Secret;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds secrets in the content of text files. It first looks for the fixed beginnings of all
 * patterns in one pass, so ordinary text costs little. Values are not kept.
 */
public final class SecretSearch {
  /** Tests and examples of libraries contain keys that open nothing. */
  private static final Pattern NOT_REAL =
      Pattern.compile(
          "(?:^|/)(?:tests?|testing|testdata|test[_-]data|fixtures|examples?|__tests__|spec)/"
              + "|^usr/share/(?:doc|man|info|perl|help)/"
              + "|\\.(?:egg|dist)-info/"
              + "|snakeoil|platform_root_key\\.pem$"
              + "|_test\\.(?:go|py|rb)$");

  private static final int MAX_LENGTH = 6000;
  private static final int MAX_MATCHES = 20;

  /** A hostile file can consist of beginnings. */
  private static final int MAX_ATTEMPTS = 5000;

  private final List<SecretPattern> patterns = SecretPatterns.all();
  private final TextSearch starts =
      new TextSearch(patterns.stream().map(SecretPattern::start).toList());

  /**
   * Searches a text.
   *
   * @param path of the file, without a leading slash
   * @param text of which the first {@code count} bytes count
   * @return the first ones, each kind once for a line
   */
  public List<Secret> search(String path, byte[] text, int count) {
    var file = new OneFile(path, text, count);
    starts.search(text, 0, count, file::check);
    // The pattern takes longer than the search in a small file, and few files have secrets.
    return file.found.isEmpty() || NOT_REAL.matcher(path).find()
        ? List.of()
        : List.copyOf(file.found);
  }

  /** The search in one file. */
  private final class OneFile {
    private final String path;
    private final byte[] text;
    private final int count;
    private final Set<Secret> found = new LinkedHashSet<>();
    private int matches;
    private int attempts;

    OneFile(String path, byte[] text, int count) {
      this.path = path;
      this.text = text;
      this.count = count;
    }

    void check(int index, int at) {
      var pattern = patterns.get(index);
      var end = at + pattern.start().length();
      if (matches < MAX_MATCHES
          && attempts < MAX_ATTEMPTS
          && !(at > 0 && isWord(text[at - 1]) && isWord(text[at]))
          && pattern.where().test(path)) {
        attempts++;
        if (pattern.matches(new Latin1(text, end, Math.min(count, end + MAX_LENGTH)))) {
          matches++;
          found.add(new Secret(pattern.kind(), line(text, at)));
        }
      }
    }
  }

  private static boolean isWord(byte character) {
    return Character.isLetterOrDigit(character & 0xff) || character == '_';
  }

  private static int line(byte[] text, int at) {
    var line = 1;
    for (var i = 0; i < at; i++) {
      line += text[i] == '\n' ? 1 : 0;
    }
    return line;
  }

  /** Bytes as characters, without a copy. */
  private static final class Latin1 implements CharSequence {
    private final byte[] bytes;
    private final int from;
    private final int to;

    Latin1(byte[] bytes, int from, int to) {
      this.bytes = bytes;
      this.from = from;
      this.to = to;
    }

    @Override
    public int length() {
      return to - from;
    }

    @Override
    public char charAt(int index) {
      return (char) (bytes[from + index] & 0xff);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Latin1(bytes, from + start, from + end);
    }

    @Override
    public String toString() {
      return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
  }
}
