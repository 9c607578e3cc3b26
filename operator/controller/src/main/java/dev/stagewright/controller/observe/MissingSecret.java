package dev.stagewright.controller.observe;

import dev.stagewright.api.v1alpha1.BuildSecret;
import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.controller.observe.PodState.Hitch;
import dev.stagewright.protocol.FailureReason;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells of a Secret that a Pod waits for, from the kubelet's words about its volumes. */
record MissingSecret(ImageBuildSpec spec) {
  private static final Pattern NO_SECRET = Pattern.compile("secret \"([^\"]+)\" not found");
  private static final Pattern NO_KEY =
      Pattern.compile("references non-existent secret key: ([^\\s,]+)");

  /** The hitch, told by its cause where that is a Secret. */
  Hitch explained(Hitch hitch) {
    return cause(hitch)
        .map(cause -> new Hitch(FailureReason.SecretNotFound.name(), cause))
        .orElse(hitch);
  }

  private Optional<String> cause(Hitch hitch) {
    var secret = NO_SECRET.matcher(hitch.message());
    if (secret.find()) {
      return Optional.of("there is no Secret " + secret.group(1) + keys(secret.group(1)));
    }
    var key = NO_KEY.matcher(hitch.message());
    return key.find() ? Optional.of(withoutKey(key.group(1))) : Optional.empty();
  }

  private String keys(String name) {
    var keys =
        spec.secrets().stream()
            .filter(secret -> secret.secret().name().equals(name))
            .map(secret -> secret.secret().key())
            .distinct()
            .collect(Collectors.joining(", "));
    return keys.isEmpty() ? "" : ", of which the build needs the key " + keys;
  }

  private String withoutKey(String key) {
    var names =
        spec.secrets().stream()
            .map(BuildSecret::secret)
            .filter(secret -> secret.key().equals(key))
            .map(BuildSecret.SecretKey::name)
            .distinct()
            .collect(Collectors.joining(" or "));
    return "the Secret " + names + " has no key " + key;
  }
}
