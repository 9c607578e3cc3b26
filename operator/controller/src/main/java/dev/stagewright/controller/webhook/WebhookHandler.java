package dev.stagewright.controller.webhook;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.Webhook;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Verifies requests, and requests runs. */
final class WebhookHandler {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookHandler.class);
  private static final int BAD_REQUEST = 400;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;

  /** Senders repeat a delivery within minutes. */
  private static final Duration MEMORY = Duration.ofHours(1);

  private static final int REMEMBERED = 10_000;
  private static final int BUILD_BURST = 20;
  private static final Duration BUILD_REFILL = Duration.ofSeconds(3);
  private static final int MAX_BUILDS = 10_000;

  /** Takes the place of a secret that does not exist, so that the check takes the same time. */
  private static final SignatureCheck NOBODY = new SignatureCheck("nobody");

  private final WebhookTargets targets;
  private final InstantSource clock;
  private final EventReader reader = new EventReader();
  private final ReplayMemory seen;
  private final RateLimiter perBuild;

  WebhookHandler(WebhookTargets targets, InstantSource clock) {
    this.targets = targets;
    this.clock = clock;
    this.seen = new ReplayMemory(MEMORY, REMEMBERED, clock);
    this.perBuild = new RateLimiter(BUILD_BURST, BUILD_REFILL, MAX_BUILDS, clock);
  }

  /** Handles a request. */
  WebhookAnswer handle(Delivery delivery) {
    var sender = Sender.of(delivery);
    if (sender.isEmpty()) {
      return WebhookAnswer.refused(
          BAD_REQUEST,
          "unknown_sender",
          "the request has no header of GitHub, GitLab, Gitea, Forgejo, Bitbucket or Harbor");
    }
    // Bitbucket Data Center does not sign its test of the connection.
    if (sender.get() == Sender.BITBUCKET
        && sender.get().event(delivery).equals("diagnostics:ping")) {
      return WebhookAnswer.pong();
    }
    try {
      return handle(sender.get(), delivery);
    } catch (KubernetesClientException e) {
      LOG.warn(
          "webhook for {}: the API server does not respond: {}", delivery.build(), e.toString());
      return WebhookAnswer.refused(
          UNAVAILABLE, "api_server", "the API server does not respond; send the request again");
    }
  }

  private WebhookAnswer handle(Sender sender, Delivery delivery) {
    var build = targets.build(delivery.namespace(), delivery.name());
    var webhook = build.flatMap(it -> Optional.ofNullable(it.getSpec().webhook()));
    var check = webhook.flatMap(it -> check(build.orElseThrow(), it));
    var isValid = check.orElse(NOBODY).accepts(sender, delivery, clock.instant());
    if (!isValid || check.isEmpty()) {
      LOG.info("webhook for {} refused: {}", delivery.build(), cause(build, webhook, check));
      return WebhookAnswer.UNAUTHORIZED;
    }
    return verified(sender, delivery, build.orElseThrow(), webhook.orElseThrow());
  }

  private Optional<SignatureCheck> check(ImageBuild build, Webhook webhook) {
    var secret = webhook.secret();
    var key = secret.key() == null ? Webhook.WebhookSecret.DEFAULT_KEY : secret.key();
    var value =
        targets
            .secret(build.getMetadata().getNamespace(), secret.name(), key)
            .map(String::strip)
            .filter(text -> !text.isEmpty());
    if (value.isEmpty()) {
      targets.reportUnusableSecret(build, "the key " + key + " of the Secret " + secret.name());
    }
    return value.map(SignatureCheck::new);
  }

  private static String cause(
      Optional<ImageBuild> build, Optional<Webhook> webhook, Optional<SignatureCheck> check) {
    if (build.isEmpty()) {
      return "no such ImageBuild";
    }
    if (webhook.isEmpty()) {
      return "the ImageBuild has no spec.webhook";
    }
    return check.isEmpty() ? "its Secret is not usable" : "wrong signature, token or time";
  }

  private WebhookAnswer verified(
      Sender sender, Delivery delivery, ImageBuild build, Webhook webhook) {
    if (!perBuild.accepts(delivery.build())) {
      return WebhookAnswer.refused(
          TOO_MANY, "rate_limited", "too many requests for this ImageBuild");
    }
    WebhookEvent event;
    try {
      event = reader.read(sender, delivery);
    } catch (IOException _) {
      return WebhookAnswer.refused(
          BAD_REQUEST, "malformed", "the body is not JSON; set the content type application/json");
    }
    return switch (new EventFilter(build.getSpec(), webhook).apply(event)) {
      case EventFilter.Result.Pong _ -> WebhookAnswer.pong();
      case EventFilter.Result.Ignored(var reason) -> WebhookAnswer.ignored("filtered", reason);
      case EventFilter.Result.Starts(var revision) -> start(sender, delivery, build, revision);
    };
  }

  private WebhookAnswer start(Sender sender, Delivery delivery, ImageBuild build, String revision) {
    var fingerprint = delivery.fingerprint();
    if (!seen.add(fingerprint)) {
      return WebhookAnswer.ignored("replayed", "this delivery was received before");
    }
    try {
      var value = "webhook of " + sender.title() + ": " + revision;
      if (!targets.requestRebuild(build, value)) {
        return WebhookAnswer.ignored("unchanged", revision + " was requested before");
      }
      LOG.info("webhook for {} accepted: {}", delivery.build(), value);
      return WebhookAnswer.accepted("a run for " + revision + " was requested");
    } catch (KubernetesClientException e) {
      seen.remove(fingerprint);
      throw e;
    }
  }
}
