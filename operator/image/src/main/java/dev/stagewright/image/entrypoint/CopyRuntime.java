package dev.stagewright.image.entrypoint;

import dev.stagewright.protocol.Mounts;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * Copies the stage runtime to a directory, for clusters without image volumes. An init container of
 * the image runs this program, because the image has neither shell nor {@code cp}.
 */
public final class CopyRuntime {
  private static final Path RUNTIME = Path.of(Mounts.IMAGE_FOLDER);
  private static final List<String> PARTS =
      List.of("lib", "legal", "jre", "etc", "jars/stage", "jars/stage.aot");
  private static final int INFRASTRUCTURE = 31;

  private CopyRuntime() {}

  /**
   * @param args the target directory
   */
  public static void main(String[] args) {
    if (args.length != 1) {
      System.err.println("usage: copy-runtime FOLDER");
      System.exit(INFRASTRUCTURE);
    }
    try {
      copy(RUNTIME, Path.of(args[0]));
    } catch (IOException e) {
      System.err.println("cannot copy the runtime to " + args[0] + ": " + e);
      System.exit(INFRASTRUCTURE);
    }
  }

  /** Copies from one directory to another, replacing files of an earlier attempt. */
  static void copy(Path from, Path to) throws IOException {
    for (var part : PARTS) {
      if (Files.exists(from.resolve(part))) {
        copyTree(from.resolve(part), to.resolve(part));
      }
    }
    var name = from.getFileName();
    if (name != null && Files.notExists(to.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
      Files.createSymbolicLink(to.resolve(name), Path.of("."));
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent() == null ? to : to.getParent());
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(directory)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(
                file,
                to.resolve(from.relativize(file)),
                StandardCopyOption.COPY_ATTRIBUTES,
                StandardCopyOption.REPLACE_EXISTING,
                LinkOption.NOFOLLOW_LINKS);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
