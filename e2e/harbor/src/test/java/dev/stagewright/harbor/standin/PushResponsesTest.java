package dev.stagewright.harbor.standin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The recorded responses of a real Harbor 2.16 to pushes. */
class PushResponsesTest {
  private static final byte[] MANIFEST = "{\"schemaVersion\":2}".getBytes(UTF_8);

  private final StandInClient client = new StandInClient();

  @AfterEach
  void stop() {
    client.close();
  }

  @Test
  void pushedImageExists() throws Exception {
    var layer = "layer".getBytes(UTF_8);
    assertThat(client.pushBlob("alpha/a", StandInClient.PUSHER, layer).statusCode()).isEqualTo(201);
    var manifest =
        "{\"schemaVersion\":2,\"layers\":[{\"digest\":\"%s\"}]}"
            .formatted(Digests.of(layer))
            .getBytes(UTF_8);
    var pushed = client.pushManifest("alpha/a/manifests/1", StandInClient.PUSHER, manifest);
    assertThat(pushed.statusCode()).isEqualTo(201);

    var found =
        client.send("HEAD /v2/alpha/a/manifests/1", StandInClient.basic(StandInClient.PULLER));
    var digest = Digests.of(manifest);
    assertThat(found.statusCode()).isEqualTo(200);
    assertThat(found.headers().firstValue("Docker-Content-Digest")).hasValue(digest);
    assertThat(found.headers().firstValue("Etag")).hasValue("\"" + digest + "\"");
    assertThat(found.headers().firstValue("Docker-Distribution-Api-Version"))
        .hasValue("registry/2.0");
    var missing =
        client.send("HEAD /v2/alpha/a/manifests/2", StandInClient.basic(StandInClient.PULLER));
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.headers().firstValue("Docker-Distribution-Api-Version")).isEmpty();
  }

  @Test
  void uploadUrlIsAbsoluteAndInitialBodyIgnored() throws Exception {
    var headers = Map.of("Authorization", StandInClient.basic(StandInClient.PUSHONLY));
    var blob = "blob".getBytes(UTF_8);
    var path = "/v2/alpha/a/blobs/uploads/?digest=" + Digests.of(blob);

    var response = client.send("POST", path, headers, blob);

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.headers().firstValue("Location").orElse(""))
        .startsWith(client.harbor().origin() + "/v2/alpha/a/blobs/uploads/")
        .contains("_state=");
  }

  @Test
  void rejectsManifestWithUnknownBlob() throws Exception {
    var digest = Digests.of(new byte[0]);
    var manifest = "{\"layers\":[{\"digest\":\"%s\"}]}".formatted(digest).getBytes(UTF_8);

    var response = client.pushManifest("alpha/a/manifests/1", StandInClient.PUSHER, manifest);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .isEqualTo(
            "{\"errors\":[{\"code\":\"MANIFEST_BLOB_UNKNOWN\",\"message\":\"blob unknown to"
                + " registry\",\"detail\":\""
                + digest
                + "\"}]}\n");
  }

  @Test
  void immutableTagRejectsSameDigest() throws Exception {
    client.pushManifest("imm/a/manifests/rel-1", StandInClient.ADMIN, MANIFEST);

    var again = client.pushManifest("imm/a/manifests/rel-1", StandInClient.ADMIN, MANIFEST);

    assertThat(again.statusCode()).isEqualTo(412);
    assertThat(again.headers().firstValue("Content-Length")).hasValue("117");
    assertThat(again.headers().firstValue("Docker-Distribution-Api-Version")).isEmpty();
    assertThat(again.body())
        .isEqualTo(
            "{\"errors\":[{\"code\":\"PRECONDITION\",\"message\":\"Failed to process request due to"
                + " 'a:rel-1' configured as immutable.\"}]}\n");
    var byDigest = "imm/a/manifests/" + Digests.of(MANIFEST);
    assertThat(client.pushManifest(byDigest, StandInClient.ADMIN, MANIFEST).statusCode())
        .isEqualTo(201);
    var other = client.pushManifest("imm/a/manifests/rel-2", StandInClient.ADMIN, MANIFEST);
    assertThat(other.statusCode()).isEqualTo(201);
  }

  @Test
  void checksQuotaAfterUpload() throws Exception {
    var response = client.pushBlob("small/a", StandInClient.ADMIN, new byte[2 << 20]);

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.headers().firstValue("Content-Length")).hasValue("173");
    assertThat(response.body())
        .isEqualTo(
            "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"adding 2.0 MiB of storage resource, which"
                + " when updated to current usage of 0 B will exceed the configured upper limit of"
                + " 1.0 MiB.\"}]}\n");
  }

  @Test
  void robotsCannotReadQuotas() throws Exception {
    var id = client.harbor().world().project("small").id();
    var line = "GET /api/v2.0/quotas?reference=project&reference_id=" + id;

    assertThat(client.send(line, StandInClient.basic(StandInClient.ADMIN)).body())
        .contains("\"hard\":{\"storage\":1048576}", "\"used\":{\"storage\":0}");
    var robot = client.send(line, StandInClient.basic(StandInClient.PUSHER));
    assertThat(robot.statusCode()).isEqualTo(403);
    assertThat(robot.body())
        .isEqualTo("{\"errors\":[{\"code\":\"FORBIDDEN\",\"message\":\"robot$alpha+pusher\"}]}\n");
  }

  @Test
  void rejectsManifestOfFiveMebibytes() throws Exception {
    var response =
        client.pushManifest("alpha/a/manifests/1", StandInClient.PUSHER, new byte[5 << 20]);

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body())
        .isEqualTo(
            "{\"errors\":[{\"code\":\"REQUEST_ENTITY_TOO_LARGE\",\"message\":\"request entity too"
                + " large\"}]}\n");
  }

  @Test
  void registryDoesNotDeleteTags() throws Exception {
    var response =
        client.send("DELETE /v2/alpha/a/manifests/1", StandInClient.basic(StandInClient.DELETER));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .isEqualTo(
            "{\"errors\":[{\"code\":\"UNSUPPORTED\",\"message\":\"unsupported digest 1: invalid"
                + " checksum digest format\"}]}\n");
  }

  @Test
  void deletionOfAnArtifactDeletesItsTagsAndRequiresItsOwnPermission() throws Exception {
    var manifest = "{\"schemaVersion\":2,\"layers\":[]}".getBytes(UTF_8);
    var _ = client.pushManifest("alpha/a/manifests/1", StandInClient.PUSHER, manifest);
    var _ = client.pushManifest("alpha/a/manifests/2", StandInClient.PUSHER, manifest);
    var deletion = "DELETE /v2/alpha/a/manifests/" + Digests.of(manifest);

    var withoutPermission = client.send(deletion, StandInClient.basic(StandInClient.PUSHER));
    assertThat(withoutPermission.statusCode()).isEqualTo(401);
    assertThat(withoutPermission.body()).contains("action: delete");

    var deleter = StandInClient.basic(StandInClient.DELETER);
    assertThat(client.send(deletion, deleter).statusCode()).isEqualTo(202);
    assertThat(client.send(deletion, deleter).statusCode()).isEqualTo(404);
    var tags = client.send("GET /v2/alpha/a/tags/list", StandInClient.basic(StandInClient.PULLER));
    assertThat(tags.body()).contains("\"tags\":[]");
  }

  @Test
  void tagsArePaged() throws Exception {
    var manifest = "{\"schemaVersion\":2,\"layers\":[]}".getBytes(UTF_8);
    for (var tag : List.of("a", "b", "c")) {
      var _ = client.pushManifest("alpha/a/manifests/" + tag, StandInClient.PUSHER, manifest);
    }
    var puller = StandInClient.basic(StandInClient.PULLER);

    var first = client.send("GET /v2/alpha/a/tags/list?n=2", puller);
    assertThat(first.body()).contains("[\"a\",\"b\"]");
    assertThat(first.headers().firstValue("Link"))
        .hasValue("</v2/alpha/a/tags/list?last=b&n=2>; rel=\"next\"");
    var last = client.send("GET /v2/alpha/a/tags/list?last=b&n=2", puller);
    assertThat(last.body()).contains("[\"c\"]");
    assertThat(last.headers().firstValue("Link")).isEmpty();
  }

  @Test
  void readOnlySystemRejectsChanges() throws Exception {
    client.harbor().world().readOnly(true);

    var response =
        client.send("POST /v2/alpha/a/blobs/uploads/", StandInClient.basic(StandInClient.PUSHER));

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body())
        .isEqualTo(
            "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"The system is in read only mode. Any"
                + " modification is prohibited.\"}]}\n");
  }

  @Test
  void createsProjectOnce() throws Exception {
    var headers =
        Map.of(
            "Authorization",
            StandInClient.basic(StandInClient.ADMIN),
            "Content-Type",
            "application/json");
    var body = "{\"project_name\":\"new\"}".getBytes(UTF_8);

    var first = client.send("POST", "/api/v2.0/projects", headers, body);
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(first.headers().firstValue("Location").orElse(""))
        .matches("/api/v2.0/projects/[0-9]+");
    var second = client.send("POST", "/api/v2.0/projects", headers, body);
    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(second.body()).contains("\"CONFLICT\"", "The project named new already exists");
  }

  @Test
  void treatsClientWithSessionCookieAsBrowser() throws Exception {
    var headers =
        Map.of("Authorization", StandInClient.basic(StandInClient.ADMIN), "Cookie", "sid=1");

    var response = client.send("POST", "/api/v2.0/projects", headers, new byte[0]);

    assertThat(response.statusCode()).isEqualTo(403);
  }
}
