package dev.stagewright.controller.webhook;

import dev.stagewright.api.v1alpha1.GitSource;
import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.api.v1alpha1.Webhook;
import dev.stagewright.controller.webhook.WebhookEvent.RefChange;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides whether an event starts a run.
 *
 * @param spec of the ImageBuild
 * @param webhook the filters
 */
record EventFilter(ImageBuildSpec spec, Webhook webhook) {
  private static final Pattern WILDCARD = Pattern.compile("\\*\\*|\\*");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{7,64}");

  /** The result. */
  sealed interface Result {
    /**
     * The event starts a run.
     *
     * @param revision what has changed, for the annotation
     */
    record Starts(String revision) implements Result {}

    /** The event does not start a run. */
    record Ignored(String reason) implements Result {}

    /** A test of the connection. */
    record Pong() implements Result {}
  }

  Result apply(WebhookEvent event) {
    return switch (event) {
      case WebhookEvent.Ping _ -> new Result.Pong();
      case WebhookEvent.Push push -> push(push);
      case WebhookEvent.ImagePush image -> image(image);
      case WebhookEvent.Other(var kind) ->
          new Result.Ignored("events of the kind \"" + printable(kind) + "\" start no run");
    };
  }

  private Result push(WebhookEvent.Push push) {
    if (push.changes().isEmpty()) {
      return new Result.Ignored("no branch or tag was changed");
    }
    var matching =
        push.changes().stream()
            .filter(change -> change.commit().isPresent())
            .filter(change -> matches(change, push.defaultBranch()))
            .findFirst();
    return matching
        .<Result>map(
            change -> new Result.Starts(change.title() + " " + change.commit().orElseThrow()))
        .orElseGet(() -> new Result.Ignored(ignored(push)));
  }

  private String ignored(WebhookEvent.Push push) {
    var changes =
        push.changes().stream()
            .limit(5)
            .map(change ->
                printable(change.title()) + (change.commit().isPresent() ? "" : " (deleted)"))
            .collect(Collectors.joining(", "));
    return changes + " does not match " + expectation(push.defaultBranch());
  }

  private boolean matches(RefChange change, Optional<String> defaultBranch) {
    if (hasFilters()) {
      return matchesAny(change.isTag() ? webhook.tags() : webhook.branches(), change.name());
    }
    var revision = revision();
    if (revision.isPresent()) {
      return change.name().equals(shortName(revision.get()));
    }
    return !change.isTag() && change.name().equals(defaultBranch.orElse(change.name()));
  }

  private String expectation(Optional<String> defaultBranch) {
    if (hasFilters()) {
      return "the branches %s and tags %s of spec.webhook"
          .formatted(webhook.branches(), webhook.tags());
    }
    return revision()
        .map(revision -> "spec.source.git.revision " + revision)
        .orElseGet(() ->
            "the default branch" + defaultBranch.map(name -> " " + printable(name)).orElse(""));
  }

  private boolean hasFilters() {
    return !webhook.branches().isEmpty() || !webhook.tags().isEmpty();
  }

  /** The branch or tag that the build uses; a commit never changes. */
  private Optional<String> revision() {
    return Optional.ofNullable(spec.source().git())
        .map(GitSource::revision)
        .filter(revision -> !COMMIT.matcher(revision).matches());
  }

  private static String shortName(String revision) {
    return revision.replaceFirst("^refs/(heads|tags)/", "");
  }

  private Result image(WebhookEvent.ImagePush image) {
    var name = image.repository() + image.tag().map(tag -> ":" + tag).orElse("");
    return webhook.images().isEmpty() || matchesAny(webhook.images(), name)
        ? new Result.Starts("image " + name + "@" + image.digest())
        : new Result.Ignored(
            "image " + printable(name) + " does not match the images of spec.webhook");
  }

  private static boolean matchesAny(List<String> patterns, String name) {
    return patterns.stream().anyMatch(pattern -> regex(pattern).matcher(name).matches());
  }

  /** One asterisk matches within a path segment, two match everything. */
  private static Pattern regex(String pattern) {
    var regex = new StringBuilder();
    var end = 0;
    var wildcards = WILDCARD.matcher(pattern);
    while (wildcards.find()) {
      regex.append(Pattern.quote(pattern.substring(end, wildcards.start())));
      regex.append(wildcards.group().length() == 2 ? ".*" : "[^/]*");
      end = wildcards.end();
    }
    return Pattern.compile(regex + Pattern.quote(pattern.substring(end)));
  }

  private static String printable(String text) {
    var cut = text.length() > 100 ? text.substring(0, 100) + "…" : text;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
