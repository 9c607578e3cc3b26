package dev.stagewright.controller.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagewright.controller.webhook.WebhookEvent.RefChange;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the payloads of senders. */
final class EventReader {
  private static final Set<String> GITLAB_PUSHES = Set.of("push", "tag_push");
  private static final String PUSH = "push";
  private static final String NO_COMMIT = "0+";

  private final ObjectMapper json = new ObjectMapper();

  /**
   * Reads a verified request.
   *
   * @throws IOException if the body is not JSON
   */
  WebhookEvent read(Sender sender, Delivery delivery) throws IOException {
    var body = json.readTree(delivery.body());
    var event = sender.event(delivery);
    return switch (sender) {
      case GITHUB, GITEA -> github(event, body);
      case GITLAB -> gitlab(body);
      case BITBUCKET -> bitbucket(event, body);
      case HARBOR -> harbor(body);
    };
  }

  private static WebhookEvent github(String event, JsonNode body) {
    return switch (event) {
      case "ping" -> new WebhookEvent.Ping();
      case PUSH ->
          push(
              body.path("ref").asText(),
              commit(body.path("after")),
              text(body.path("repository").path("default_branch")));
      default -> new WebhookEvent.Other(event);
    };
  }

  private static WebhookEvent gitlab(JsonNode body) {
    var kind = body.path("object_kind").asText(body.path("event_name").asText());
    return GITLAB_PUSHES.contains(kind)
        ? push(
            body.path("ref").asText(),
            // The commit of an annotated tag; "after" is the tag object.
            commit(body.path("checkout_sha")).or(() -> commit(body.path("after"))),
            text(body.path("project").path("default_branch")))
        : new WebhookEvent.Other(kind);
  }

  private static WebhookEvent push(
      String ref, Optional<String> commit, Optional<String> defaultBranch) {
    return new WebhookEvent.Push(RefChange.of(ref, commit).stream().toList(), defaultBranch);
  }

  private static WebhookEvent bitbucket(String event, JsonNode body) {
    return switch (event) {
      case "diagnostics:ping" -> new WebhookEvent.Ping();
      case "repo:push" ->
          new WebhookEvent.Push(
              elements(body.path("push").path("changes"))
                  .flatMap(change -> cloudChange(change).stream())
                  .toList(),
              text(body.path("repository").path("mainbranch").path("name")));
      case "repo:refs_changed" ->
          new WebhookEvent.Push(
              elements(body.path("changes"))
                  .flatMap(change ->
                      RefChange.of(
                          change.path("ref").path("id").asText(), commit(change.path("toHash")))
                          .stream())
                  .toList(),
              Optional.empty());
      default -> new WebhookEvent.Other(event);
    };
  }

  private static Optional<RefChange> cloudChange(JsonNode change) {
    var current = change.path("new");
    var named = current.isObject() ? current : change.path("old");
    return text(named.path("name"))
        .map(name ->
            new RefChange(
                named.path("type").asText().equals("tag"),
                name,
                commit(current.path("target").path("hash"))));
  }

  /** The default format of Harbor, and the data of its CloudEvents format. */
  private static WebhookEvent harbor(JsonNode body) {
    var isCloudEvent = body.has("specversion");
    var kind = body.path("type").asText();
    var data = isCloudEvent ? body.path("data") : body.path("event_data");
    if (!Set.of("PUSH_ARTIFACT", "harbor.artifact.pushed").contains(kind)) {
      return new WebhookEvent.Other(kind);
    }
    var resource = data.path("resources").path(0);
    var digest = resource.path("digest").asText();
    return new WebhookEvent.ImagePush(
        data.path("repository").path("repo_full_name").asText(),
        // Harbor sends the digest as the tag of an image without a tag.
        text(resource.path("tag")).filter(tag -> !tag.equals(digest)),
        digest);
  }

  private static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  private static Optional<String> commit(JsonNode node) {
    return text(node).filter(commit -> !commit.matches(NO_COMMIT));
  }

  private static Optional<String> text(JsonNode node) {
    return node.isTextual() && !node.asText().isEmpty()
        ? Optional.of(node.asText())
        : Optional.empty();
  }
}
