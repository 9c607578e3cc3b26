package dev.stagewright.controller.observe;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.controller.observe.Observation.Refusal;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Attributes an object that the API server refuses to who refuses it: a quota, a LimitRange, Pod
 * Security, a webhook, a policy, or the object itself.
 *
 * @param spec of the build
 */
public record RejectedCreation(ImageBuildSpec spec) {
  private static final String RESOURCES =
      "spec.stages[].resources of the stage, or in spec.podTemplate.spec.containers those of the"
          + " container main";
  private static final Pattern CLAIM_SIZE =
      Pattern.compile("storage usage per PersistentVolumeClaim");
  private static final Pattern LIMIT_RANGE =
      Pattern.compile("usage per (Container|Pod) is|limit to request ratio per (Container|Pod)");
  private static final Pattern ABOVE_LIMIT =
      Pattern.compile("resources\\.requests.*must be less than or equal to \\S+ limit");
  private static final Pattern UNSAID =
      Pattern.compile("failed quota: ([^:]+): must specify (.*)$", Pattern.DOTALL);
  private static final Pattern POD_SECURITY =
      Pattern.compile("violates PodSecurity \"([^\":]+)[^\"]*\"");
  private static final Pattern WEBHOOK =
      Pattern.compile("admission webhook \"([^\"]+)\" denied the request");
  private static final Pattern POLICY =
      Pattern.compile("((?:Validating|Mutating)AdmissionPolicy) '([^']+)'");
  private static final Pattern QUOTA =
      Pattern.compile("requested: (.*), used: (.*), limited: (.*)$", Pattern.DOTALL);

  /** Of an object that is not taken as it is. */
  public Refusal of(String message) {
    var missing = new MissingObject(spec).in(message);
    if (missing.isPresent()) {
      return Refusal.ofMissing(missing.get());
    }
    var ofResources = ofResources(message);
    return ofResources.isPresent()
        ? Refusal.ofResources(message + "; " + ofResources.get())
        : Refusal.ofAdmission(message + ofAdmission(message).map(it -> "; " + it).orElse(""));
  }

  /** Of an object for which a quota has no room. */
  public Refusal ofQuota(String message) {
    var cure =
        message.contains("requests.storage") && message.contains("persistentvolumeclaims")
            ? "; the size is that of spec.workspace.size"
            : "";
    var count =
        message.contains("count/pods")
            ? "; count/pods counts Pods that have ended too, which are kept for their logs: limit"
                + " pods instead"
            : "";
    return Refusal.ofQuota(message + cure + count + beyondQuota(message));
  }

  private static Optional<String> ofResources(String message) {
    if (CLAIM_SIZE.matcher(message).find()) {
      return Optional.of(
          "a LimitRange of the namespace says so: change spec.workspace.size accordingly");
    }
    if (LIMIT_RANGE.matcher(message).find() || ABOVE_LIMIT.matcher(message).find()) {
      return Optional.of(
          "a LimitRange of the namespace (kubectl describe limitrange) says so: set requests and"
              + " limits that fit in "
              + RESOURCES);
    }
    var unsaid = UNSAID.matcher(message);
    return unsaid.find()
        ? Optional.of(
            "the ResourceQuota %s takes only Pods whose containers all say these: set them in %s, or have a LimitRange of the namespace give defaults"
                .formatted(unsaid.group(1), RESOURCES))
        : Optional.empty();
  }

  private static Optional<String> ofAdmission(String message) {
    return first(
            POD_SECURITY.matcher(message),
            "the namespace enforces the Pod Security level %s, and builds need baseline: change its"
                + " label pod-security.kubernetes.io/enforce, or build in another namespace")
        .or(() ->
            first(
                WEBHOOK.matcher(message),
                "whoever runs the webhook %s can exempt Pods with the label"
                    + " app.kubernetes.io/managed-by: stagewright"))
        .or(() -> {
          var policy = POLICY.matcher(message);
          return policy.find()
              ? Optional.of(
                  "the cluster's %s %s can exempt Pods with the label"
                          .formatted(policy.group(1), policy.group(2))
                      + " app.kubernetes.io/managed-by: stagewright")
              : Optional.empty();
        });
  }

  private static Optional<String> first(Matcher matcher, String words) {
    return matcher.find() ? Optional.of(words.formatted(matcher.group(1))) : Optional.empty();
  }

  /** Where an object alone asks for more than the quota allows at all, no waiting helps. */
  private static String beyondQuota(String message) {
    var quota = QUOTA.matcher(message);
    if (!quota.find()) {
      return "";
    }
    var limited = List.of(quota.group(3).split(",", -1));
    return List.of(quota.group(1).split(",", -1)).stream()
        .filter(asked -> limited.stream().anyMatch(hard -> Amount.isMore(asked, hard)))
        .findFirst()
        .map(asked ->
            "; "
                + asked.strip()
                + " alone is more than the quota has: raise the quota, or lower "
                + (asked.contains("storage") ? "spec.workspace.size" : RESOURCES))
        .orElse("");
  }

  /** An amount of a resource, {@code limits.memory=1Gi}. */
  private static final class Amount {
    private Amount() {}

    static boolean isMore(String asked, String hard) {
      var one = asked.strip().split("=", -1);
      var other = hard.strip().split("=", -1);
      return one.length == 2
          && other.length == 2
          && one[0].equals(other[0])
          && compare(one[1], other[1]) > 0;
    }

    private static int compare(String one, String other) {
      try {
        return new Quantity(one)
            .getNumericalAmount()
            .compareTo(new Quantity(other).getNumericalAmount());
      } catch (IllegalArgumentException e) {
        return 0;
      }
    }
  }
}
