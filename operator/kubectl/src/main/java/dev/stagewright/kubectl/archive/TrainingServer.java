package dev.stagewright.kubectl.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Answers like an API server with one build, for {@link Training}. */
final class TrainingServer implements AutoCloseable {
  private static final String BUILD =
      """
      {"apiVersion": "stagewright.dev/v1alpha1", "kind": "ImageBuild",
       "metadata": {"name": "hello", "namespace": "team", "uid": "u1", "generation": 1,
         "creationTimestamp": "2026-01-01T00:00:00Z", "annotations": {}, "labels": {}},
       "spec": {"source": {"git": {"url": "https://example.com/hello.git"}},
         "output": {"image": "registry.example.com/hello:1"}},
       "status": {"observedGeneration": 1, "run": 1, "phase": "Succeeded",
         "startTime": "2026-01-01T00:00:00Z", "completionTime": "2026-01-01T00:00:40Z",
         "duration": "40s", "attempts": {"worker": 1, "s0": 1},
         "conditions": [{"type": "Ready", "status": "True", "reason": "Succeeded", "message": "",
           "lastTransitionTime": "2026-01-01T00:00:40Z", "observedGeneration": 1}],
         "stages": [{"id": "s0", "name": "builder", "base": "scratch", "phase": "Succeeded",
           "step": "2/2 COPY . /", "startTime": "2026-01-01T00:00:10Z",
           "completionTime": "2026-01-01T00:00:30Z"}],
         "image": {"reference": "registry.example.com/hello:1", "digest": "sha256:1", "size": 1,
           "layers": 1, "pinned": "registry.example.com/hello@sha256:1"}}}
      """;
  private static final String POD =
      """
      {"apiVersion": "v1", "kind": "Pod",
       "metadata": {"name": "hello-1-s0", "namespace": "team",
         "labels": {"stagewright.dev/part": "s0", "stagewright.dev/attempt": "1"}},
       "spec": {"containers": [{"name": "main", "image": "x"}]},
       "status": {"phase": "Succeeded", "containerStatuses": [{"name": "main", "image": "x",
         "imageID": "x", "ready": false, "restartCount": 0,
         "state": {"terminated": {"exitCode": 0}}}]}}
      """;

  private final ServerSocket socket;

  TrainingServer() throws IOException {
    socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("training-server").start(this::serve);
  }

  String kubeconfig() {
    return """
    apiVersion: v1
    kind: Config
    current-context: training
    clusters: [{name: c, cluster: {server: 'http://127.0.0.1:%d'}}]
    contexts: [{name: training, context: {cluster: c, user: u, namespace: team}}]
    users: [{name: u, user: {token: t}}]
    """
        .formatted(socket.getLocalPort());
  }

  private void serve() {
    try {
      while (true) {
        var connection = socket.accept();
        Thread.ofVirtual().start(() -> answer(connection));
      }
    } catch (IOException e) {
      // The server is closed.
    }
  }

  private static void answer(Socket connection) {
    try (connection) {
      var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
      var request = String.valueOf(in.readLine());
      for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        // Headers do not matter.
      }
      var body = body(request).getBytes(UTF_8);
      var head =
          "HTTP/1.1 200 OK\r\n"
              + "Content-Type: application/json\r\n"
              + "Connection: close\r\n"
              + "Content-Length: "
              + body.length
              + "\r\n\r\n";
      connection.getOutputStream().write(head.getBytes(UTF_8));
      connection.getOutputStream().write(body);
    } catch (IOException e) {
      // The client does not need the answer.
    }
  }

  private static String body(String request) {
    if (request.contains("/log?")) {
      return "2026-01-01T00:00:10Z [builder 2/2] COPY . /\n2026-01-01T00:00:11Z done\n";
    }
    if (request.contains("/imagebuilds/hello")) {
      return BUILD;
    }
    if (request.contains("/imagebuilds")) {
      return list("stagewright.dev/v1alpha1", "ImageBuildList", BUILD);
    }
    if (request.contains("/pods/")) {
      return POD;
    }
    return request.contains("/pods") ? list("v1", "PodList", POD) : list("v1", "List", "");
  }

  private static String list(String version, String kind, String items) {
    return "{\"apiVersion\": \"%s\", \"kind\": \"%s\", \"metadata\": {}, \"items\": [%s]}"
        .formatted(version, kind, items);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
