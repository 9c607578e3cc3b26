package dev.stagewright.analysis.layer;

import dev.stagewright.analysis.elf.ElfFile;
import java.util.List;
import java.util.Optional;

/**
 * What was found in the content of a regular file.
 *
 * @param digest the first half of SHA-256 of the content in hexadecimal digits, to find duplicates;
 *     empty for small files
 * @param elf if it is an ELF file
 * @param script the text after {@code #!} in the first line, if it begins so; as long as the kernel
 *     reads it, 254 characters
 * @param java the version of a class file, or the highest one in an archive with classes, for
 *     example 65 for Java 21
 * @param text the whole content, of a few small files that decide what programs find, for example
 *     {@code etc/passwd} and {@code etc/ld.so.conf}; one character for each byte. Of {@code
 *     etc/ld.so.cache}, the paths of the libraries, one on a line
 * @param secrets what looks like a secret; never its value
 */
public record FileFacts(
    Optional<String> digest,
    Optional<ElfFile> elf,
    Optional<String> script,
    Optional<Integer> java,
    Optional<String> text,
    List<Secret> secrets) {
  /** Nothing of interest. */
  public static final FileFacts NONE =
      new FileFacts(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());

  /** Copies the list. */
  public FileFacts {
    secrets = List.copyOf(secrets);
  }

  /**
   * A place that looks like a secret.
   *
   * @param kind name of the pattern, for example {@code private-key}
   * @param line of the file, from 1; 0 for binary files
   */
  public record Secret(String kind, int line) {}

  /** The length of all texts, as a measure of memory. */
  long characters() {
    return text.orElse("").length()
        + script.orElse("").length()
        + secrets.size() * 64L
        + elf.map(FileFacts::characters).orElse(0L);
  }

  private static long characters(ElfFile elf) {
    var linking = elf.linking();
    return linking.needed().size() * 32L
        + linking.versions().needed().size() * 64L
        + linking.versions().defined().size() * 32L
        + linking.paths().rpath().size() * 64L
        + linking.paths().runpath().size() * 64L
        + 200;
  }
}
