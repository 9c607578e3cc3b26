package dev.stagewright.controller.webhook;

import java.util.Optional;

/** The kinds of servers that send webhooks, recognized by their headers. */
enum Sender {
  /** Gitea and Forgejo. They also send the headers of GitHub, so they come first. */
  GITEA("x-gitea-event", "gitea"),
  GITHUB("x-github-event", "github"),
  GITLAB("x-gitlab-event", "gitlab"),
  /** Bitbucket Cloud and Bitbucket Data Center. */
  BITBUCKET("x-event-key", "bitbucket"),
  /** Harbor has no header of its own for events. */
  HARBOR("authorization", "harbor");

  private final String header;
  private final String title;

  Sender(String header, String title) {
    this.header = header;
    this.title = title;
  }

  /** The name in metrics and in the annotation. */
  String title() {
    return title;
  }

  /** The kind of event that the headers name; empty for Harbor. */
  String event(Delivery delivery) {
    return this == HARBOR ? "" : delivery.header(header).orElse("");
  }

  /** The sender of a request; empty if it is none of these. */
  static Optional<Sender> of(Delivery delivery) {
    for (var sender : values()) {
      if (delivery.header(sender.header).isPresent()) {
        return Optional.of(sender);
      }
    }
    return Optional.empty();
  }
}
