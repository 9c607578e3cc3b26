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

  /** Takes no notice of a body, even with a digest. */
  Answer start(Target target) {
    var id = UUID.randomUUID().toString();
    open.put(id, new Upload());
    return Answer.of(202)
        .with("Location", location(target, id))
        .with("Range", "0-0")
        .with("Docker-Upload-Uuid", id)
        .ofRegistry();
  }

  private String location(Target target, String id) {
    return "%s/v2/%s/blobs/uploads/%s?_state=%s".formatted(origin, target.name(), id, "s1A-_te%3D");
  }

  Answer append(Call call, Target target) {
    var upload = Optional.ofNullable(open.get(target.reference()));
    if (upload.isEmpty()) {
      return unknown();
    }
    var from = call.header("Content-Range").map(range -> range.split("-", -1)[0]).orElse("");
    if (!from.isEmpty() && Long.parseLong(from) != upload.get().bytes.size()) {
      return Answer.of(416).with("Range", range(upload.get())).ofRegistry();
    }
    upload.get().bytes.writeBytes(call.body());
    if (expects(call)) {
      upload.get().blessed = true;
      return Answer.of(200).with("Location", location(target, target.reference())).ofRegistry();
    }
    return told(202, target, upload.get());
  }

  /** Clients that wait for {@code 100 Continue} upset core. */
  private static boolean expects(Call call) {
    return call.header("Expect")
        .filter(value -> value.equalsIgnoreCase("100-continue"))
        .isPresent();
  }

  Answer tell(Target target) {
    return Optional.ofNullable(open.get(target.reference()))
        .map(upload -> told(204, target, upload))
        .orElseGet(Uploads::unknown);
  }

  private Answer told(int status, Target target, Upload upload) {
    return Answer.of(status)
        .with("Location", location(target, target.reference()))
        .with("Range", range(upload))
        .with("Docker-Upload-Uuid", target.reference())
        .ofRegistry();
  }

  private static String range(Upload upload) {
    return "0-" + Math.max(upload.bytes.size() - 1, 0);
  }

  /** The quota is checked when the bytes have gone over. */
  Answer finish(Call call, Target target, Rules rules) {
    var upload = Optional.ofNullable(open.get(target.reference()));
    if (upload.isEmpty()) {
      return unknown();
    }
    upload.get().bytes.writeBytes(call.body());
    var bytes = upload.get().bytes.toByteArray();
    var digest = call.first("digest").orElse("");
    var isNew = target.repository().blob(digest).isEmpty() && !upload.get().blessed;
    var refusal = isNew ? rules.quota(target.project(), bytes.length) : Optional.<Answer>empty();
    if (refusal.isPresent()) {
      return call.body().length > 0 ? refusal.get().with("Connection", "close") : refusal.get();
    }
    open.remove(target.reference());
    if (!Digests.of(bytes).equals(digest)) {
      return Answer.error(400, "DIGEST_INVALID", "provided digest did not match uploaded content")
          .ofRegistry();
    }
    target.repository().putBlob(digest, bytes);
    return Answer.of(expects(call) ? 200 : 201)
        .with("Location", origin + "/v2/" + target.name() + "/blobs/" + digest)
        .with("Docker-Content-Digest", digest)
        .ofRegistry();
  }

  Answer cancel(Target target) {
    return open.remove(target.reference()) == null ? unknown() : Answer.of(204).ofRegistry();
  }

  private static Answer unknown() {
    return Answer.error(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry").ofRegistry();
  }
}
