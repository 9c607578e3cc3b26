package dev.stagewright.analysis.report.page;

import dev.stagewright.analysis.report.Report;
import dev.stagewright.analysis.report.StartPrediction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A report as one HTML page. Its content security policy allows no request and only this style and
 * this script, which adds a filter of findings; all content is there without it.
 */
public record ReportPage(Report report) {

  /** The page. */
  public String html() {
    var style = resource("report.css");
    var script = resource("report.js");
    return Markup.page(out ->
        out.element(
            "html",
            html ->
                html.element("head", head -> writeHead(head, style, script))
                    .element("body", body -> writeBody(body, script)),
            "lang",
            "en"));
  }

  private void writeHead(Markup out, String style, String script) {
    var policy =
        "default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'"
            .formatted(hash(style), hash(script));
    out.empty("meta", "charset", "utf-8");
    out.empty("meta", "http-equiv", "Content-Security-Policy", "content", policy);
    out.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    out.empty("meta", "name", "color-scheme", "content", "light dark");
    out.text("title", report.image().reference() + " – Stagewright report");
    out.code("style", style);
  }

  private void writeBody(Markup out, String script) {
    out.element("header", this::writeHeader);
    out.element(
        "main",
        main -> {
          new FindingsSection(report).write(main);
          new SizeSection(report.size()).write(main);
          new LadderSection(report.size().ladder()).write(main);
          new StagesSection(report.stages()).write(main);
        });
    out.element(
        "footer",
        footer ->
            footer.text(
                "p", "Made by Stagewright from the layers of the image, without running it."));
    out.code("script", script);
  }

  private void writeHeader(Markup out) {
    var image = report.image();
    out.text("p", "Image report", "class", "kicker");
    out.text("h1", image.reference());
    out.element(
        "p",
        verdict -> {
          verdict.text("strong", title(report.start().outcome()));
          verdict.text(" ").text("span", report.start().reason());
        },
        "class",
        "verdict " + style(report.start().outcome()));
    out.element(
        "dl",
        facts -> {
          facts.text("dt", "Platform").text("dd", image.platform());
          image.digest().ifPresent(digest -> facts.text("dt", "Digest").text("dd", digest));
          image.created().ifPresent(created -> facts.text("dt", "Created").text("dd", created));
          facts.text("dt", "Command").text("dd", command(image.command()));
          facts.text("dt", "User").text("dd", image.user().orElse("root"));
        },
        "class",
        "facts");
  }

  private static String command(List<String> words) {
    return words.isEmpty()
        ? "none"
        : words.stream()
            .map(word -> word.isEmpty() || word.contains(" ") ? "\"" + word + "\"" : word)
            .collect(Collectors.joining(" "));
  }

  private static String title(StartPrediction.Outcome outcome) {
    return switch (outcome) {
      case RUNS -> "Starts.";
      case DEPENDS -> "May not start.";
      case DOES_NOT_RUN -> "Does not start.";
      case UNKNOWN -> "Unknown.";
    };
  }

  private static String style(StartPrediction.Outcome outcome) {
    return switch (outcome) {
      case RUNS -> "good";
      case DEPENDS -> "warning";
      case DOES_NOT_RUN -> "error";
      case UNKNOWN -> "hint";
    };
  }

  private static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(ReportPage.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String code) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
