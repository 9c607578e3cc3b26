package dev.stagewright.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A page in Chromium. */
public final class BrowserPage implements AutoCloseable {
  private static final int HEIGHT = 844;

  private final DevTools tools;
  private final String target;
  private final String session;
  private int width;

  private BrowserPage(DevTools tools, String target, String session, int width) {
    this.tools = tools;
    this.target = target;
    this.session = session;
    this.width = width;
  }

  static BrowserPage open(DevTools tools, URI address, int width, boolean scripts)
      throws Exception {
    var created = tools.call("", "Target.createTarget", Map.of("url", "about:blank"));
    var target = created.path("targetId").asText();
    var attached =
        tools.call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true));
    var page = new BrowserPage(tools, target, attached.path("sessionId").asText(), width);
    for (var domain : List.of("Network", "Runtime", "Log", "Page")) {
      page.call(domain + ".enable", Map.of());
    }
    page.resize(HEIGHT);
    page.call("Emulation.setScriptExecutionDisabled", Map.of("value", !scripts));
    page.call("Page.navigate", Map.of("url", address.toString()));
    tools.await(page.session, "Page.loadEventFired");
    return page;
  }

  /** Changes the width of the screen. */
  public void widen(int to) throws Exception {
    width = to;
    resize(HEIGHT);
  }

  private void resize(int height) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  private JsonNode call(String method, Map<String, ?> parameters) throws Exception {
    return tools.call(session, method, parameters);
  }

  /**
   * Sets how the page is shown.
   *
   * @param media {@code screen} or {@code print}
   * @param scheme {@code light} or {@code dark}
   */
  public void show(String media, String scheme) throws Exception {
    var feature = Map.of("name", "prefers-color-scheme", "value", scheme);
    call("Emulation.setEmulatedMedia", Map.of("media", media, "features", List.of(feature)));
  }

  /** Evaluates an expression of JavaScript. */
  public JsonNode evaluate(String expression) throws Exception {
    var answer = call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(answer.get("exceptionDetails").toString());
    }
    return answer.path("result").path("value");
  }

  /** Waits until an expression of JavaScript is true. */
  public void await(String expression) throws Exception {
    var promise =
        "new Promise((done) => { const look = () => (%s) ? done(true) : setTimeout(look, 20); look() })"
            .formatted(expression);
    var _ = call("Runtime.evaluate", Map.of("expression", promise, "awaitPromise", true));
  }

  /** Types a text into the element that has the focus. */
  public void type(String text) throws Exception {
    var _ = call("Input.insertText", Map.of("text", text));
  }

  /** The addresses of all requests, that of the page first. */
  public List<String> requests() {
    return tools.events(session, "Network.requestWillBeSent").stream()
        .map(event -> event.path("request").path("url").asText())
        .toList();
  }

  /** Errors of scripts and of requests, and what the content security policy has blocked. */
  public List<String> problems() {
    var printed =
        tools.events(session, "Runtime.consoleAPICalled").stream()
            .filter(event -> event.path("type").asText().equals("error"));
    return Stream.of(
            tools.events(session, "Runtime.exceptionThrown").stream(),
            tools.events(session, "Log.entryAdded").stream(),
            printed)
        .flatMap(events -> events)
        .map(JsonNode::toString)
        .toList();
  }

  /** Writes a picture of the whole page. */
  public void screenshot(Path file) throws Exception {
    resize(evaluate("Math.ceil(document.documentElement.scrollHeight)").asInt());
    write(file, call("Page.captureScreenshot", Map.of("format", "png")));
    resize(HEIGHT);
  }

  /** Writes the page as it is printed on A4. */
  public void print(Path file) throws Exception {
    write(file, call("Page.printToPDF", Map.of("paperWidth", 8.27, "paperHeight", 11.69)));
  }

  @Override
  public void close() {
    try {
      var _ = tools.call("", "Target.closeTarget", Map.of("targetId", target));
    } catch (Exception e) {
      throw new IllegalStateException("the page cannot be closed", e);
    }
  }

  private static void write(Path file, JsonNode answer) throws Exception {
    Files.write(file, Base64.getDecoder().decode(answer.path("data").asText()));
  }
}
