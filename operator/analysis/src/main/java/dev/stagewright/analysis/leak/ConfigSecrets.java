package dev.stagewright.analysis.leak;

import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Place;
import dev.stagewright.analysis.finding.Severity;
import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.layers.oci.ContainerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds secrets in the config of an image: variables, labels, commands, and the history. */
final class ConfigSecrets {
  private static final String RUNTIME_FIX =
      "Set it in the Pod, from a Secret (env.valueFrom.secretKeyRef), and replace the secret.";

  private static final String BUILD_FIX =
      "Use RUN --mount=type=secret,id=… instead of ARG, and replace the secret.";

  private static final int MIN_VALUE = 8;

  private final AnalyzedImage image;
  private final ContainerConfig config;
  private final OwnHistory history;
  private final SecretValue secrets = new SecretValue();

  ConfigSecrets(AnalyzedImage image) {
    this.image = image;
    this.config = image.config().config();
    this.history = OwnHistory.of(image);
  }

  List<Finding> findings() {
    var findings = new ArrayList<Finding>();
    config.env().forEach(variable -> environment(variable).ifPresent(findings::add));
    config.labels().entrySet().forEach(label -> label(label).ifPresent(findings::add));
    command().ifPresent(findings::add);
    history.entries().forEach(entry -> findings.addAll(history(entry)));
    return findings.stream().distinct().toList();
  }

  private Optional<Finding> environment(String variable) {
    var name = variable.replaceFirst("=.*", "");
    if (history.isFromBase(name)) {
      return Optional.empty();
    }
    return secrets
        .kind(variable)
        .map(kind ->
            LeakRule.SECRET_IN_ENVIRONMENT.finding(
                Confidence.LIKELY,
                Place.CONFIG,
                "ENV %s is a secret (%s).".formatted(name, kind),
                RUNTIME_FIX))
        .or(() ->
            secrets.isSecretByName(variable)
                ? Optional.of(
                    LeakRule.SECRET_IN_ENVIRONMENT.finding(
                        Severity.WARNING,
                        Confidence.POSSIBLE,
                        Place.CONFIG,
                        "ENV %s seems to be a secret, and has a value.".formatted(name),
                        RUNTIME_FIX))
                : Optional.empty());
  }

  private Optional<Finding> label(Map.Entry<String, String> label) {
    return secrets
        .kind(label.getValue())
        .map(kind ->
            LeakRule.SECRET_IN_LABEL.finding(
                Confidence.LIKELY,
                Place.CONFIG,
                "LABEL %s contains a secret (%s).".formatted(label.getKey(), kind),
                "Remove the label, and replace the secret."));
  }

  private Optional<Finding> command() {
    return Stream.concat(config.entrypoint().stream(), config.cmd().stream())
        .flatMap(argument -> secrets.kind(argument).stream())
        .findFirst()
        .map(kind ->
            LeakRule.SECRET_IN_COMMAND.finding(
                Confidence.LIKELY,
                Place.CONFIG,
                "ENTRYPOINT or CMD contains a secret (%s).".formatted(kind),
                RUNTIME_FIX));
  }

  private List<Finding> history(String createdBy) {
    var findings = new ArrayList<Finding>();
    var arguments = BuildArguments.parse(createdBy);
    for (var argument : arguments) {
      var name = argument.replaceFirst("=.*", "");
      secrets.kind(argument).ifPresent(kind -> findings.add(argument(name, kind)));
      if (secrets.kind(argument).isEmpty() && secrets.isSecretByName(argument)) {
        findings.add(
            LeakRule.SECRET_IN_HISTORY.finding(
                Severity.WARNING,
                Confidence.POSSIBLE,
                Place.CONFIG,
                "The history contains the value of ARG %s, which seems to be a secret."
                    .formatted(name),
                BUILD_FIX));
      }
    }
    secrets
        .kind(without(createdBy, arguments))
        .ifPresent(kind -> findings.add(instruction(createdBy, kind)));
    return findings;
  }

  private static Finding argument(String name, String kind) {
    return LeakRule.SECRET_IN_HISTORY.finding(
        Confidence.LIKELY,
        Place.CONFIG,
        "The history contains the value of ARG %s, which is a secret (%s).".formatted(name, kind),
        BUILD_FIX);
  }

  /** Only the first word is shown: the rest contains the secret. */
  private Finding instruction(String createdBy, String kind) {
    var word = createdBy.trim().split("\\s", 2)[0];
    var number = image.config().history().stream().map(h -> h.createdBy().orElse("")).toList();
    return LeakRule.SECRET_IN_HISTORY.finding(
        Confidence.LIKELY,
        Place.CONFIG,
        "Entry %d of the history (%s) contains a secret (%s)."
            .formatted(number.indexOf(createdBy) + 1, word.matches("[A-Z]+") ? word : "RUN", kind),
        BUILD_FIX);
  }

  /** An instruction without the values that have findings of their own. */
  private String without(String createdBy, List<String> arguments) {
    var text = createdBy;
    var values =
        Stream.of(
                config.env().stream(),
                arguments.stream(),
                config.labels().values().stream().map("="::concat),
                config.entrypoint().stream().map("="::concat),
                config.cmd().stream().map("="::concat))
            .flatMap(s -> s)
            .map(variable -> variable.substring(variable.indexOf('=') + 1))
            .filter(value -> value.length() >= MIN_VALUE)
            .toList();
    for (var value : values) {
      text = text.replace(value, "");
    }
    return text;
  }
}
