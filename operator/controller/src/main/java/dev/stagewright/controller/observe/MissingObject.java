package dev.stagewright.controller.observe;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.controller.observe.PodState.WaitingReason;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells of an object that a Pod waits for, from the words of kubelet, scheduler and API server
 * about it.
 */
public record MissingObject(ImageBuildSpec spec) {
  private static final Map<ObjectKind, Pattern> ABSENT =
      Map.of(
          ObjectKind.SECRET, named("secrets?"),
          ObjectKind.CONFIG_MAP, named("configmaps?"),
          ObjectKind.CLAIM, named("persistentvolumeclaims?"),
          ObjectKind.SERVICE_ACCOUNT, named("serviceaccounts?"),
          ObjectKind.PRIORITY_CLASS,
              Pattern.compile("no PriorityClass with name ([^\\s]+) was found"),
          ObjectKind.RUNTIME_CLASS, named("(?:runtimeclass(?:es)?(?:\\.node\\.k8s\\.io)?)"));
  private static final Pattern NO_KEY =
      Pattern.compile("references non-existent (secret|config) key: ([^\\s,]+)");
  private static final Pattern NO_VARIABLE =
      Pattern.compile("couldn't find key (\\S+) in (Secret|ConfigMap) [^/\\s]+/([^\\s,\"]+)");

  private static Pattern named(String kind) {
    return Pattern.compile(
        "(?<![a-z])" + kind + " \"([^\"]+)\" not found", Pattern.CASE_INSENSITIVE);
  }

  /**
   * An object that is not there.
   *
   * @param message what it is, which field names it, and what to do
   */
  public record Missing(ObjectKind kind, String message) {}

  /** The hitch, told by its cause where that is an object that is missing. */
  WaitingReason explained(WaitingReason waitingReason) {
    return in(waitingReason.message())
        .map(missing ->
            new WaitingReason(
                missing.kind().reason().name(), missing.message(), waitingReason.container()))
        .orElse(waitingReason);
  }

  /** What is missing, by the words of whoever misses it. */
  public Optional<Missing> in(String words) {
    return ABSENT.entrySet().stream()
        .flatMap(entry ->
            entry
                .getValue()
                .matcher(words)
                .results()
                .map(match -> absent(entry.getKey(), match.group(1))))
        .findFirst()
        .or(() -> withoutKey(words))
        .or(() -> withoutVariable(words));
  }

  private Missing absent(ObjectKind kind, String name) {
    var references = new ObjectReferences(spec);
    var fields = references.fields(kind, name);
    var keys = kind == ObjectKind.SECRET ? references.keys(name) : "";
    var isDefault = kind == ObjectKind.SERVICE_ACCOUNT && fields.isEmpty();
    return new Missing(
        kind,
        "there is no "
            + kind.title()
            + " "
            + name
            + (keys.isEmpty() ? "" : ", of which the build needs the key " + keys)
            + (isDefault ? ", which Pods have by default" : cure(fields)));
  }

  private static String cure(String fields) {
    return fields.isEmpty() ? "" : "; create it, or correct " + fields;
  }

  private Optional<Missing> withoutKey(String words) {
    var match = NO_KEY.matcher(words);
    if (!match.find()) {
      return Optional.empty();
    }
    var key = match.group(2);
    var references = new ObjectReferences(spec);
    if (match.group(1).equals("config")) {
      return Optional.of(
          new Missing(
              ObjectKind.CONFIG_MAP,
              "the ConfigMap "
                  + String.join(" or ", references.names(ObjectKind.CONFIG_MAP))
                  + " has no key "
                  + key
                  + "; add it"));
    }
    var named = references.secretsWithKey(key);
    var secrets =
        named.isEmpty() ? String.join(" or ", references.names(ObjectKind.SECRET)) : named;
    return Optional.of(
        new Missing(
            ObjectKind.SECRET, "the Secret " + secrets + " has no key " + key + "; add it"));
  }

  private static Optional<Missing> withoutVariable(String words) {
    var match = NO_VARIABLE.matcher(words);
    return match.find()
        ? Optional.of(
            new Missing(
                match.group(2).equals("Secret") ? ObjectKind.SECRET : ObjectKind.CONFIG_MAP,
                "the %s %s has no key %s, which an environment variable of spec.podTemplate names"
                    .formatted(match.group(2), match.group(3), match.group(1))))
        : Optional.empty();
  }
}
