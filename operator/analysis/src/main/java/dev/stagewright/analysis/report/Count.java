package dev.stagewright.analysis.report;

/**
 * A number of things, for people: {@code 1 layer}, {@code 5 layers}.
 *
 * @param noun of one thing; its plural ends with an s
 */
public record Count(long number, String noun) {

  @Override
  public String toString() {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
