package dev.stagewright.controller.podstatus;

import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.Termination;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a Pod ended. */
public sealed interface PodTermination {

  /**
   * The container exited with code 0.
   *
   * @param report from the termination message; empty if the container did not write a valid one
   */
  record Completed(Optional<Termination> report) implements PodTermination {}

  /** The container reported a failure in its termination message. */
  record Failed(Termination.Failed report) implements PodTermination {
    /** The failure that the container reported. */
    public Failure failure() {
      return report.failure();
    }
  }

  /** The kernel killed the container, which had used more memory than it may. */
  record OutOfMemory() implements PodTermination {}

  /**
   * The container exited without reporting a failure.
   *
   * @param reason from the kubelet; may be the empty string
   */
  record Crashed(int exitCode, String reason) implements PodTermination {}

  /**
   * An init container that is not part of Stagewright failed, so the container never started.
   *
   * @param container name of the init container
   * @param cause exit code, reason and message of the init container
   */
  record InitContainerFailed(String container, String cause, Instant finishedAt)
      implements PodTermination {}

  /**
   * The kubelet evicted the Pod because it used more ephemeral storage than its limit.
   *
   * @param consumer whose limit was exceeded
   * @param name of the container or volume; the empty string for the whole Pod
   * @param limit as the kubelet reports it, for example {@code 2Gi}
   */
  record StorageLimitExceeded(Consumer consumer, String name, String limit)
      implements PodTermination {}

  /**
   * The Pod was evicted or deleted, or its node was lost.
   *
   * @param reason a CamelCase word, for example {@code Evicted}
   */
  record Lost(String reason, String message) implements PodTermination {}

  /** The Pod ran longer than its {@code activeDeadlineSeconds}. */
  record DeadlineExceeded() implements PodTermination {}

  /** An object with a limit of ephemeral storage. */
  enum Consumer {
    POD(
        "ephemeral local storage usage exceeds the total limit of containers ()(\\S+?)"
            + "\\.?(\\s|$)"),
    CONTAINER(
        "Container (\\S+) exceeded its local ephemeral storage limit \"?([^\"\\s]+?)\"?"
            + "\\.?(\\s|$)"),
    VOLUME(
        "Usage of EmptyDir volume \"?([^\"\\s]+)\"? exceeds the limit \"?([^\"\\s]+?)\"?"
            + "\\.?(\\s|$)");

    /** Matches the kubelet's eviction message; groups are the name and the limit. */
    private final Pattern message;

    Consumer(String message) {
      this.message = Pattern.compile(message);
    }

    private Matcher match(String text) {
      return message.matcher(text);
    }
  }

  /** The termination of a Pod that was stopped from outside, by the reason that its node gives. */
  static PodTermination lost(String reason, String message) {
    for (var consumer : Consumer.values()) {
      var match = consumer.match(message);
      if (match.find()) {
        return new StorageLimitExceeded(consumer, match.group(1), match.group(2));
      }
    }
    return new Lost(reason, message);
  }
}
