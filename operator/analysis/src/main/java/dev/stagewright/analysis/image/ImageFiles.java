package dev.stagewright.analysis.image;

import dev.stagewright.analysis.layer.FileFacts;
import dev.stagewright.analysis.layer.LayerContent;
import dev.stagewright.analysis.layer.LayerFile;
import dev.stagewright.layers.tar.TarEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of an image as a container sees them: layers on each other, without what whiteouts
 * remove. Paths have no leading slash.
 */
public final class ImageFiles {
  /** As in the kernel. */
  private static final int MAX_LINKS = 40;

  private final TreeMap<String, ImageFile> files = new TreeMap<>();

  /** Whether there may be files in directories that have no entry. */
  private boolean hasImpliedDirectories;

  private ImageFiles() {}

  /** The files of these layers, the lowest first. */
  public static ImageFiles of(List<LayerContent> layers) {
    var image = new ImageFiles();
    for (var layer = 0; layer < layers.size(); layer++) {
      image.add(layers.get(layer), layer);
    }
    return image;
  }

  private void add(LayerContent layer, int index) {
    layer.opaque().forEach(this::removeChildren);
    layer.removed().forEach(this::remove);
    var parent = "";
    for (var file : layer.files()) {
      var path = file.path();
      var directory = path.substring(0, Math.max(0, path.lastIndexOf('/')));
      if (!directory.equals(parent)) {
        hideByDirectories(directory, index);
        parent = directory;
      }
      var before = files.put(path, new ImageFile(linked(file), index));
      var mayHaveChildren =
          hasImpliedDirectories || (before != null && before.file().isDirectory());
      if (mayHaveChildren && !file.isDirectory()) {
        removeChildren(path);
      }
    }
  }

  /**
   * A directory for which the layer has no entry exists too. As in containerd, which unpacks a
   * layer without looking at those below, it takes the place of a file or a link of a lower layer.
   */
  private void hideByDirectories(String directory, int layer) {
    for (var end = directory.length(); end > 0; end = directory.lastIndexOf('/', end - 1)) {
      var ancestor = directory.substring(0, end);
      var file = files.get(ancestor);
      if (file != null && !file.file().isDirectory() && file.layer() < layer) {
        files.remove(ancestor);
      }
      hasImpliedDirectories |= file == null || !file.file().isDirectory();
    }
  }

  /** A hard link is another name of a file of the same layer, or of a lower one. */
  private LayerFile linked(LayerFile file) {
    var target = file.type() == TarEntry.Type.HARD_LINK ? files.get(file.link()) : null;
    if (target == null) {
      return file;
    }
    var same = target.file();
    return new LayerFile(
        file.path(),
        same.type(),
        same.mode(),
        same.uid(),
        same.gid(),
        same.size(),
        same.link(),
        same.facts());
  }

  private void remove(String path) {
    files.remove(path);
    removeChildren(path);
  }

  private void removeChildren(String path) {
    if (path.isEmpty()) {
      files.clear();
    } else {
      // '0' is the character after the slash.
      files.subMap(path + "/", path + "0").clear();
    }
  }

  /** All files, sorted by path. */
  public Collection<ImageFile> all() {
    return Collections.unmodifiableCollection(files.values());
  }

  /** The files below a directory, sorted by path. */
  public Collection<ImageFile> below(String directory) {
    return directory.isEmpty()
        ? all()
        : Collections.unmodifiableCollection(
            files.subMap(directory + "/", directory + "0").values());
  }

  /** The file with exactly this path, which may be a symbolic link. */
  public Optional<ImageFile> get(String path) {
    return Optional.ofNullable(files.get(path));
  }

  /**
   * Follows a path as the kernel does.
   *
   * @param path absolute, or relative to the root
   */
  public Resolution resolve(String path) {
    return new Walk().resolve(path);
  }

  /** The directory that exists because an archive has entries in it, but none for itself. */
  private Optional<ImageFile> at(String path) {
    var file = files.get(path);
    if (file != null) {
      return Optional.of(file);
    }
    var child = path.isEmpty() ? path : path + "/";
    var next = files.ceilingEntry(child);
    if (next != null && next.getKey().startsWith(child)) {
      return Optional.of(new ImageFile(implied(path), next.getValue().layer()));
    }
    return path.isEmpty() ? Optional.of(new ImageFile(implied(path), 0)) : Optional.empty();
  }

  private static LayerFile implied(String path) {
    return new LayerFile(path, TarEntry.Type.DIRECTORY, 0755, 0, 0, 0, "", FileFacts.NONE);
  }

  /** One walk along a path. */
  private final class Walk {
    private final Deque<String> ahead = new ArrayDeque<>();
    private final List<ImageFile> through = new ArrayList<>();
    private int links;

    Resolution resolve(String path) {
      push(path);
      var here = at("").orElseThrow();
      while (!ahead.isEmpty()) {
        var name = ahead.pop();
        if (!here.file().isDirectory()) {
          return new Resolution.NotDirectory("/" + here.path());
        }
        // Also behind a slash at the end, there must be a directory.
        if (name.isEmpty() || name.equals(".")) {
          continue;
        }
        through.add(here);
        var child = name.equals("..") ? parent(here.path()) : join(here.path(), name);
        var found = at(child);
        if (found.isEmpty()) {
          return new Resolution.Missing("/" + child);
        }
        var next = found.get();
        if (next.file().isSymlink()) {
          if (++links > MAX_LINKS) {
            return new Resolution.Loop("/" + child);
          }
          through.add(next);
          var target = next.file().link();
          push(target);
          here = target.startsWith("/") ? at("").orElseThrow() : here;
        } else {
          here = next;
        }
      }
      return new Resolution.Found(here, through);
    }

    private void push(String path) {
      var names = List.of(path.split("/", -1));
      names.reversed().forEach(ahead::push);
    }

    private static String join(String directory, String name) {
      return directory.isEmpty() ? name : directory + "/" + name;
    }

    private static String parent(String path) {
      return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
  }
}
