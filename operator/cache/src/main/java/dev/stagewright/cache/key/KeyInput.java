package dev.stagewright.cache.key;

/**
 * An input of a step, which its key depends on.
 *
 * @param name what the input is, for example {@code command}, {@code variable VERSION} or {@code
 *     user}; unique within a step
 * @param value value for people, or a digest if the value is long or may be confidential; never a
 *     secret
 */
public record KeyInput(String name, String value) {
  /** Start of the names of environment variables. */
  public static final String VARIABLE = "variable ";
}
