package dev.stagewright.controller.webhook;

/**
 * The answer to a request.
 *
 * @param status HTTP status
 * @param outcome {@code accepted}, {@code ignored} or {@code refused}
 * @param label reason for metrics, from a small set
 * @param reason reason for the sender
 */
record WebhookAnswer(int status, String outcome, String label, String reason) {
  private static final int OK = 200;
  private static final int ACCEPTED = 202;

  /** Equal for all requests that are not from someone who knows the secret of a build. */
  static final WebhookAnswer UNAUTHORIZED =
      refused(
          401,
          "unauthorized",
          "the ImageBuild does not exist, has no webhook, or its secret is another one");

  static WebhookAnswer accepted(String reason) {
    return new WebhookAnswer(OK, "accepted", "rebuild", reason);
  }

  static WebhookAnswer pong() {
    return new WebhookAnswer(OK, "accepted", "ping", "pong");
  }

  static WebhookAnswer ignored(String label, String reason) {
    return new WebhookAnswer(ACCEPTED, "ignored", label, reason);
  }

  static WebhookAnswer refused(int status, String label, String reason) {
    return new WebhookAnswer(status, "refused", label, reason);
  }
}
