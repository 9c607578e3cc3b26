package dev.stagewright.registry.fake;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.MediaTypes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Blobs and manifests in memory, with the API of the distribution specification. */
public final class FakeStorage implements Handler {
  private static final Pattern PATH =
      Pattern.compile("/v2/(.+?)/(blobs/uploads|blobs|manifests)/(.*)");

  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  private final Map<String, StoredManifest> manifests = new ConcurrentHashMap<>();
  private final Map<String, FakeUpload> uploads = new ConcurrentHashMap<>();

  @SuppressWarnings("ArrayRecordComponent")
  private record StoredManifest(String mediaType, byte[] bytes) {}

  /** Stores a blob. */
  public void putBlob(String repository, byte[] blob) {
    blobs.put(repository + "@" + Digest.of(blob), blob);
  }

  /** Stores a manifest under a tag or digest. */
  public void putManifest(String repository, String reference, String mediaType, byte[] manifest) {
    var stored = new StoredManifest(mediaType, manifest);
    manifests.put(repository + "@" + reference, stored);
    manifests.put(repository + "@" + Digest.of(manifest), stored);
  }

  /** Returns a stored blob. */
  public Optional<byte[]> blob(String repository, Digest digest) {
    return Optional.ofNullable(blobs.get(repository + "@" + digest));
  }

  /** The number of uploads that were neither completed nor cancelled. */
  public int openUploads() {
    return uploads.size();
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    var path = PATH.matcher(exchange.path());
    if (!path.matches()) {
      exchange.error(404, "NAME_UNKNOWN", "no such path");
      return;
    }
    var repository = path.group(1);
    var last = path.group(3);
    switch (exchange.method() + " " + path.group(2)) {
      case "HEAD blobs", "GET blobs" -> getBlob(exchange, repository, last);
      case "POST blobs/uploads" -> startUpload(exchange, repository);
      case "PATCH blobs/uploads" -> patchUpload(exchange, repository, last);
      case "GET blobs/uploads" -> reportUpload(exchange, repository, last, 204);
      case "PUT blobs/uploads" -> finishUpload(exchange, repository, last);
      case "DELETE blobs/uploads" -> exchange.answer(uploads.remove(last) == null ? 404 : 204);
      case "HEAD manifests", "GET manifests" -> getManifest(exchange, repository, last);
      case "PUT manifests" -> putManifest(exchange, repository, last);
      default -> exchange.error(405, "UNSUPPORTED", "not a part of this registry");
    }
  }

  private void getBlob(Exchange exchange, String repository, String digest) throws IOException {
    var blob = blobs.get(repository + "@" + digest);
    if (blob == null) {
      exchange.error(404, "BLOB_UNKNOWN", "blob unknown to registry");
    } else {
      var from = exchange.header("Range").map(FakeStorage::start).orElse(0);
      if (from > 0) {
        exchange
            .with("Content-Range", "bytes " + from + "-" + (blob.length - 1) + "/" + blob.length)
            .answer(206, Arrays.copyOfRange(blob, from, blob.length));
      } else {
        exchange.with("Docker-Content-Digest", digest).answer(200, blob);
      }
    }
  }

  private static int start(String range) {
    return Integer.parseInt(range.replaceFirst("^bytes=([0-9]+)-$", "$1"));
  }

  private void startUpload(Exchange exchange, String repository) throws IOException {
    var mount = exchange.query("mount");
    var from = exchange.query("from");
    if (!mount.isEmpty() && !from.isEmpty()) {
      var blob = blobs.get(from.getFirst() + "@" + mount.getFirst());
      if (blob != null) {
        putBlob(repository, blob);
        exchange.answer(201);
        return;
      }
    }
    var id = UUID.randomUUID().toString();
    uploads.put(id, new FakeUpload(repository));
    exchange.with("Location", location(repository, id)).answer(202);
  }

  /** Receives the first bytes of an upload request, as if the connection broke after them. */
  public void receive(Exchange exchange, int bytes) throws IOException {
    var id = exchange.path().substring(exchange.path().lastIndexOf('/') + 1);
    Optional.ofNullable(uploads.get(id))
        .orElseThrow()
        .receive(new ByteArrayInputStream(exchange.body().readNBytes(bytes)));
  }

  private void patchUpload(Exchange exchange, String repository, String id) throws IOException {
    var upload = upload(exchange, repository, id);
    var range = exchange.header("Content-Range").orElse("").split("-", -1);
    if (upload.isEmpty()) {
      exchange.error(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
    } else if (Long.parseLong(range[0]) != upload.get().size()) {
      exchange.error(416, "RANGE_INVALID", "invalid content range");
    } else {
      upload.get().receive(exchange.body());
      reportUpload(exchange, repository, id, 202);
    }
  }

  private void reportUpload(Exchange exchange, String repository, String id, int status)
      throws IOException {
    var upload = upload(exchange, repository, id);
    if (upload.isEmpty()) {
      exchange.error(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
    } else {
      exchange
          .with("Location", location(repository, id))
          .with("Range", "0-" + Math.max(upload.get().size() - 1, 0))
          .answer(status);
    }
  }

  private Optional<FakeUpload> upload(Exchange exchange, String repository, String id) {
    return Optional.ofNullable(uploads.get(id))
        .filter(upload -> upload.repository().equals(repository))
        .filter(_ -> exchange.query("_state").contains("a+b"));
  }

  private static String location(String repository, String id) {
    return "/v2/" + repository + "/blobs/uploads/" + id + "?_state=a%2Bb";
  }

  private void finishUpload(Exchange exchange, String repository, String id) throws IOException {
    var upload = upload(exchange, repository, id);
    if (upload.isEmpty()) {
      exchange.error(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
      return;
    }
    upload.get().receive(exchange.body());
    uploads.remove(id);
    var blob = upload.get().bytes();
    if (!exchange.query("digest").contains(Digest.of(blob).toString())) {
      exchange.error(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
    } else {
      putBlob(repository, blob);
      exchange.with("Docker-Content-Digest", Digest.of(blob).toString()).answer(201);
    }
  }

  private void getManifest(Exchange exchange, String repository, String reference)
      throws IOException {
    var manifest = manifests.get(repository + "@" + reference);
    if (manifest == null) {
      exchange.error(404, "MANIFEST_UNKNOWN", "manifest unknown");
    } else if (!exchange.header("Accept").orElse("").contains(manifest.mediaType())) {
      exchange.error(404, "MANIFEST_UNKNOWN", "not in a form that is accepted");
    } else {
      exchange
          .with("Content-Type", manifest.mediaType())
          .with("Docker-Content-Digest", Digest.of(manifest.bytes()).toString())
          .answer(200, manifest.bytes());
    }
  }

  private void putManifest(Exchange exchange, String repository, String reference)
      throws IOException {
    var bytes = exchange.body().readAllBytes();
    var mediaType = exchange.header("Content-Type").orElse("");
    if (!MediaTypes.isManifest(mediaType) && !MediaTypes.isIndex(mediaType)) {
      exchange.error(400, "MANIFEST_INVALID", "manifest invalid");
      return;
    }
    putManifest(repository, reference, mediaType, bytes);
    exchange.with("Docker-Content-Digest", Digest.of(bytes).toString()).answer(201);
  }
}
