package dev.stagewright.controller.observe;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.controller.cluster.Cluster.Creation;
import dev.stagewright.controller.podstatus.WaitingReason.Known;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out what rejected the creation of an object: a quota, a LimitRange, Pod Security, a
 * webhook, a policy, or validation of the object.
 *
 * @param spec of the build
 */
public record RejectedCreation(ImageBuildSpec spec) {
  private static final String RESOURCES =
      "spec.stages[].resources of the stage, or in the resources of the container main in"
          + " spec.podTemplate.spec.containers";
  private static final Pattern CLAIM_SIZE =
      Pattern.compile("storage usage per PersistentVolumeClaim");
  private static final Pattern LIMIT_RANGE =
      Pattern.compile("usage per (Container|Pod) is|limit to request ratio per (Container|Pod)");
  private static final Pattern ABOVE_LIMIT =
      Pattern.compile("resources\\.requests.*must be less than or equal to \\S+ limit");
  private static final Pattern UNSPECIFIED =
      Pattern.compile("failed quota: ([^:]+): must specify (.*)$", Pattern.DOTALL);
  private static final Pattern POD_SECURITY =
      Pattern.compile("violates PodSecurity \"([^\":]+)[^\"]*\"");
  private static final Pattern WEBHOOK =
      Pattern.compile("admission webhook \"([^\"]+)\" denied the request");
  private static final Pattern POLICY =
      Pattern.compile("((?:Validating|Mutating)AdmissionPolicy) '([^']+)'");
  private static final Pattern QUOTA =
      Pattern.compile("requested: (.*), used: (.*), limited: (.*)$", Pattern.DOTALL);

  /** The rejection of an invalid or forbidden object. */
  public Rejection of(String message) {
    var missing = new MissingObject(spec).in(message);
    if (missing.isPresent()) {
      return Rejection.ofMissing(missing.get());
    }
    var ofResources = ofResources(message);
    return ofResources.isPresent()
        ? Rejection.ofResources(message + "; " + ofResources.get())
        : Rejection.ofAdmission(message + ofAdmission(message).map(it -> "; " + it).orElse(""));
  }

  /** The rejection of the claim for cache mounts that the operator provides. */
  public Optional<Rejection> ofCacheClaim(Creation creation) {
    return switch (creation) {
      case Creation.Done _ -> Optional.empty();
      case Creation.Occupied _ -> ofCacheClaim("it is being deleted");
      case Creation.NotAllowed(var message) -> ofCacheClaim(message);
      case Creation.QuotaExceeded(var message) -> ofCacheClaim(message);
      case Creation.Deferred(var message) -> ofCacheClaim(message);
      case Creation.Refused(var message) -> ofCacheClaim(message);
    };
  }

  private static Optional<Rejection> ofCacheClaim(String message) {
    return Optional.of(new Rejection(Known.CacheClaimUnavailable, message, true));
  }

  /** The rejection of an object that exceeds a quota. */
  public Rejection ofQuota(String message) {
    var storage =
        message.contains("requests.storage") && message.contains("persistentvolumeclaims")
            ? "; the size of the claim is spec.workspace.size"
            : "";
    var count =
        message.contains("count/pods")
            ? "; count/pods also counts Pods that have ended, which are kept for their logs: limit"
                + " pods instead"
            : "";
    return Rejection.ofQuota(message + storage + count + beyondQuota(message));
  }

  private static Optional<String> ofResources(String message) {
    if (CLAIM_SIZE.matcher(message).find()) {
      return Optional.of(
          "a LimitRange of the namespace sets this limit: change spec.workspace.size");
    }
    if (LIMIT_RANGE.matcher(message).find() || ABOVE_LIMIT.matcher(message).find()) {
      return Optional.of(
          "a LimitRange of the namespace (kubectl describe limitrange) sets this limit: set requests"
              + " and limits that fit in "
              + RESOURCES);
    }
    var unspecified = UNSPECIFIED.matcher(message);
    return unspecified.find()
        ? Optional.of(
            "the ResourceQuota %s only accepts Pods whose containers all specify these: set them in %s, or set defaults in a LimitRange of the namespace"
                .formatted(unspecified.group(1), RESOURCES))
        : Optional.empty();
  }

  private static Optional<String> ofAdmission(String message) {
    return first(
            POD_SECURITY.matcher(message),
            "the namespace enforces the Pod Security level %s, but builds need baseline: change the"
                + " label pod-security.kubernetes.io/enforce of the namespace, or build in another"
                + " namespace")
        .or(() ->
            first(
                WEBHOOK.matcher(message),
                "configure the webhook %s to exempt Pods with the label"
                    + " app.kubernetes.io/managed-by: stagewright"))
        .or(() -> {
          var policy = POLICY.matcher(message);
          return policy.find()
              ? Optional.of(
                  "configure the %s %s to exempt Pods with the label"
                          .formatted(policy.group(1), policy.group(2))
                      + " app.kubernetes.io/managed-by: stagewright")
              : Optional.empty();
        });
  }

  private static Optional<String> first(Matcher matcher, String hint) {
    return matcher.find() ? Optional.of(hint.formatted(matcher.group(1))) : Optional.empty();
  }

  /** An object that alone exceeds the quota will never be accepted. */
  private static String beyondQuota(String message) {
    var quota = QUOTA.matcher(message);
    if (!quota.find()) {
      return "";
    }
    var limited = List.of(quota.group(3).split(",", -1));
    return List.of(quota.group(1).split(",", -1)).stream()
        .filter(requested -> limited.stream().anyMatch(hard -> Amount.isMore(requested, hard)))
        .findFirst()
        .map(requested ->
            "; "
                + requested.strip()
                + " alone exceeds the quota: raise the quota, or lower "
                + (requested.contains("storage") ? "spec.workspace.size" : RESOURCES))
        .orElse("");
  }

  /** An amount of a resource, {@code limits.memory=1Gi}. */
  private static final class Amount {
    private Amount() {}

    static boolean isMore(String requested, String hard) {
      var one = requested.strip().split("=", -1);
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
