package dev.stagewright.worker.source.git.lfs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.registry.http.Content;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The batch API of a Git LFS server.
 *
 * @param http sends the requests
 * @param server the address of the API, with its headers
 */
record LfsApi(LfsHttp http, LfsLocation server) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MEDIA_TYPE = "application/vnd.git-lfs+json";
  private static final int MAX_RESPONSE = 8 << 20;
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;

  /** What the server says about an object. */
  sealed interface Answer {
    record Download(LfsLocation location) implements Answer {}

    record Failed(LfsException failure) implements Answer {}
  }

  /**
   * Asks for the locations of objects.
   *
   * @return the answers by object ID
   */
  Map<String, Answer> locations(Collection<LfsPointer> pointers) throws LfsException, IOException {
    var request = JSON.createObjectNode().put("operation", "download").put("hash_algo", "sha256");
    request.putArray("transfers").add("basic");
    var objects = request.putArray("objects");
    for (var pointer : pointers) {
      objects.addObject().put("oid", pointer.oid()).put("size", pointer.size());
    }
    var headers = new HashMap<>(server.headers());
    headers.put("Accept", MEDIA_TYPE);
    headers.put("Content-Type", MEDIA_TYPE);
    var base = server.address().toString();
    var batch =
        new LfsLocation(URI.create(base.replaceFirst("/$", "") + "/objects/batch"), headers);
    return http.send(
        "POST",
        batch,
        Content.of(JSON.writeValueAsBytes(request)),
        response -> answers(response.bytes(MAX_RESPONSE)));
  }

  private static Map<String, Answer> answers(byte[] json) throws LfsException, IOException {
    var answers = new LinkedHashMap<String, Answer>();
    try {
      for (var object : JSON.readTree(json).path("objects")) {
        answers.put(object.path("oid").asText(), answer(object));
      }
    } catch (JsonProcessingException | IllegalArgumentException _) {
      throw new LfsException(
          FailureReason.SourceUnavailable,
          "cannot be fetched: the answer of the server is malformed");
    }
    return answers;
  }

  private static Answer answer(JsonNode object) {
    var error = object.path("error");
    if (error.isObject()) {
      var code = error.path("code").asInt();
      return new Answer.Failed(
          code == NOT_FOUND || code == GONE
              ? new LfsException(
                  FailureReason.SourceNotFound,
                  "is not on the Git LFS server: it was not pushed, or was deleted there")
              : new LfsException(
                  FailureReason.SourceUnavailable,
                  "cannot be fetched: the Git LFS server responds: "
                      + error.path("message").asText()));
    }
    var download = object.path("actions").path("download");
    var headers = new HashMap<String, String>();
    download
        .path("header")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
    var address = URI.create(download.path("href").asText());
    if (address.getHost() == null) {
      return new Answer.Failed(
          new LfsException(
              FailureReason.SourceUnavailable,
              "cannot be fetched: the Git LFS server names no address for it"));
    }
    return new Answer.Download(new LfsLocation(address, headers));
  }
}
