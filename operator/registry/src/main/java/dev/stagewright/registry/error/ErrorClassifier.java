package dev.stagewright.registry.error;

import java.util.Set;

/**
 * Classifies error responses of registries. Special cases are Harbor's, unless the distribution
 * specification defines them.
 *
 * @param kind the kind of failure
 * @param hint what the user can do; empty if the response needs no addition
 */
record ErrorClassifier(ErrorKind kind, String hint) {
  /** A method or an HTTP version that the server does not implement: retrying does not help. */
  private static final Set<Integer> NOT_IMPLEMENTED = Set.of(501, 505);

  static ErrorClassifier of(ErrorResponse response) {
    return switch (response.status()) {
      case 401 -> unauthorized(response);
      case 403 -> forbidden(response);
      case 404 -> new ErrorClassifier(ErrorKind.NOT_FOUND, "check the name and the tag");
      case 408 -> new ErrorClassifier(ErrorKind.UNAVAILABLE, "");
      case 412 -> precondition(response);
      case 413 -> tooLarge(response);
      case 429 ->
          new ErrorClassifier(
              ErrorKind.RATE_LIMITED, "wait, or use an account with a higher limit");
      default -> byStatusClass(response);
    };
  }

  private static ErrorClassifier unauthorized(ErrorResponse response) {
    if (response.mentions("project ") && response.mentions(" not found")) {
      return new ErrorClassifier(
          ErrorKind.PROJECT_NOT_FOUND,
          "create the project, or correct the first path element of the image name");
    }
    return new ErrorClassifier(ErrorKind.UNAUTHORIZED, "");
  }

  private static ErrorClassifier forbidden(ErrorResponse response) {
    if (response.mentions("configured upper limit") || response.mentions("quota")) {
      return new ErrorClassifier(
          ErrorKind.QUOTA, "raise the project's quota, or delete images that are not needed");
    }
    if (response.mentions("read only mode")) {
      return new ErrorClassifier(
          ErrorKind.READ_ONLY, "retry when the registry accepts pushes again");
    }
    if (response.mentions("proxy project")) {
      return new ErrorClassifier(
          ErrorKind.PROXY_CACHE, "push to a project that is not a proxy cache");
    }
    return new ErrorClassifier(
        ErrorKind.DENIED, "check the permissions of the account in this repository");
  }

  private static ErrorClassifier precondition(ErrorResponse response) {
    return response.mentions("immutable")
        ? new ErrorClassifier(ErrorKind.IMMUTABLE_TAG, "choose a tag that does not exist yet")
        : new ErrorClassifier(
            ErrorKind.DENIED, "a policy of the registry's project does not allow the operation");
  }

  private static ErrorClassifier tooLarge(ErrorResponse response) {
    return new ErrorClassifier(
        ErrorKind.TOO_LARGE,
        response.errors().isEmpty()
            ? "a proxy in front of the registry limits the size of requests; for ingress-nginx set"
                + " nginx.ingress.kubernetes.io/proxy-body-size: \"0\""
            : "");
  }

  private static ErrorClassifier byStatusClass(ErrorResponse response) {
    if (response.codes().contains("DIGEST_INVALID")) {
      return new ErrorClassifier(
          ErrorKind.DIGEST_MISMATCH, "the bytes changed in transit or on disk");
    }
    if (NOT_IMPLEMENTED.contains(response.status())) {
      return new ErrorClassifier(ErrorKind.INVALID, "");
    }
    return switch (response.status() / 100) {
      case 5 -> new ErrorClassifier(ErrorKind.UNAVAILABLE, "");
      case 3 ->
          new ErrorClassifier(
              ErrorKind.INVALID,
              "the registry redirects; check whether it requires https, or whether a proxy in front of it shows a login page");
      default -> new ErrorClassifier(ErrorKind.INVALID, "");
    };
  }
}
