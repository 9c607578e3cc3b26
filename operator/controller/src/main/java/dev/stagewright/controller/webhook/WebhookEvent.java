package dev.stagewright.controller.webhook;

import java.util.List;
import java.util.Optional;

/** What a sender reports. */
sealed interface WebhookEvent {

  /** A test of the connection. */
  record Ping() implements WebhookEvent {}

  /**
   * Branches and tags were changed.
   *
   * @param changes the changes
   * @param defaultBranch default branch of the repository; empty if the sender does not name it
   */
  record Push(List<RefChange> changes, Optional<String> defaultBranch) implements WebhookEvent {
    /** Copies the list. */
    public Push {
      changes = List.copyOf(changes);
    }
  }

  /**
   * An image was pushed to a registry.
   *
   * @param repository the repository in the registry, such as {@code library/golang}
   * @param tag tag of the image; empty if it was pushed by digest
   * @param digest digest of the image
   */
  record ImagePush(String repository, Optional<String> tag, String digest)
      implements WebhookEvent {}

  /** Another event, which does not start a run. */
  record Other(String kind) implements WebhookEvent {}

  /**
   * A change of a branch or tag.
   *
   * @param isTag whether it is a tag
   * @param name name of the branch or tag
   * @param commit the new commit; empty if the branch or tag was deleted
   */
  record RefChange(boolean isTag, String name, Optional<String> commit) {
    private static final String BRANCHES = "refs/heads/";
    private static final String TAGS = "refs/tags/";

    /** A change of a full reference name; empty if it is neither a branch nor a tag. */
    static Optional<RefChange> of(String ref, Optional<String> commit) {
      if (ref.startsWith(BRANCHES)) {
        return Optional.of(new RefChange(false, ref.substring(BRANCHES.length()), commit));
      }
      return ref.startsWith(TAGS)
          ? Optional.of(new RefChange(true, ref.substring(TAGS.length()), commit))
          : Optional.empty();
    }

    /** The kind and the name, for messages. */
    String title() {
      return (isTag ? "tag " : "branch ") + name;
    }
  }
}
