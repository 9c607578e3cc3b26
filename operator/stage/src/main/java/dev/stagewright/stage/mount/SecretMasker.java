package dev.stagewright.stage.mount;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * The values to hide in logs: secrets, and each line with at least four characters of a secret with
 * several lines.
 */
public final class SecretMasker {
  /** Hides nothing. */
  public static final SecretMasker NONE = new SecretMasker(List.of());

  private static final int SHORTEST_LINE = 4;

  private final List<List<byte[]>> byFirstByte = new ArrayList<>();

  private SecretMasker(Collection<String> values) {
    for (var i = 0; i < 256; i++) {
      byFirstByte.add(new ArrayList<>());
    }
    for (var value : values) {
      byFirstByte.get(value.charAt(0)).add(value.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  /** The values of all secrets and keys in a stage Pod. */
  public static SecretMasker of(MountFolders folders) throws IOException {
    var secrets = new ArrayList<byte[]>();
    for (var folder : List.of(folders.secrets(), folders.ssh())) {
      if (Files.isDirectory(folder)) {
        try (var files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
          for (var file : files.filter(Files::isRegularFile).toList()) {
            secrets.add(Files.readAllBytes(file));
          }
        }
      }
    }
    return of(secrets);
  }

  /** The values of these secrets. */
  public static SecretMasker of(List<byte[]> secrets) {
    var values = new TreeSet<String>();
    for (var secret : secrets) {
      var text = new String(secret, StandardCharsets.ISO_8859_1);
      var lines = text.strip().lines().toList();
      if (!text.isBlank()) {
        values.add(text.strip());
      }
      for (var line : lines) {
        if (line.strip().length() >= SHORTEST_LINE) {
          values.add(line.strip());
        }
      }
    }
    return values.isEmpty() ? NONE : new SecretMasker(values);
  }

  /** The length of the longest value that starts here; 0 if there is none. */
  int longestAt(byte[] text, int start) {
    var longest = 0;
    for (var value : candidates(text, start)) {
      if (value.length > longest && matching(value, text, start) == value.length) {
        longest = value.length;
      }
    }
    return longest;
  }

  /** Whether the text ends with the beginning of a value that starts here. */
  boolean mayGrow(byte[] text, int start) {
    for (var value : candidates(text, start)) {
      if (value.length > text.length - start
          && matching(value, text, start) == text.length - start) {
        return true;
      }
    }
    return false;
  }

  private List<byte[]> candidates(byte[] text, int start) {
    return byFirstByte.get(text[start] & 0xff);
  }

  /** The number of bytes of a value that are in the text. */
  private static int matching(byte[] value, byte[] text, int start) {
    var most = Math.min(value.length, text.length - start);
    var same = 0;
    while (same < most && value[same] == text[start + same]) {
      same++;
    }
    return same;
  }
}
