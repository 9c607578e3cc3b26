package dev.stagewright.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A connection to Chromium with the Chrome DevTools Protocol. */
final class DevTools implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SECONDS = 60;

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new ArrayList<>();
  private final WebSocket socket;

  private DevTools(URI address) {
    socket = client.newWebSocketBuilder().buildAsync(address, new Listener()).join();
  }

  static DevTools connect(URI address) {
    return new DevTools(address);
  }

  /**
   * Calls a method.
   *
   * @param session of a page, or the empty string
   */
  JsonNode call(String session, String method, Map<String, ?> parameters) throws Exception {
    var id = ids.incrementAndGet();
    var message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    var call = new CompletableFuture<JsonNode>();
    calls.put(id, call);
    send(message.toString());
    var answer = call.get(SECONDS, TimeUnit.SECONDS);
    if (answer.has("error")) {
      throw new IOException(method + ": " + answer.get("error"));
    }
    return answer.path("result");
  }

  /** Sends one message after the other, also if several threads have pages. */
  private synchronized void send(String message) throws Exception {
    var _ = socket.sendText(message, true).get(SECONDS, TimeUnit.SECONDS);
  }

  /** Waits for an event of a page. */
  void await(String session, String method) throws InterruptedException, IOException {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    synchronized (events) {
      while (events(session, method).isEmpty()) {
        var left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new IOException("no event " + method);
        }
        events.wait(left);
      }
    }
  }

  /** The parameters of all events of a page so far. */
  List<JsonNode> events(String session, String method) {
    Predicate<JsonNode> matches =
        event ->
            event.path("method").asText().equals(method)
                && event.path("sessionId").asText().equals(session);
    synchronized (events) {
      return events.stream().filter(matches).map(event -> event.path("params")).toList();
    }
  }

  private void receive(String text) throws IOException {
    var message = JSON.readTree(text);
    if (message.has("id")) {
      var call = calls.remove(message.get("id").asInt());
      if (call != null) {
        call.complete(message);
      }
      return;
    }
    synchronized (events) {
      events.add(message);
      events.notifyAll();
    }
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        var message = text.toString();
        text.setLength(0);
        try {
          receive(message);
        } catch (IOException e) {
          onError(from, e);
        }
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      calls.values().forEach(call -> call.completeExceptionally(error));
    }
  }
}
