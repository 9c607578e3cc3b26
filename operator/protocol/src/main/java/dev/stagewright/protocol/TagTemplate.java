package dev.stagewright.protocol;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A tag that may name things which are known only when it is built: {@code
 * {{.Branch}}-{{.ShortCommit}}}. Values are put in step by step, by whoever knows them.
 *
 * @param text as users write it, with what has been put in
 */
public record TagTemplate(String text) {
  private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*\\.(\\w+)\\s*}}");
  private static final Pattern STRANGE = Pattern.compile("[^A-Za-z0-9_.-]");
  private static final int MAX_LENGTH = 128;

  /** What a template may name. */
  public enum Variable {
    Commit("the source is no git repository"),
    ShortCommit("the source is no git repository"),
    Branch("the source is no branch of a git repository"),
    Date("no time is known"),
    Time("no time is known"),
    Name("no ImageBuild is known"),
    Namespace("no ImageBuild is known"),
    Generation("no ImageBuild is known");

    private final String whenMissing;

    Variable(String whenMissing) {
      this.whenMissing = whenMissing;
    }

    static Optional<Variable> named(String name) {
      return Arrays.stream(values()).filter(variable -> variable.name().equals(name)).findFirst();
    }
  }

  /**
   * @throws IllegalArgumentException if it is malformed, or names something that there is not
   */
  public TagTemplate {
    var rest = new StringBuilder();
    var matcher = VARIABLE.matcher(text);
    while (matcher.find()) {
      if (Variable.named(matcher.group(1)).isEmpty()) {
        throw new IllegalArgumentException(
            "'%s': there is no %s; known are %s".formatted(text, matcher.group(), known()));
      }
      matcher.appendReplacement(rest, "");
    }
    matcher.appendTail(rest);
    if (rest.indexOf("{{") >= 0 || rest.indexOf("}}") >= 0) {
      throw new IllegalArgumentException(
          "'%s' is no template for a tag; what is put in has the form %s".formatted(text, known()));
    }
  }

  /** Whether something is still to be put in. */
  public boolean isOpen() {
    return VARIABLE.matcher(text).find();
  }

  /** The same with these values put in. */
  public TagTemplate with(Map<Variable, String> values) {
    return new TagTemplate(
        VARIABLE
            .matcher(text)
            .replaceAll(variable ->
                Matcher.quoteReplacement(
                    Optional.ofNullable(values.get(Variable.valueOf(variable.group(1))))
                        .orElse(variable.group()))));
  }

  /**
   * The tag.
   *
   * @throws IllegalArgumentException if a value is missing, or it is no valid tag; it says why
   */
  public String tag() {
    var open = VARIABLE.matcher(text);
    if (open.find()) {
      var variable = Variable.valueOf(open.group(1));
      throw new IllegalArgumentException(
          "%s has no value in '%s': %s".formatted(open.group(), text, variable.whenMissing));
    }
    problem()
        .ifPresent(why -> {
          throw new IllegalArgumentException("'%s' is no valid tag: %s".formatted(text, why));
        });
    return text;
  }

  private Optional<String> problem() {
    if (text.isEmpty()) {
      return Optional.of("it is empty");
    }
    if (text.length() > MAX_LENGTH) {
      return Optional.of(
          "it has " + text.length() + " characters, and at most " + MAX_LENGTH + " are allowed");
    }
    if (text.startsWith(".") || text.startsWith("-")) {
      return Optional.of("it begins with '" + text.charAt(0) + "'");
    }
    return STRANGE
        .matcher(text)
        .results()
        .findFirst()
        .map(found ->
            "it has a '" + found.group() + "'; letters, digits, '_', '.' and '-' are allowed");
  }

  private static String known() {
    return Arrays.stream(Variable.values())
        .map(variable -> "{{." + variable + "}}")
        .collect(Collectors.joining(", "));
  }
}
