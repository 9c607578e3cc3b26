package dev.stagewright.controller.observe;

import dev.stagewright.controller.podstatus.WaitingReason;
import dev.stagewright.controller.podstatus.WaitingReason.Known;
import dev.stagewright.protocol.FailureReason;
import java.util.Optional;

/**
 * The API server's rejection of an object.
 *
 * @param message of the API server, with a hint how to solve the problem
 * @param temporary whether creating the object again may succeed: a quota, a name that is in use
 */
public record Rejection(WaitingReason reason, String message, boolean temporary) {

  /** A rejection that only the message explains. */
  static Rejection ofAdmission(String message) {
    return new Rejection(Known.Refused, message, false);
  }

  /** A rejection because requests or limits do not fit a LimitRange or a quota. */
  static Rejection ofResources(String message) {
    return new Rejection(Known.ResourcesRefused, message, false);
  }

  /** A rejection because an object is missing that may still be created. */
  static Rejection ofMissing(MissingObject.Missing missing) {
    return new Rejection(
        new WaitingReason.OfFailure(missing.kind().reason()), missing.message(), true);
  }

  /** A rejection because the ImageBuild may not write a ConfigMap that exists. */
  public static Rejection ofConfigMap(String message) {
    return new Rejection(
        new WaitingReason.OfFailure(FailureReason.ConfigMapExists), message, false);
  }

  /** A rejection because a quota of the namespace has no room. */
  static Rejection ofQuota(String message) {
    return new Rejection(Known.QuotaExceeded, message, true);
  }

  /** The same rejection, because of the Pod's user namespace: a Pod without one may be accepted. */
  public Rejection ofSandbox() {
    return new Rejection(Known.SandboxRefused, message, true);
  }

  /** Whether a Pod with other requests or limits may be accepted. */
  public boolean isOfResources() {
    return reason == Known.ResourcesRefused;
  }

  /** Whether the object may be accepted as soon as other Pods are gone. */
  public boolean isOfQuota() {
    return reason == Known.QuotaExceeded;
  }

  /** Whether a Pod without a user namespace may be accepted. */
  public boolean mayBeOfSandbox() {
    return reason == Known.Refused;
  }

  /** Whether the next Pod has a different sandbox. */
  public boolean isOfSandbox() {
    return reason == Known.SandboxRefused;
  }

  /** The reason that the build fails with if the cause of the rejection lasts. */
  public Optional<FailureReason> failure() {
    return reason instanceof WaitingReason.OfFailure(var failure)
        ? Optional.of(failure)
        : Optional.empty();
  }
}
