package dev.stagewright.analysis.report.page;

import dev.stagewright.analysis.report.DisplayText;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes HTML with SVG in it. Texts and values of attributes are always escaped, so text from an
 * image cannot become markup.
 */
final class Markup {
  /** Elements of HTML that have no end tag. */
  private static final Set<String> VOID = Set.of("meta", "br", "input");

  private final StringBuilder out = new StringBuilder();

  /** Creates the text of a page. */
  static String page(Consumer<Markup> content) {
    var page = new Markup();
    page.out.append("<!DOCTYPE html>\n");
    content.accept(page);
    return page.out.append('\n').toString();
  }

  /**
   * An element with children.
   *
   * @param attributes names and values in turn
   */
  Markup element(String name, Consumer<Markup> children, String... attributes) {
    open(name, attributes);
    children.accept(this);
    return close(name);
  }

  /** An element with a text. */
  Markup text(String name, String text, String... attributes) {
    open(name, attributes);
    return text(text).close(name);
  }

  /** An element without content. */
  Markup empty(String name, String... attributes) {
    open(name, attributes);
    return VOID.contains(name) ? this : close(name);
  }

  /** A text. */
  Markup text(String text) {
    escape(text);
    return this;
  }

  /** The content of a {@code style} or {@code script} element, which is not escaped in HTML. */
  Markup code(String name, String code) {
    if (code.toLowerCase(Locale.ROOT).contains("</")) {
      throw new IllegalArgumentException("the code would end the element");
    }
    open(name);
    out.append(code);
    return close(name);
  }

  private void open(String name, String... attributes) {
    if (attributes.length % 2 != 0) {
      throw new IllegalArgumentException("an attribute without a value");
    }
    out.append('<').append(name);
    for (var i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      out.append('"');
    }
    out.append('>');
  }

  private Markup close(String name) {
    out.append("</").append(name).append('>');
    return this;
  }

  private void escape(String text) {
    var printable = DisplayText.printable(text);
    for (var i = 0; i < printable.length(); i++) {
      var c = printable.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
  }
}
