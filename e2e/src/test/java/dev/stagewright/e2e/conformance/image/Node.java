package dev.stagewright.e2e.conformance.image;

import java.time.Instant;
import java.util.SortedMap;

/**
 * The file at a path of the root of an image. Hard links of a file share one object: two nodes are
 * the same file if they are the same object.
 *
 * @param mode permissions with set-uid, set-gid, and sticky bit
 * @param digest SHA-256 of the content of a file, otherwise empty
 * @param target target of a symbolic link, otherwise empty
 * @param device major and minor number as {@code major:minor}, otherwise empty
 * @param xattrs values in hexadecimal, by name
 */
public record Node(
    Type type,
    int mode,
    long uid,
    long gid,
    Instant mtime,
    long size,
    String digest,
    String target,
    String device,
    SortedMap<String, String> xattrs) {

  /** The types of files in a layer. */
  public enum Type {
    FILE,
    DIRECTORY,
    SYMLINK,
    CHARACTER_DEVICE,
    BLOCK_DEVICE,
    FIFO
  }

  static Node of(Layer.Member member) {
    var header = member.header();
    return new Node(
        type(member),
        header.mode(),
        header.uid(),
        header.gid(),
        header.mtime(),
        header.size(),
        member.digest(),
        header.link(),
        header.device(),
        header.xattrs());
  }

  private static Type type(Layer.Member member) {
    return switch (member.header().type()) {
      case '0' -> Type.FILE;
      case '2' -> Type.SYMLINK;
      case '3' -> Type.CHARACTER_DEVICE;
      case '4' -> Type.BLOCK_DEVICE;
      case '5' -> Type.DIRECTORY;
      case '6' -> Type.FIFO;
      default ->
          throw new IllegalArgumentException(
              member.path() + " is of type " + member.header().type() + ", which no layer holds");
    };
  }
}
