package dev.stagewright.dockerfile.instruction;

import java.util.regex.Pattern;

/**
 * A heredoc.
 *
 * @param name the terminator, without quotes
 * @param fileDescriptor the digits before {@code <<}; 0 if there are none
 * @param expand whether variables are expanded: no part of the terminator is quoted
 * @param chomp whether the operator is {@code <<-}, which removes leading tabs
 * @param content the lines of the file, including line ends
 */
public record Heredoc(
    String name, int fileDescriptor, boolean expand, boolean chomp, String content) {
  private static final Pattern LEADING_TABS = Pattern.compile("(?m)^\\t+");

  /** The same heredoc with another content. */
  public Heredoc withContent(String newContent) {
    return new Heredoc(name, fileDescriptor, expand, chomp, newContent);
  }

  /** The content, without leading tabs if the operator is {@code <<-}. */
  public String chomped() {
    return chomp ? LEADING_TABS.matcher(content).replaceAll("") : content;
  }
}
