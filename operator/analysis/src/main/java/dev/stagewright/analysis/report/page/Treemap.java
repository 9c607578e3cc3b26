package dev.stagewright.analysis.report.page;

import dev.stagewright.analysis.report.DisplayText;
import dev.stagewright.analysis.size.DataSize;
import dev.stagewright.analysis.size.FileTree;
import java.util.Map;

/** The treemap of the files: an area for each file, within the area of its folder. */
final class Treemap {
  private static final double CHARACTER = 6.7;
  private static final double LABEL_HEIGHT = 16;
  private static final double MIN_WIDTH_OF_LABEL = 30;
  private static final double MIN_SIDE_OF_FOLDER = 44;
  private static final double SMALLEST_SIDE = 1.5;
  private static final int MAX_LEVELS_OF_FOLDERS = 4;

  private final Map<Integer, String> colors;
  private final Box box;

  /**
   * A picture of this size.
   *
   * @param colors classes of the cells, by layer
   */
  Treemap(double width, double height, Map<Integer, String> colors) {
    this.box = new Box(0, 0, width, height);
    this.colors = colors;
  }

  /**
   * Writes the picture.
   *
   * @param kind class for the widths of pages that it is for
   * @param label text for those who do not see it
   */
  void write(Markup out, FileTree root, String kind, String label) {
    out.element(
        "svg",
        svg -> split(svg, root, box, "/", 0),
        "class",
        "treemap " + kind,
        "viewBox",
        "0 0 " + Box.number(box.width()) + " " + Box.number(box.height()),
        "role",
        "img",
        "aria-label",
        label);
  }

  private void cell(Markup out, FileTree entry, Box at, String prefix, int level) {
    var node = withoutChain(entry);
    var path = prefix + node.name();
    if (at.width() < SMALLEST_SIDE || at.height() < SMALLEST_SIDE) {
      return;
    }
    var isFolder =
        !node.children().isEmpty()
            && at.width() >= MIN_SIDE_OF_FOLDER
            && at.height() >= MIN_SIDE_OF_FOLDER;
    out.element(
        "g",
        group -> {
          group.text("title", title(node, path));
          group.empty("rect", rect(at, isFolder, node));
          var label = isRest(node) ? "" : fit(node, at.width());
          var hasLabel =
              !label.isEmpty()
                  && at.height() >= LABEL_HEIGHT
                  && (!isFolder || level < MAX_LEVELS_OF_FOLDERS);
          if (hasLabel) {
            group.text("text", label, "x", Box.number(at.x() + 4), "y", Box.number(at.y() + 12));
          }
          if (isFolder) {
            split(group, node, at.inset(2, hasLabel ? LABEL_HEIGHT : 2), path + "/", level + 1);
          }
        });
  }

  private void split(Markup out, FileTree folder, Box at, String prefix, int level) {
    var children = folder.children().stream().filter(child -> child.total().bytes() > 0).toList();
    var boxes = Squarify.split(at, children.stream().map(Treemap::bytes).toList());
    for (var i = 0; i < children.size(); i++) {
      cell(out, children.get(i), boxes.get(i), prefix, level);
    }
  }

  private String[] rect(Box at, boolean isFolder, FileTree node) {
    var color = isFolder ? "folder" : "cell " + colors.getOrDefault(node.layer(), "other");
    return new String[] {
      "class", color,
      "x", Box.number(at.x() + 0.5),
      "y", Box.number(at.y() + 0.5),
      "width", Box.number(Math.max(0.5, at.width() - 1)),
      "height", Box.number(Math.max(0.5, at.height() - 1))
    };
  }

  /** A folder with only one entry is shown together with it. */
  private static FileTree withoutChain(FileTree node) {
    if (node.children().size() != 1 || isRest(node.children().getFirst())) {
      return node;
    }
    var only = node.children().getFirst();
    return withoutChain(
        new FileTree(
            node.name() + "/" + only.name(),
            only.kind(),
            node.total(),
            only.layer(),
            only.children()));
  }

  private static boolean isRest(FileTree node) {
    return node.kind() == FileTree.Kind.OTHER;
  }

  private static long bytes(FileTree node) {
    return node.total().bytes();
  }

  private static String title(FileTree node, String path) {
    var files = node.total().files();
    var size = new DataSize(bytes(node)) + (files > 1 ? ", " + files + " files" : "");
    return isRest(node) ? "smaller entries of " + path + ": " + size : path + ": " + size;
  }

  /** As much of name and size as fits; the font has characters of one width. */
  private static String fit(FileTree node, double width) {
    if (width < MIN_WIDTH_OF_LABEL) {
      return "";
    }
    var characters = (int) ((width - 8) / CHARACTER);
    var name = DisplayText.printable(node.name());
    var full = name + " " + new DataSize(bytes(node));
    if (full.length() <= characters) {
      return full;
    }
    if (name.length() <= characters) {
      return name;
    }
    var end = Math.max(1, characters - 1);
    return name.substring(0, Character.isHighSurrogate(name.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
