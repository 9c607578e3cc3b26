package dev.stagewright.e2e.conformance.image;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The root directory after all layers are applied, according to the OCI layer rules. */
public final class Tree {
  private static final String WHITEOUT = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";

  private final TreeMap<String, Node> nodes = new TreeMap<>();

  private Tree() {}

  /**
   * Applies layers, the lowest first.
   *
   * @throws IllegalArgumentException if the target of a hard link or a parent directory is missing
   */
  public static Tree of(List<Layer> layers) {
    var tree = new Tree();
    layers.forEach(tree::apply);
    return tree;
  }

  /** All paths, in order. */
  public Set<String> paths() {
    return nodes.keySet();
  }

  /** The file at a path. */
  public Optional<Node> get(String path) {
    return Optional.ofNullable(nodes.get(path));
  }

  /** For each path with hard links, all paths of that file. */
  public Map<String, Set<String>> hardLinks() {
    var groups = new IdentityHashMap<Node, Set<String>>();
    nodes.forEach((path, node) -> groups.computeIfAbsent(node, _ -> new TreeSet<>()).add(path));
    var links = new TreeMap<String, Set<String>>();
    for (var group : groups.values()) {
      if (group.size() > 1) {
        group.forEach(path -> links.put(path, group));
      }
    }
    return links;
  }

  private void apply(Layer layer) {
    // Whiteouts apply to lower layers, wherever they are in the archive.
    layer.members().forEach(member -> hide(member.path()));
    for (var member : layer.members()) {
      if (!fileName(member.path()).startsWith(WHITEOUT)) {
        put(member);
      }
    }
  }

  private void hide(String path) {
    var name = fileName(path);
    var parent = path.substring(0, path.length() - name.length());
    if (name.equals(OPAQUE)) {
      removeBelow(parent);
    } else if (name.startsWith(WHITEOUT)) {
      remove(parent + name.substring(WHITEOUT.length()));
    }
  }

  private void put(Layer.Member member) {
    var path = member.path();
    var slash = path.lastIndexOf('/');
    if (slash > 0 && !nodes.containsKey(path.substring(0, slash))) {
      throw new IllegalArgumentException("no layer holds the parent of " + path);
    }
    var node = member.header().type() == '1' ? linked(member) : Node.of(member);
    if (node.type() != Node.Type.DIRECTORY) {
      remove(path);
    }
    nodes.put(path, node);
  }

  private Node linked(Layer.Member member) {
    var target = LayerReader.path(member.header().link());
    return get(target)
        .orElseThrow(() ->
            new IllegalArgumentException(
                member.path() + " is a hard link to " + target + ", which is not there"));
  }

  private void remove(String path) {
    nodes.remove(path);
    removeBelow(path + "/");
  }

  private void removeBelow(String prefix) {
    if (prefix.isEmpty()) {
      nodes.clear();
    } else {
      // '0' is the character after the slash.
      nodes.subMap(prefix, prefix.substring(0, prefix.length() - 1) + '0').clear();
    }
  }

  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
