package dev.stagewright.registry.error;

import java.util.Set;

/**
 * What a registry's answer means, and what the user can do about it. The special cases are Harbor's
 * where they are not the distribution specification's.
 *
 * @param kind what kind of failure it is
 * @param hint what to do; empty where there is nothing to add to the answer
 */
record ErrorClassifier(ErrorKind kind, String hint) {
  /** A method, or a version of HTTP, that the server will not know later either. */
  private static final Set<Integer> NOT_IMPLEMENTED = Set.of(501, 505);

  static ErrorClassifier of(ErrorResponse answer) {
    return switch (answer.status()) {
      case 401 -> unauthorized(answer);
      case 403 -> forbidden(answer);
      case 404 -> new ErrorClassifier(ErrorKind.NOT_FOUND, "check the name and the tag");
      case 408 -> new ErrorClassifier(ErrorKind.UNAVAILABLE, "");
      case 412 -> precondition(answer);
      case 413 -> tooLarge(answer);
      case 429 ->
          new ErrorClassifier(
              ErrorKind.RATE_LIMITED,
              "wait, or give credentials of an account with a higher limit");
      default -> byClass(answer);
    };
  }

  private static ErrorClassifier unauthorized(ErrorResponse answer) {
    if (answer.says("project ") && answer.says(" not found")) {
      return new ErrorClassifier(
          ErrorKind.PROJECT_NOT_FOUND,
          "create the project, or correct the image's first path element");
    }
    return new ErrorClassifier(ErrorKind.UNAUTHORIZED, "");
  }

  private static ErrorClassifier forbidden(ErrorResponse answer) {
    if (answer.says("configured upper limit") || answer.says("quota")) {
      return new ErrorClassifier(
          ErrorKind.QUOTA, "raise the project's quota, or delete images that are not needed");
    }
    if (answer.says("read only mode")) {
      return new ErrorClassifier(
          ErrorKind.READ_ONLY, "try again when the registry takes pushes again");
    }
    if (answer.says("proxy project")) {
      return new ErrorClassifier(ErrorKind.PROXY_CACHE, "push to a project that is no proxy cache");
    }
    return new ErrorClassifier(
        ErrorKind.DENIED, "check what the account may do in this repository");
  }

  private static ErrorClassifier precondition(ErrorResponse answer) {
    return answer.says("immutable")
        ? new ErrorClassifier(ErrorKind.IMMUTABLE_TAG, "choose a tag that does not exist yet")
        : new ErrorClassifier(ErrorKind.DENIED, "a policy of the registry's project forbids it");
  }

  private static ErrorClassifier tooLarge(ErrorResponse answer) {
    return new ErrorClassifier(
        ErrorKind.TOO_LARGE,
        answer.errors().isEmpty()
            ? "a proxy before the registry limits the size of requests; for ingress-nginx set"
                + " nginx.ingress.kubernetes.io/proxy-body-size: \"0\""
            : "");
  }

  private static ErrorClassifier byClass(ErrorResponse answer) {
    if (answer.codes().contains("DIGEST_INVALID")) {
      return new ErrorClassifier(
          ErrorKind.DIGEST_MISMATCH, "the bytes changed on their way or on disk");
    }
    if (NOT_IMPLEMENTED.contains(answer.status())) {
      return new ErrorClassifier(ErrorKind.INVALID, "");
    }
    return switch (answer.status() / 100) {
      case 5 -> new ErrorClassifier(ErrorKind.UNAVAILABLE, "");
      case 3 ->
          new ErrorClassifier(
              ErrorKind.INVALID,
              "it redirects; check whether it wants https, or a proxy before it wants people to log in");
      default -> new ErrorClassifier(ErrorKind.INVALID, "");
    };
  }
}
