package dev.stagewright.protocol;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An image tag with variables whose values are known only during the build: {@code
 * {{.Branch}}-{{.ShortCommit}}}. The variables are replaced step by step, as soon as their values
 * are known.
 *
 * @param text text of the template, in which known variables have been replaced
 */
public record TagTemplate(String text) {
  private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*\\.(\\w+)\\s*}}");
  private static final Pattern STRANGE = Pattern.compile("[^A-Za-z0-9_.-]");
  private static final int MAX_LENGTH = 128;

  /** A variable of a template. */
  public enum Variable {
    Commit("the source is not a git repository"),
    ShortCommit("the source is not a git repository"),
    Branch("the source is not a branch of a git repository"),
    Date("the time is unknown"),
    Time("the time is unknown"),
    Name("the ImageBuild is unknown"),
    Namespace("the ImageBuild is unknown"),
    Generation("the ImageBuild is unknown");

    private final String whenMissing;

    Variable(String whenMissing) {
      this.whenMissing = whenMissing;
    }

    static Optional<Variable> named(String name) {
      return Arrays.stream(values()).filter(variable -> variable.name().equals(name)).findFirst();
    }
  }

  /**
   * Checks the variables.
   *
   * @throws IllegalArgumentException if the template is malformed or contains an unknown variable
   */
  public TagTemplate {
    var rest = new StringBuilder();
    var matcher = VARIABLE.matcher(text);
    while (matcher.find()) {
      if (Variable.named(matcher.group(1)).isEmpty()) {
        throw new IllegalArgumentException(
            "'%s': unknown variable %s; supported variables are %s"
                .formatted(text, matcher.group(), known()));
      }
      matcher.appendReplacement(rest, "");
    }
    matcher.appendTail(rest);
    if (rest.indexOf("{{") >= 0 || rest.indexOf("}}") >= 0) {
      throw new IllegalArgumentException(
          "'%s' is not a valid template of a tag; supported variables are %s"
              .formatted(text, known()));
    }
  }

  /** Whether a variable has not been replaced yet. */
  public boolean isOpen() {
    return VARIABLE.matcher(text).find();
  }

  /** This template with these variables replaced. */
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
   * @throws IllegalArgumentException if a value is missing or the text is not a valid tag; the
   *     message says why
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
          throw new IllegalArgumentException("'%s' is not a valid tag: %s".formatted(text, why));
        });
    return text;
  }

  private Optional<String> problem() {
    if (text.isEmpty()) {
      return Optional.of("it is empty");
    }
    if (text.length() > MAX_LENGTH) {
      return Optional.of(
          "it has " + text.length() + " characters; at most " + MAX_LENGTH + " are allowed");
    }
    if (text.startsWith(".") || text.startsWith("-")) {
      return Optional.of("it starts with '" + text.charAt(0) + "'");
    }
    return STRANGE
        .matcher(text)
        .results()
        .findFirst()
        .map(found ->
            "it contains '" + found.group() + "'; letters, digits, '_', '.' and '-' are allowed");
  }

  private static String known() {
    return Arrays.stream(Variable.values())
        .map(variable -> "{{." + variable + "}}")
        .collect(Collectors.joining(", "));
  }
}
