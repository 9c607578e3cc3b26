package dev.stagewright.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies jars to the image. Entries are not compressed: the layer compresses uncompressed content
 * better, and classes load faster.
 *
 * @param time the time of all entries
 */
record Jars(Instant time) {
  private static final String PROJECT_PREFIX = "stagewright-";
  private static final String OWN_CLASSES = "dev/stagewright/";
  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  /**
   * Signatures of jars. They would be verified while classes load, which takes longer than the
   * loading, and keep these classes out of the ahead-of-time cache.
   */
  private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(?:SF|RSA|DSA|EC)");

  /** Metadata of build tools, and tables of an algorithm that SSH and OpenPGP do not use. */
  private static final Pattern UNUSED =
      Pattern.compile("META-INF/maven/.*|org/bouncycastle/pqc/legacy/picnic/.*\\.properties");

  /** Copies jars without signatures and the metadata of build tools. */
  void copyAll(List<Path> jars, Path to) throws IOException {
    for (var jar : jars) {
      copy(jar, to, _ -> true);
    }
  }

  /** Copies the jars of the project, and the classes of other jars that they may require. */
  void copyRequired(List<Path> jars, Path to) throws IOException {
    var projectJars = jars.stream().filter(Jars::isProjectJar).toList();
    var libraries = jars.stream().filter(jar -> !isProjectJar(jar)).toList();
    var required = ClassClosure.of(projectJars, libraries);
    copyAll(projectJars, to);
    for (var jar : libraries) {
      copy(jar, to, entry -> isRequired(entry, required));
    }
  }

  private static boolean isProjectJar(Path jar) {
    return jar.getFileName().toString().startsWith(PROJECT_PREFIX);
  }

  private static boolean isRequired(String entry, Set<String> required) {
    return !entry.endsWith(".class") || required.contains(ClassClosure.className(entry));
  }

  private void copy(Path jar, Path directory, Predicate<String> filter) throws IOException {
    try (var from = new ZipFile(jar.toFile());
        var to = new ZipOutputStream(Files.newOutputStream(directory.resolve(jar.getFileName())))) {
      var isSigned = from.stream().anyMatch(entry -> isSignature(entry.getName()));
      for (var entry : from.stream().toList()) {
        var name = entry.getName();
        if (!entry.isDirectory() && isUsed(name) && filter.test(name)) {
          store(from, entry, isSigned, to);
        }
      }
    }
  }

  private static boolean isUsed(String entry) {
    return !isSignature(entry) && !UNUSED.matcher(entry).matches();
  }

  private static boolean isSignature(String entry) {
    return SIGNATURE.matcher(entry).matches();
  }

  /** Removes the digests of all entries from the manifest of a signed jar. */
  private static byte[] withoutDigests(byte[] manifest) {
    var text = new String(manifest, StandardCharsets.UTF_8);
    var main = text.split("\r?\n\r?\n", 2)[0];
    return (main + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
  }

  private void store(ZipFile from, ZipEntry entry, boolean isSigned, ZipOutputStream to)
      throws IOException {
    byte[] content;
    try (var in = from.getInputStream(entry)) {
      content = in.readAllBytes();
    }
    if (isSigned && entry.getName().equals(MANIFEST)) {
      content = withoutDigests(content);
    }
    if (entry.getName().startsWith(OWN_CLASSES) && entry.getName().endsWith(".class")) {
      content = new StaticBootstraps().replace(content);
    }
    var crc = new CRC32();
    crc.update(content);
    var stored = new ZipEntry(entry.getName());
    stored.setMethod(ZipEntry.STORED);
    stored.setSize(content.length);
    stored.setCrc(crc.getValue());
    // Local time, as in the format: its meaning must not depend on the build machine.
    stored.setTimeLocal(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
    to.putNextEntry(stored);
    to.write(content);
    to.closeEntry();
  }
}
