package dev.stagewright.controller.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.controller.webhook.WebhookEvent.ImagePush;
import dev.stagewright.controller.webhook.WebhookEvent.Other;
import dev.stagewright.controller.webhook.WebhookEvent.Ping;
import dev.stagewright.controller.webhook.WebhookEvent.Push;
import dev.stagewright.controller.webhook.WebhookEvent.RefChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The payloads have the shapes that the documentation of the senders describes. */
class EventReaderTest {
  private static final String COMMIT = "4fd2a1c0de4fd2a1c0de4fd2a1c0de4fd2a1c0de";
  private static final String NONE = "0".repeat(40);

  @Test
  void readsPushesOfGithubAndGitea() throws Exception {
    var body =
        """
        {"ref": "refs/heads/main", "before": "%s", "after": "%s", "deleted": false,
         "repository": {"full_name": "team/hello", "default_branch": "main"},
         "pusher": {"name": "jane"}, "commits": [{"id": "%s", "message": "x"}]}
        """
            .formatted(NONE, COMMIT, COMMIT);
    var push = new Push(List.of(branch("main", COMMIT)), Optional.of("main"));

    assertThat(read(Sender.GITHUB, Map.of("x-github-event", "push"), body)).isEqualTo(push);
    assertThat(read(Sender.GITEA, Map.of("x-gitea-event", "push"), body)).isEqualTo(push);
  }

  @Test
  void readsDeletedBranches() throws Exception {
    var body =
        "{\"ref\": \"refs/heads/old\", \"after\": \"%s\", \"deleted\": true}".formatted(NONE);

    assertThat(read(Sender.GITHUB, Map.of("x-github-event", "push"), body))
        .isEqualTo(
            new Push(List.of(new RefChange(false, "old", Optional.empty())), Optional.empty()));
  }

  @Test
  void readsOtherEventsOfGithub() throws Exception {
    assertThat(
            read(
                Sender.GITHUB,
                Map.of("x-github-event", "ping"),
                "{\"zen\": \"x\", \"hook_id\": 1}"))
        .isEqualTo(new Ping());
    assertThat(read(Sender.GITHUB, Map.of("x-github-event", "issues"), "{\"action\": \"opened\"}"))
        .isEqualTo(new Other("issues"));
  }

  @Test
  void readsPushesOfGitlab() throws Exception {
    var body =
        """
        {"object_kind": "push", "event_name": "push", "before": "%s", "after": "%s",
         "ref": "refs/heads/feature/x", "checkout_sha": "%s", "project_id": 15,
         "project": {"path_with_namespace": "team/hello", "default_branch": "main"}}
        """
            .formatted(NONE, COMMIT, COMMIT);

    assertThat(read(Sender.GITLAB, Map.of("x-gitlab-event", "Push Hook"), body))
        .isEqualTo(new Push(List.of(branch("feature/x", COMMIT)), Optional.of("main")));
  }

  @Test
  void readsTheCommitOfAnAnnotatedTagOfGitlab() throws Exception {
    var body =
        """
        {"object_kind": "tag_push", "after": "82b3d5ae55f7080f1e6022629cdb57bfae7cccc7",
         "ref": "refs/tags/v1.0", "checkout_sha": "%s", "project": {"default_branch": "main"}}
        """
            .formatted(COMMIT);

    assertThat(read(Sender.GITLAB, Map.of("x-gitlab-event", "Tag Push Hook"), body))
        .isEqualTo(
            new Push(
                List.of(new RefChange(true, "v1.0", Optional.of(COMMIT))), Optional.of("main")));
  }

  @Test
  void readsDeletedBranchesOfGitlab() throws Exception {
    var body =
        """
        {"object_kind": "push", "after": "%s", "ref": "refs/heads/old", "checkout_sha": null}
        """
            .formatted(NONE);

    assertThat(read(Sender.GITLAB, Map.of("x-gitlab-event", "Push Hook"), body))
        .isEqualTo(
            new Push(List.of(new RefChange(false, "old", Optional.empty())), Optional.empty()));
  }

  @Test
  void readsPushesOfBitbucketCloud() throws Exception {
    var body =
        """
        {"actor": {"type": "user"}, "repository": {"full_name": "team/hello"},
         "push": {"changes": [
           {"new": {"type": "branch", "name": "main", "target": {"type": "commit", "hash": "%s"}},
            "old": {"type": "branch", "name": "main"}, "created": false, "closed": false},
           {"new": {"type": "tag", "name": "v1", "target": {"hash": "%s"}}, "old": null},
           {"new": null, "old": {"type": "branch", "name": "gone"}, "closed": true}]}}
        """
            .formatted(COMMIT, COMMIT);

    assertThat(read(Sender.BITBUCKET, Map.of("x-event-key", "repo:push"), body))
        .isEqualTo(
            new Push(
                List.of(
                    branch("main", COMMIT),
                    new RefChange(true, "v1", Optional.of(COMMIT)),
                    new RefChange(false, "gone", Optional.empty())),
                Optional.empty()));
  }

  @Test
  void readsPushesOfBitbucketDataCenter() throws Exception {
    var body =
        """
        {"eventKey": "repo:refs_changed", "date": "2026-01-01T10:00:00+0000",
         "changes": [{"ref": {"id": "refs/heads/main", "displayId": "main", "type": "BRANCH"},
           "refId": "refs/heads/main", "fromHash": "%s", "toHash": "%s", "type": "UPDATE"}]}
        """
            .formatted(NONE, COMMIT);

    assertThat(read(Sender.BITBUCKET, Map.of("x-event-key", "repo:refs_changed"), body))
        .isEqualTo(new Push(List.of(branch("main", COMMIT)), Optional.empty()));
  }

  @Test
  void readsPushesOfHarbor() throws Exception {
    var body =
        """
        {"type": "PUSH_ARTIFACT", "occur_at": 1767261600, "operator": "admin",
         "event_data": {
           "resources": [{"digest": "sha256:abc", "tag": "1.25", "resource_url": "h/library/go:1.25"}],
           "repository": {"name": "golang", "namespace": "library",
             "repo_full_name": "library/golang", "repo_type": "public"}}}
        """;

    assertThat(read(Sender.HARBOR, Map.of(), body))
        .isEqualTo(new ImagePush("library/golang", Optional.of("1.25"), "sha256:abc"));
  }

  @Test
  void readsCloudEventsOfHarbor() throws Exception {
    var body =
        """
        {"specversion": "1.0", "type": "harbor.artifact.pushed", "source": "/projects/1/…",
         "data": {"resources": [{"digest": "sha256:abc", "tag": "sha256:abc"}],
           "repository": {"repo_full_name": "library/golang"}}}
        """;

    assertThat(read(Sender.HARBOR, Map.of(), body))
        .isEqualTo(new ImagePush("library/golang", Optional.empty(), "sha256:abc"));
  }

  @Test
  void readsAnyJsonWithoutFailing() throws Exception {
    for (var body : List.of("{}", "[]", "null", "1", "{\"ref\": 5}", "{\"push\": []}")) {
      for (var sender : Sender.values()) {
        assertThat(read(sender, Map.of("x-github-event", "push", "x-event-key", "repo:push"), body))
            .isNotNull();
      }
    }
    assertThatThrownBy(() -> read(Sender.GITLAB, Map.of(), "payload=%7B%7D"))
        .isInstanceOf(IOException.class);
  }

  private static RefChange branch(String name, String commit) {
    return new RefChange(false, name, Optional.of(commit));
  }

  private static WebhookEvent read(Sender sender, Map<String, String> headers, String body)
      throws IOException {
    return new EventReader()
        .read(
            sender, new Delivery("team", "hello", headers, body.getBytes(StandardCharsets.UTF_8)));
  }
}
