package dev.stagewright.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies jars into the image. They are stored, not compressed: the layer compresses better what is
 * not compressed yet, and classes load faster.
 *
 * @param time of all entries
 */
record Jars(Instant time) {
  private static final String OURS = "stagewright-";

  /** Copies jars as they are, but for the metadata of build tools. */
  void copyAll(List<Path> jars, Path to) throws IOException {
    for (var jar : jars) {
      copy(jar, to, _ -> true);
    }
  }

  /** Copies our jars, and of all others the classes that ours may need. */
  void copyNeeded(List<Path> jars, Path to) throws IOException {
    var ours = jars.stream().filter(Jars::isOurs).toList();
    var others = jars.stream().filter(jar -> !isOurs(jar)).toList();
    var needed = ClassClosure.of(ours, others);
    copyAll(ours, to);
    for (var jar : others) {
      copy(jar, to, entry -> isNeeded(entry, needed));
    }
  }

  private static boolean isOurs(Path jar) {
    return jar.getFileName().toString().startsWith(OURS);
  }

  private static boolean isNeeded(String entry, Set<String> needed) {
    return !entry.endsWith(".class") || needed.contains(ClassClosure.className(entry));
  }

  private void copy(Path jar, Path folder, Predicate<String> wanted) throws IOException {
    try (var from = new ZipFile(jar.toFile());
        var to = new ZipOutputStream(Files.newOutputStream(folder.resolve(jar.getFileName())))) {
      for (var entry : from.stream().toList()) {
        var name = entry.getName();
        if (!entry.isDirectory() && !name.startsWith("META-INF/maven/") && wanted.test(name)) {
          store(from, entry, to);
        }
      }
    }
  }

  private void store(ZipFile from, ZipEntry entry, ZipOutputStream to) throws IOException {
    byte[] content;
    try (var in = from.getInputStream(entry)) {
      content = in.readAllBytes();
    }
    var crc = new CRC32();
    crc.update(content);
    var stored = new ZipEntry(entry.getName());
    stored.setMethod(ZipEntry.STORED);
    stored.setSize(content.length);
    stored.setCrc(crc.getValue());
    // Local, as the format has it: what it means must not depend on where the build runs.
    stored.setTimeLocal(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
    to.putNextEntry(stored);
    to.write(content);
    to.closeEntry();
  }
}
