package dev.stagewright.dockerfile.lint.buildkit;

import dev.stagewright.dockerfile.Dockerfile;
import dev.stagewright.dockerfile.expand.Expansion;
import dev.stagewright.dockerfile.expand.ExpansionException;
import dev.stagewright.dockerfile.expand.WordExpander;
import dev.stagewright.dockerfile.instruction.From;
import dev.stagewright.dockerfile.lint.Findings;
import dev.stagewright.dockerfile.lint.LintCheck;
import dev.stagewright.dockerfile.lint.LintContext;
import dev.stagewright.dockerfile.lint.Rule;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.source.GoText;
import dev.stagewright.dockerfile.source.Suggestion;
import dev.stagewright.dockerfile.stages.GlobalArgs;
import dev.stagewright.dockerfile.stages.ImageNameGrammar;
import dev.stagewright.dockerfile.stages.ResolvedBase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Checks the images of FROM: undeclared arguments, and defaults that are not image names. */
public final class BaseImages implements LintCheck {
  private static final Rule UNDEFINED =
      Rule.buildKit(
          "UndefinedArgInFrom",
          "FROM command must use declared ARGs",
          "Declare the ARG before the first FROM.");
  private static final Rule INVALID_DEFAULT =
      Rule.buildKit(
          "InvalidDefaultArgInFrom",
          "Default value for global ARG results in an empty or invalid base image name",
          "Give the ARG a default that results in a valid image name.");
  private static final Rule PLATFORM =
      Rule.buildKit(
          "InvalidBaseImagePlatform",
          "Base image platform does not match expected target platform",
          "Use a base image that exists for the target platform.");

  @Override
  public List<Rule> rules() {
    return List.of(UNDEFINED, INVALID_DEFAULT, PLATFORM);
  }

  @Override
  public void run(LintContext context, Findings findings) {
    if (!context.complete()) {
      return;
    }
    var dockerfile = context.dockerfile();
    var options = context.request().options();
    try {
      var args = GlobalArgs.of(dockerfile, options);
      dockerfile.stages().forEach(stage -> checkArgs(dockerfile, stage.from(), args, findings));
      var defaults = GlobalArgs.defaults(dockerfile, options);
      dockerfile
          .stages()
          .forEach(stage -> checkDefault(dockerfile, stage.from(), defaults, findings));
    } catch (DockerfileException e) {
      // The error is part of the report.
      return;
    }
    checkPlatforms(context, findings);
  }

  private static void checkArgs(
      Dockerfile dockerfile, From from, GlobalArgs args, Findings findings) {
    var known = new HashSet<>(args.values().keySet());
    known.addAll(args.declared());
    var words = new ArrayList<>(List.of(from.image()));
    from.platform().ifPresent(words::add);
    for (var word : words) {
      expand(dockerfile, word, args).stream()
          .flatMap(expansion -> expansion.unmatched().stream())
          .filter(name -> !known.contains(name))
          .sorted()
          .forEach(name ->
              findings.add(
                  UNDEFINED,
                  from,
                  Suggestion.append(
                      "FROM argument '" + name + "' is not declared", name, known, true)));
    }
  }

  private static void checkDefault(
      Dockerfile dockerfile, From from, GlobalArgs defaults, Findings findings) {
    expand(dockerfile, from.image(), defaults)
        .filter(expansion -> ImageNameGrammar.problem(expansion.text()).isPresent())
        .ifPresent(expansion ->
            findings.add(
                INVALID_DEFAULT,
                from,
                "Default value for ARG "
                    + from.image()
                    + " results in empty or invalid base image name"));
  }

  private static void checkPlatforms(LintContext context, Findings findings) {
    for (var stage : context.stages()) {
      if (!(stage.base() instanceof ResolvedBase.Image(var name))) {
        continue;
      }
      context
          .rootBase(stage)
          .filter(base -> !base.platform().equals(stage.platform()))
          .ifPresent(base ->
              findings.add(
                  PLATFORM,
                  stage.stage().from(),
                  "Base image %s was pulled with platform %s, expected %s for current build"
                      .formatted(
                          name,
                          GoText.quote(base.platform().toString()),
                          GoText.quote(stage.platform().toString()))));
    }
  }

  private static Optional<Expansion> expand(Dockerfile dockerfile, String word, GlobalArgs args) {
    try {
      return Optional.of(new WordExpander(dockerfile.escape()).expand(word, args.variables()));
    } catch (ExpansionException e) {
      return Optional.empty();
    }
  }
}
