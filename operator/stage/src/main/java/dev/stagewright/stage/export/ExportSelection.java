package dev.stagewright.stage.export;

import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The paths that are selected by exports: the directories and symbolic links on the way to each
 * path, and their targets.
 */
final class ExportSelection {
  private static final int MOST_LINKS = 255;

  private final RootFileSystem files;
  private final NavigableSet<String> single = new TreeSet<>();
  private final Set<String> recursive = new HashSet<>();

  ExportSelection(RootFileSystem files) {
    this.files = files;
  }

  /** Paths that are exported without their content, parents first. */
  NavigableSet<String> single() {
    return Collections.unmodifiableNavigableSet(single);
  }

  /** Directories that are exported with all files below them. */
  Set<String> recursive() {
    return Collections.unmodifiableSet(recursive);
  }

  /** Selects a clean raw path, which may not exist, and the way to it. */
  void add(String path) throws IOException {
    var end = addWay(path);
    if (files.status(end).map(FileStatus::isDirectory).orElse(false)) {
      recursive.add(end);
    }
  }

  /**
   * Selects the directories and symbolic links on the way to a path and returns its resolved path.
   */
  String addWay(String path) throws IOException {
    var left = new ArrayDeque<String>();
    push(path, left);
    var at = "";
    var followed = 0;
    while (!left.isEmpty()) {
      var part = left.pop();
      if (part.equals("..")) {
        at = RootedPath.parent(at);
        continue;
      }
      at = RootedPath.join(at, part);
      if (files.status(at).isEmpty()) {
        return at;
      }
      single.add(at);
      var target = files.readLink(at);
      if (target.isPresent()) {
        if (++followed > MOST_LINKS) {
          return at;
        }
        at = target.get().startsWith("/") ? "" : RootedPath.parent(at);
        push(target.get(), left);
      }
    }
    return at;
  }

  private static void push(String path, ArrayDeque<String> left) {
    var parts = path.split("/", -1);
    for (var i = parts.length - 1; i >= 0; i--) {
      if (!parts[i].isEmpty() && !parts[i].equals(".")) {
        left.push(parts[i]);
      }
    }
  }
}
