package dev.stagewright.analysis.size;

import dev.stagewright.layers.tar.RawName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** Builds a {@link FileTree} of the largest directories and files. */
final class FileTreeBuilder {
  private static final Comparator<Node> LARGEST_FIRST =
      Comparator.comparingLong(Node::bytes).reversed().thenComparing(Node::name);

  private final int maxNodes;
  private final int layers;

  /**
   * @param maxNodes number of listed directories and files, besides the root
   * @param layers number of layers of the image
   */
  FileTreeBuilder(int maxNodes, int layers) {
    this.maxNodes = maxNodes;
    this.layers = layers;
  }

  FileTree build(List<SizedFile> files) {
    var root = new Directory("");
    files.forEach(file -> root.add(file, 0));
    var listed = largest(root);
    listed.add(root);
    var byLayer = bytesByLayer(root, files, listed);
    return tree(root, listed, byLayer);
  }

  /** The largest nodes; the parent of each is among them, because it is not smaller. */
  private Set<Node> largest(Directory root) {
    var listed = new HashSet<Node>();
    var candidates = new PriorityQueue<>(LARGEST_FIRST);
    candidates.addAll(root.children());
    while (listed.size() < maxNodes && !candidates.isEmpty()) {
      var next = candidates.remove();
      if (next.bytes() > 0) {
        listed.add(next);
        candidates.addAll(next.children());
      }
    }
    return listed;
  }

  private Map<Directory, long[]> bytesByLayer(
      Directory root, List<SizedFile> files, Set<Node> listed) {
    var result = new HashMap<Directory, long[]>();
    for (var file : files) {
      var directory = root;
      var start = 0;
      while (directory != null && listed.contains(directory)) {
        result.computeIfAbsent(directory, _ -> new long[layers])[file.layer()] += file.bytes();
        var end = file.path().indexOf('/', start);
        directory = end < 0 ? null : directory.directories.get(file.path().substring(start, end));
        start = end + 1;
      }
    }
    return result;
  }

  private FileTree tree(Node node, Set<Node> listed, Map<Directory, long[]> byLayer) {
    var layer =
        switch (node) {
          case Leaf leaf -> leaf.file.layer();
          case Directory directory -> largest(byLayer.getOrDefault(directory, new long[layers]));
        };
    var children = new ArrayList<FileTree>();
    node.children().stream()
        .filter(listed::contains)
        .sorted(LARGEST_FIRST)
        .forEach(child -> children.add(tree(child, listed, byLayer)));
    if (!children.isEmpty()) {
      var other = minus(node.totals(), children);
      if (other.files() > 0) {
        children.add(new FileTree("", FileTree.Kind.OTHER, other, layer, List.of()));
      }
    }
    var kind = node instanceof Leaf ? FileTree.Kind.FILE : FileTree.Kind.DIRECTORY;
    return new FileTree(RawName.text(node.name()), kind, node.totals(), layer, children);
  }

  private static FileTotals minus(FileTotals total, List<FileTree> children) {
    var sum = children.stream().map(FileTree::total).reduce(FileTotals.NONE, FileTotals::plus);
    return new FileTotals(
        total.files() - sum.files(),
        total.bytes() - sum.bytes(),
        total.compressedBytes() - sum.compressedBytes());
  }

  private static int largest(long[] bytes) {
    var result = 0;
    for (var layer = 1; layer < bytes.length; layer++) {
      result = bytes[layer] > bytes[result] ? layer : result;
    }
    return result;
  }

  /** A directory or a file. */
  private sealed interface Node {
    String name();

    long bytes();

    FileTotals totals();

    List<Node> children();
  }

  /** Not a record: nodes are compared by identity. An image has many, so the name is not stored. */
  private static final class Leaf implements Node {
    private final SizedFile file;

    Leaf(SizedFile file) {
      this.file = file;
    }

    @Override
    public String name() {
      return file.path().substring(file.path().lastIndexOf('/') + 1);
    }

    @Override
    public long bytes() {
      return file.bytes();
    }

    @Override
    public FileTotals totals() {
      return file.totals();
    }

    @Override
    public List<Node> children() {
      return List.of();
    }
  }

  private static final class Directory implements Node {
    private final String name;
    private final Map<String, Directory> directories = new HashMap<>();
    private final List<Leaf> files = new ArrayList<>();
    private final TotalsSum sum = new TotalsSum();

    Directory(String name) {
      this.name = name;
    }

    /** Adds a file here or below; its path from {@code start} is relative to this directory. */
    void add(SizedFile file, int start) {
      var directory = this;
      var from = start;
      directory.sum.add(file);
      for (var end = file.path().indexOf('/', from);
          end >= 0;
          end = file.path().indexOf('/', from)) {
        directory =
            directory.directories.computeIfAbsent(file.path().substring(from, end), Directory::new);
        directory.sum.add(file);
        from = end + 1;
      }
      directory.files.add(new Leaf(file));
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public long bytes() {
      return sum.bytes();
    }

    @Override
    public FileTotals totals() {
      return sum.totals();
    }

    @Override
    public List<Node> children() {
      var children = new ArrayList<Node>(directories.values());
      children.addAll(files);
      return children;
    }
  }
}
