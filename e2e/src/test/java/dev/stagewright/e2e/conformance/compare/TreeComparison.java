package dev.stagewright.e2e.conformance.compare;

import dev.stagewright.e2e.conformance.image.Node;
import dev.stagewright.e2e.conformance.image.Tree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compares the flattened roots of two images, path by path. */
final class TreeComparison {
  private final Built ours;
  private final Built theirs;
  private final List<Difference> differences = new ArrayList<>();

  TreeComparison(Built ours, Built theirs) {
    this.ours = ours;
    this.theirs = theirs;
  }

  List<Difference> differences() {
    var left = Tree.of(ours.image().layers());
    var right = Tree.of(theirs.image().layers());
    var paths = new TreeSet<>(left.paths());
    paths.addAll(right.paths());
    for (var path : paths) {
      var mine = left.get(path);
      var other = right.get(path);
      if (mine.isPresent() && other.isPresent()) {
        compare(path, mine.get(), other.get());
      } else {
        add("entry", path, mine.map(TreeComparison::kind), other.map(TreeComparison::kind));
      }
    }
    compareHardLinks(left.hardLinks(), right.hardLinks());
    return differences;
  }

  private void compare(String path, Node mine, Node other) {
    check("type", path, mine.type(), other.type());
    check("mode", path, octal(mine), octal(other));
    check("owner", path, owner(mine), owner(other));
    if (!sameTime(mine.mtime(), other.mtime())) {
      check("mtime", path, mine.mtime(), other.mtime());
    }
    if (mine.type() == other.type()) {
      check("size", path, mine.size(), other.size());
      check("content", path, mine.digest(), other.digest());
      check("target", path, mine.target(), other.target());
      check("device", path, mine.device(), other.device());
    }
    check("xattrs", path, mine.xattrs(), other.xattrs());
  }

  private boolean sameTime(Instant mine, Instant other) {
    return mine.equals(other) || (ours.isNow(mine) && theirs.isNow(other));
  }

  private void compareHardLinks(Map<String, Set<String>> mine, Map<String, Set<String>> other) {
    var paths = new TreeSet<>(mine.keySet());
    paths.addAll(other.keySet());
    for (var path : paths) {
      check(
          "hardlinks", path, mine.getOrDefault(path, Set.of()), other.getOrDefault(path, Set.of()));
    }
  }

  private void check(String kind, String path, Object mine, Object other) {
    if (!mine.equals(other)) {
      differences.add(new Difference(kind, path, mine.toString(), other.toString()));
    }
  }

  private void add(
      String kind, String path, java.util.Optional<String> mine, java.util.Optional<String> other) {
    differences.add(new Difference(kind, path, mine.orElse("none"), other.orElse("none")));
  }

  private static String kind(Node node) {
    return node.type() + " " + octal(node) + " " + owner(node);
  }

  private static String octal(Node node) {
    return "%04o".formatted(node.mode());
  }

  private static String owner(Node node) {
    return node.uid() + ":" + node.gid();
  }
}
