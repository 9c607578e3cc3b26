package dev.stagewright.kubectl.context;

import dev.stagewright.dockerfile.ignore.IgnoreRules;
import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds the files of a folder that its ignore rules do not exclude, in a stable order. A directory
 * that is excluded is sent if a file in it is included.
 */
final class FolderScan {
  private final Path root;
  private final IgnoreRules rules;
  private final boolean hasExceptions;
  private final List<ScannedFile> files = new ArrayList<>();
  private final Map<String, String> firstNames = new HashMap<>();
  private final Deque<ScannedFile> excludedParents = new ArrayDeque<>();

  /** A file of the context. */
  record ScannedFile(Path path, TarEntry entry) {}

  private FolderScan(Path root, IgnoreRules rules) {
    this.root = root;
    this.rules = rules;
    this.hasExceptions = rules.hasExceptions();
  }

  /**
   * The files, directories before their contents.
   *
   * @throws ContextException if a file cannot be read
   */
  static List<ScannedFile> scan(Path root, IgnoreRules rules) throws ContextException {
    var scan = new FolderScan(root, rules);
    scan.scan(root);
    return List.copyOf(scan.files);
  }

  private void scan(Path directory) throws ContextException {
    for (var path : children(directory)) {
      var name = root.relativize(path).toString().replace(File.separatorChar, '/');
      var excluded = rules.ignores(name);
      if (excluded && !hasExceptions) {
        continue;
      }
      var found = read(path, name);
      if (found.entry().type() == TarEntry.Type.DIRECTORY) {
        scanDirectory(new ScannedFile(path, found.entry()), excluded);
      } else if (!excluded) {
        files.addAll(excludedParents);
        excludedParents.clear();
        files.add(new ScannedFile(path, linked(found)));
      }
    }
  }

  private void scanDirectory(ScannedFile directory, boolean excluded) throws ContextException {
    if (excluded) {
      excludedParents.addLast(directory);
    } else {
      files.addAll(excludedParents);
      excludedParents.clear();
      files.add(directory);
    }
    scan(directory.path());
    excludedParents.remove(directory);
  }

  /** A second name of a file becomes a hard link to the first one. */
  private TarEntry linked(FileAttributes.Found found) {
    var entry = found.entry();
    return found
        .identity()
        .flatMap(identity -> Optional.ofNullable(firstNames.putIfAbsent(identity, entry.name())))
        .map(first ->
            TarEntry.hardLink(entry.name(), first)
                .withMode(entry.mode())
                .withMtime(entry.mtimeSeconds(), entry.mtimeNanos()))
        .orElse(entry);
  }

  private static FileAttributes.Found read(Path path, String name) throws ContextException {
    try {
      return FileAttributes.read(path, RawName.of(name));
    } catch (IOException e) {
      throw Unreadable.file(path, e);
    }
  }

  private static List<Path> children(Path directory) throws ContextException {
    var paths = new ArrayList<Path>();
    try (var stream = Files.newDirectoryStream(directory)) {
      stream.forEach(paths::add);
    } catch (DirectoryIteratorException e) {
      throw Unreadable.file(directory, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw Unreadable.file(directory, e);
    }
    paths.sort(null);
    return paths;
  }
}
