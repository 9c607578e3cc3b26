package dev.stagewright.harbor.standin;

import dev.stagewright.harbor.standin.RegistryApi.Target;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Uploads of blobs. */
final class Uploads {
  private final Map<String, Upload> open = new ConcurrentHashMap<>();
  private final String origin;

  Uploads(String origin) {
    this.origin = origin;
  }

  private static final class Upload {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean blessed;
  }

  int count() {
    return open.size();
  }

  /** Ignores the body, even if the query has a digest. */
  Response start(Target target) {
    var id = UUID.randomUUID().toString();
    open.put(id, new Upload());
    return Response.of(202)
        .with("Location", location(target, id))
        .with("Range", "0-0")
        .with("Docker-Upload-Uuid", id)
        .ofRegistry();
  }

  private String location(Target target, String id) {
    return "%s/v2/%s/blobs/uploads/%s?_state=%s".formatted(origin, target.name(), id, "s1A-_te%3D");
  }

  Response append(Request request, Target target) {
    var upload = Optional.ofNullable(open.get(target.reference()));
    if (upload.isEmpty()) {
      return unknown();
    }
    var from = request.header("Content-Range").map(range -> range.split("-", -1)[0]).orElse("");
    if (!from.isEmpty() && Long.parseLong(from) != upload.get().bytes.size()) {
      return Response.of(416).with("Range", range(upload.get())).ofRegistry();
    }
    upload.get().bytes.writeBytes(request.body());
    if (expects(request)) {
      upload.get().blessed = true;
      return Response.of(200).with("Location", location(target, target.reference())).ofRegistry();
    }
    return uploadResponse(202, target, upload.get());
  }

  /** Harbor's core does not support clients that wait for {@code 100 Continue}. */
  private static boolean expects(Request request) {
    return request
        .header("Expect")
        .filter(value -> value.equalsIgnoreCase("100-continue"))
        .isPresent();
  }

  Response status(Target target) {
    return Optional.ofNullable(open.get(target.reference()))
        .map(upload -> uploadResponse(204, target, upload))
        .orElseGet(Uploads::unknown);
  }

  private Response uploadResponse(int status, Target target, Upload upload) {
    return Response.of(status)
        .with("Location", location(target, target.reference()))
        .with("Range", range(upload))
        .with("Docker-Upload-Uuid", target.reference())
        .ofRegistry();
  }

  private static String range(Upload upload) {
    return "0-" + Math.max(upload.bytes.size() - 1, 0);
  }

  /** The quota is checked after the bytes were sent. */
  Response finish(Request request, Target target, PushRules rules) {
    var upload = Optional.ofNullable(open.get(target.reference()));
    if (upload.isEmpty()) {
      return unknown();
    }
    upload.get().bytes.writeBytes(request.body());
    var bytes = upload.get().bytes.toByteArray();
    var digest = request.first("digest").orElse("");
    var isNew = target.repository().blob(digest).isEmpty() && !upload.get().blessed;
    var rejection =
        isNew ? rules.quota(target.project(), bytes.length) : Optional.<Response>empty();
    if (rejection.isPresent()) {
      return request.body().length > 0
          ? rejection.get().with("Connection", "close")
          : rejection.get();
    }
    open.remove(target.reference());
    if (!Digests.of(bytes).equals(digest)) {
      return Response.error(400, "DIGEST_INVALID", "provided digest did not match uploaded content")
          .ofRegistry();
    }
    target.repository().putBlob(digest, bytes);
    return Response.of(expects(request) ? 200 : 201)
        .with("Location", origin + "/v2/" + target.name() + "/blobs/" + digest)
        .with("Docker-Content-Digest", digest)
        .ofRegistry();
  }

  Response cancel(Target target) {
    return open.remove(target.reference()) == null ? unknown() : Response.of(204).ofRegistry();
  }

  private static Response unknown() {
    return Response.error(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry")
        .ofRegistry();
  }
}
