package dev.stagewright.e2e.tutorial;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A block of a page that the reader types: a file, or a command with its output. */
public sealed interface PageBlock {
  Pattern BLOCK =
      Pattern.compile("(?ms)^```(?<kind>\\w+)(?: title=\"(?<name>[^\"]+)\")?\n(?<text>.*?)^```$");

  /** A file that the reader writes. */
  record SourceFile(String name, String text) implements PageBlock {}

  /**
   * A command that the reader runs.
   *
   * @param output that the page shows; empty if the page shows none
   */
  record Command(String line, String output) implements PageBlock {}

  /** The blocks of a page in their order: fences with a title, and fences of a console. */
  static List<PageBlock> read(String page) {
    var blocks = new ArrayList<PageBlock>();
    var matcher = BLOCK.matcher(page);
    while (matcher.find()) {
      if (matcher.group("name") != null) {
        blocks.add(new SourceFile(matcher.group("name"), matcher.group("text")));
      } else if (matcher.group("kind").equals("console")) {
        for (var command : matcher.group("text").split("(?m)^\\$ ", -1)) {
          if (!command.isBlank()) {
            var end = command.indexOf('\n');
            blocks.add(new Command(command.substring(0, end), command.substring(end + 1)));
          }
        }
      }
    }
    return blocks;
  }
}
