package dev.stagewright.image;

import dev.stagewright.layers.Compression;
import dev.stagewright.layers.LayerBlob;
import dev.stagewright.layers.LayerWriter;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Writes parts of the tree as a layer that depends on names and contents only: all files belong to
 * root, have the same time, and are readable for everybody. A file with the same content as an
 * earlier one becomes a hard link.
 */
final class TreeLayer {
  private static final Compression SMALL = new Compression.Gzip(9);

  private final RuntimeTree tree;
  private final long epoch;

  /**
   * @param epoch the time of all files in seconds since 1970
   */
  TreeLayer(RuntimeTree tree, long epoch) {
    this.tree = tree;
    this.epoch = epoch;
  }

  /**
   * Writes files and directories with their parents and contents.
   *
   * @param blobs the directory of the blobs
   */
  LayerBlob write(Path blobs, List<Path> parts) throws IOException {
    var paths = new TreeSet<Path>();
    for (var part : parts) {
      try (var files = Files.walk(part)) {
        files.forEach(paths::add);
      }
      for (var parent = part.getParent();
          parent != null && !parent.equals(tree.root());
          parent = parent.getParent()) {
        paths.add(parent);
      }
    }
    // By content, for this layer only: the target of a hard link must be in the same tar.
    var written = new HashMap<Digest, String>();
    try (var layer = LayerWriter.create(blobs, SMALL)) {
      for (var path : paths) {
        put(layer.tar(), path, written);
      }
      return layer.finish();
    }
  }

  private void put(TarWriter tar, Path path, Map<Digest, String> written) throws IOException {
    var name = RawName.of(tree.root().relativize(path).toString());
    if (Files.isSymbolicLink(path)) {
      var target = RawName.of(Files.readSymbolicLink(path).toString());
      tar.put(at(TarEntry.symlink(name, target)));
    } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      tar.put(at(TarEntry.directory(name)));
    } else {
      putFile(tar, path, name, written);
    }
  }

  private void putFile(TarWriter tar, Path path, String name, Map<Digest, String> written)
      throws IOException {
    var mode = Files.isExecutable(path) ? 0755 : 0644;
    var original = written.putIfAbsent(digest(path), name);
    if (original != null) {
      tar.put(at(TarEntry.hardLink(name, original)).withMode(mode));
      return;
    }
    try (var content = Files.newInputStream(path)) {
      tar.put(at(TarEntry.file(name, Files.size(path))).withMode(mode), content);
    }
  }

  private TarEntry at(TarEntry entry) {
    return entry.withMtime(epoch, 0);
  }

  private static Digest digest(Path path) throws IOException {
    var sha256 = Digest.newMessageDigest();
    // Executable files must not be linked to others with the same content.
    sha256.update((byte) (Files.isExecutable(path) ? 1 : 0));
    try (var content = Files.newInputStream(path)) {
      var buffer = new byte[64 * 1024];
      for (var count = content.read(buffer); count >= 0; count = content.read(buffer)) {
        sha256.update(buffer, 0, count);
      }
    }
    return Digest.of(sha256);
  }
}
