package dev.stagewright.kubectl.migrate;

import java.util.List;

/**
 * A flag of the kaniko executor, and what becomes of it.
 *
 * @param name with dashes: {@code --destination}
 * @param aliases other names with dashes, including the short one: {@code -d}
 * @param kind of its value
 * @param support how Stagewright supports it
 * @param effect what happens instead, as a sentence of the documentation
 */
record KanikoFlag(String name, List<String> aliases, Kind kind, Support support, String effect) {
  /** Kinds of values. */
  enum Kind {
    /** A required value. */
    VALUE,
    /** An optional boolean; the flag without a value means true. The default is false. */
    SWITCH,
    /** The same, but the default is true. */
    SWITCH_ON;

    boolean isSwitch() {
      return this != VALUE;
    }

    /** Whether a value of this kind is the default, so that the flag has no effect. */
    boolean isDefault(String value) {
      return isSwitch() && KanikoArguments.isTrue(value) == (this == SWITCH_ON);
    }
  }

  /** How a flag is supported. */
  enum Support {
    /** A field of the ImageBuild has the same effect. */
    FIELD("a field of the ImageBuild"),
    /** The result is available in another way. */
    ELSEWHERE("done in another way"),
    /** The flag is not needed. */
    NOT_NEEDED("not needed"),
    /** The administrator of the operator must configure this. */
    OPERATOR("configuration of the operator"),
    /** There is no equivalent. */
    NOT_SUPPORTED("not supported");

    private final String text;

    Support(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  boolean isNamed(String text) {
    return name.equals(text) || aliases.contains(text);
  }
}
