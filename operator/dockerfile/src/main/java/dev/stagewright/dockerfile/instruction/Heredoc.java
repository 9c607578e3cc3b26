package dev.stagewright.dockerfile.instruction;

import java.util.regex.Pattern;

/**
 * A document within the Dockerfile.
 *
 * @param name the terminator, without quotes
 * @param fileDescriptor the digits before {@code <<}; 0 where there are none
 * @param expand whether variables in it are expanded: no part of the word was quoted
 * @param chomp whether it was written {@code <<-}, so that leading tabs are dropped
 * @param content its lines as they stand in the file, with their line ends
 */
public record Heredoc(
    String name, int fileDescriptor, boolean expand, boolean chomp, String content) {
  private static final Pattern LEADING_TABS = Pattern.compile("(?m)^\\t+");

  /** The same word with this content. */
  public Heredoc withContent(String newContent) {
    return new Heredoc(name, fileDescriptor, expand, chomp, newContent);
  }

  /** The content, without leading tabs where the word was {@code <<-}. */
  public String chomped() {
    return chomp ? LEADING_TABS.matcher(content).replaceAll("") : content;
  }
}
