package dev.stagewright.e2e.conformance.image;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Layers for tests, built member by member. */
public final class SampleLayers {
  /** The modification time of the files. */
  public static final Instant WRITTEN = Instant.parse("2020-01-02T03:04:05Z");

  private SampleLayers() {}

  /** A layer with these members. */
  public static Layer layer(Layer.Member... members) {
    return new Layer("sha256:" + List.of(members).hashCode(), List.of(members));
  }

  /** A directory with mode 0755. */
  public static Layer.Member directory(String path) {
    return member(path, '5', 0755, "", "");
  }

  /** A file with mode 0644 whose digest is its content. */
  public static Layer.Member file(String path, String content) {
    return member(path, '0', 0644, "", content);
  }

  /** A symbolic link. */
  public static Layer.Member symlink(String path, String target) {
    return member(path, '2', 0777, target, "");
  }

  /** A hard link. */
  public static Layer.Member hardLink(String path, String target) {
    return member(path, '1', 0644, target, "");
  }

  private static Layer.Member member(
      String path, char type, int mode, String link, String content) {
    var header =
        new TarMember(path, type, mode, 0, 0, WRITTEN, content.length(), link, "", new TreeMap<>());
    return new Layer.Member(path, header, content);
  }

  /** The same member with another header. */
  public static Layer.Member with(Layer.Member member, UnaryOperator<TarMember> change) {
    return new Layer.Member(member.path(), change.apply(member.header()), member.digest());
  }
}
