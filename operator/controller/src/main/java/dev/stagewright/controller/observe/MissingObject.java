package dev.stagewright.controller.observe;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.controller.podstatus.WaitingCause;
import dev.stagewright.controller.podstatus.WaitingReason;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Recognizes a missing object in messages of the kubelet, the scheduler and the API server. */
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
   * An object that does not exist.
   *
   * @param message names the object and the field that refers to it, and says what to do
   */
  public record Missing(ObjectKind kind, String message) {}

  /** The cause of a delay, or the missing object that it results from. */
  WaitingCause explained(WaitingCause cause) {
    return in(cause.message())
        .map(missing ->
            new WaitingCause(
                new WaitingReason.OfFailure(missing.kind().reason()),
                missing.message(),
                cause.container()))
        .orElse(cause);
  }

  /** The object that a message reports as missing. */
  public Optional<Missing> in(String text) {
    return ABSENT.entrySet().stream()
        .flatMap(entry ->
            entry
                .getValue()
                .matcher(text)
                .results()
                .map(match -> absent(entry.getKey(), match.group(1))))
        .findFirst()
        .or(() -> withoutKey(text))
        .or(() -> withoutVariable(text));
  }

  private Missing absent(ObjectKind kind, String name) {
    var references = new ObjectReferences(spec);
    var fields = references.fields(kind, name);
    var keys = kind == ObjectKind.SECRET ? references.keys(name) : "";
    var isDefault = kind == ObjectKind.SERVICE_ACCOUNT && fields.isEmpty();
    return new Missing(
        kind,
        "the "
            + kind.title()
            + " "
            + name
            + " does not exist"
            + (keys.isEmpty() ? "" : "; the build needs its key " + keys)
            + (isDefault ? "; Pods use it by default" : solution(fields)));
  }

  private static String solution(String fields) {
    return fields.isEmpty() ? "" : "; create it, or change " + fields;
  }

  private Optional<Missing> withoutKey(String text) {
    var match = NO_KEY.matcher(text);
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

  private static Optional<Missing> withoutVariable(String text) {
    var match = NO_VARIABLE.matcher(text);
    return match.find()
        ? Optional.of(
            new Missing(
                match.group(2).equals("Secret") ? ObjectKind.SECRET : ObjectKind.CONFIG_MAP,
                "the %s %s has no key %s, which an environment variable in spec.podTemplate refers to"
                    .formatted(match.group(2), match.group(3), match.group(1))))
        : Optional.empty();
  }
}
