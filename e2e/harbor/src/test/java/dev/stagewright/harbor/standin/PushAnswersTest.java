package dev.stagewright.harbor.standin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a real Harbor 2.16 answered to pushes, quoted. */
class PushAnswersTest {
  private static final byte[] MANIFEST = "{\"schemaVersion\":2}".getBytes(UTF_8);

  private final Asking asking = new Asking();

  @AfterEach
  void stop() {
    asking.close();
  }

  @Test
  void anImageIsThereOnceItIsPushed() throws Exception {
    var layer = "layer".getBytes(UTF_8);
    assertThat(asking.pushBlob("alpha/a", Asking.PUSHER, layer).statusCode()).isEqualTo(201);
    var manifest =
        "{\"schemaVersion\":2,\"layers\":[{\"digest\":\"%s\"}]}"
            .formatted(Digests.of(layer))
            .getBytes(UTF_8);
    var pushed = asking.pushManifest("alpha/a/manifests/1", Asking.PUSHER, manifest);
    assertThat(pushed.statusCode()).isEqualTo(201);

    var found = asking.ask("HEAD /v2/alpha/a/manifests/1", Asking.basic(Asking.PULLER));
    var digest = Digests.of(manifest);
    assertThat(found.statusCode()).isEqualTo(200);
    assertThat(found.headers().firstValue("Docker-Content-Digest")).hasValue(digest);
    assertThat(found.headers().firstValue("Etag")).hasValue("\"" + digest + "\"");
    assertThat(found.headers().firstValue("Docker-Distribution-Api-Version"))
        .hasValue("registry/2.0");
    var missing = asking.ask("HEAD /v2/alpha/a/manifests/2", Asking.basic(Asking.PULLER));
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.headers().firstValue("Docker-Distribution-Api-Version")).isEmpty();
  }

  @Test
  void anUploadIsAbsoluteAndABodyInItsStartIsIgnored() throws Exception {
    var headers = Map.of("Authorization", Asking.basic(Asking.PUSHONLY));
    var blob = "blob".getBytes(UTF_8);
    var path = "/v2/alpha/a/blobs/uploads/?digest=" + Digests.of(blob);

    var answer = asking.ask("POST", path, headers, blob);

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("Location").orElse(""))
        .startsWith(asking.harbor().origin() + "/v2/alpha/a/blobs/uploads/")
        .contains("_state=");
  }

  @Test
  void aManifestThatNamesAnUnknownBlobIsRefused() throws Exception {
    var digest = Digests.of(new byte[0]);
    var manifest = "{\"layers\":[{\"digest\":\"%s\"}]}".formatted(digest).getBytes(UTF_8);

    var answer = asking.pushManifest("alpha/a/manifests/1", Asking.PUSHER, manifest);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo(
            "{\"errors\":[{\"code\":\"MANIFEST_BLOB_UNKNOWN\",\"message\":\"blob unknown to"
                + " registry\",\"detail\":\""
                + digest
                + "\"}]}\n");
  }

  @Test
  void anImmutableTagRefusesEvenTheDigestThatItHas() throws Exception {
    asking.pushManifest("imm/a/manifests/rel-1", Asking.ADMIN, MANIFEST);

    var again = asking.pushManifest("imm/a/manifests/rel-1", Asking.ADMIN, MANIFEST);

    assertThat(again.statusCode()).isEqualTo(412);
    assertThat(again.headers().firstValue("Content-Length")).hasValue("117");
    assertThat(again.headers().firstValue("Docker-Distribution-Api-Version")).isEmpty();
    assertThat(again.body())
        .isEqualTo(
            "{\"errors\":[{\"code\":\"PRECONDITION\",\"message\":\"Failed to process request due to"
                + " 'a:rel-1' configured as immutable.\"}]}\n");
    var byDigest = "imm/a/manifests/" + Digests.of(MANIFEST);
    assertThat(asking.pushManifest(byDigest, Asking.ADMIN, MANIFEST).statusCode()).isEqualTo(201);
    var other = asking.pushManifest("imm/a/manifests/rel-2", Asking.ADMIN, MANIFEST);
    assertThat(other.statusCode()).isEqualTo(201);
  }

  @Test
  void aQuotaIsCheckedWhenTheBytesHaveGoneOver() throws Exception {
    var answer = asking.pushBlob("small/a", Asking.ADMIN, new byte[2 << 20]);

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("Content-Length")).hasValue("173");
    assertThat(answer.body())
        .isEqualTo(
            "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"adding 2.0 MiB of storage resource, which"
                + " when updated to current usage of 0 B will exceed the configured upper limit of"
                + " 1.0 MiB.\"}]}\n");
  }

  @Test
  void robotsDoNotSeeQuotas() throws Exception {
    var id = asking.harbor().world().project("small").id();
    var line = "GET /api/v2.0/quotas?reference=project&reference_id=" + id;

    assertThat(asking.ask(line, Asking.basic(Asking.ADMIN)).body())
        .contains("\"hard\":{\"storage\":1048576}", "\"used\":{\"storage\":0}");
    var robot = asking.ask(line, Asking.basic(Asking.PUSHER));
    assertThat(robot.statusCode()).isEqualTo(403);
    assertThat(robot.body())
        .isEqualTo("{\"errors\":[{\"code\":\"FORBIDDEN\",\"message\":\"robot$alpha+pusher\"}]}\n");
  }

  @Test
  void aManifestOfFiveMebibytesIsTooLarge() throws Exception {
    var answer = asking.pushManifest("alpha/a/manifests/1", Asking.PUSHER, new byte[5 << 20]);

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body())
        .isEqualTo(
            "{\"errors\":[{\"code\":\"REQUEST_ENTITY_TOO_LARGE\",\"message\":\"request entity too"
                + " large\"}]}\n");
  }

  @Test
  void aTagIsNotDeletedThroughTheRegistry() throws Exception {
    var answer = asking.ask("DELETE /v2/alpha/a/manifests/1", Asking.basic(Asking.PUSHER));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo(
            "{\"errors\":[{\"code\":\"UNSUPPORTED\",\"message\":\"unsupported digest 1: invalid"
                + " checksum digest format\"}]}\n");
  }

  @Test
  void aReadOnlySystemRefusesChanges() throws Exception {
    asking.harbor().world().readOnly(true);

    var answer = asking.ask("POST /v2/alpha/a/blobs/uploads/", Asking.basic(Asking.PUSHER));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body())
        .isEqualTo(
            "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"The system is in read only mode. Any"
                + " modification is prohibited.\"}]}\n");
  }

  @Test
  void aProjectIsCreatedOnce() throws Exception {
    var headers =
        Map.of("Authorization", Asking.basic(Asking.ADMIN), "Content-Type", "application/json");
    var body = "{\"project_name\":\"new\"}".getBytes(UTF_8);

    var first = asking.ask("POST", "/api/v2.0/projects", headers, body);
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(first.headers().firstValue("Location").orElse(""))
        .matches("/api/v2.0/projects/[0-9]+");
    var second = asking.ask("POST", "/api/v2.0/projects", headers, body);
    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(second.body()).contains("\"CONFLICT\"", "The project named new already exists");
  }

  @Test
  void aClientThatKeepsTheSessionsCookieIsTakenForABrowser() throws Exception {
    var headers = Map.of("Authorization", Asking.basic(Asking.ADMIN), "Cookie", "sid=1");

    var answer = asking.ask("POST", "/api/v2.0/projects", headers, new byte[0]);

    assertThat(answer.statusCode()).isEqualTo(403);
  }
}
