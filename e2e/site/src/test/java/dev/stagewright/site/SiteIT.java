package dev.stagewright.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stagewright.browser.BrowserPage;
import dev.stagewright.browser.Chromium;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The site of the documentation with two versions. Pictures of it are in {@code target/site}. */
class SiteIT {
  private static final Path PICTURES = Path.of("target/site");
  private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
  private static final int PHONE = 390;
  private static final int DESKTOP = 1280;

  @TempDir private static Path profile;
  @TempDir private static Path folder;
  @AutoClose private static Site site;
  @AutoClose private static Chromium chromium;

  @BeforeAll
  static void start() throws Exception {
    Files.createDirectories(PICTURES);
    for (var version : List.of("1.9", "1.10")) {
      var _ = build(version);
    }
    site = Site.serve(folder);
    chromium = Chromium.start(Chromium.install(), profile);
  }

  private static String build(String version) throws Exception {
    var build = REPOSITORY.resolve("docs/build").toString();
    return output(0, build, "--output", folder.toString(), "--version", version);
  }

  /** Runs a program, and returns what it has printed. */
  private static String output(int exitCode, String... command) throws Exception {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(exitCode);
    return output;
  }

  @Test
  void allPagesFitTheirScreenAndHaveNoErrors() throws Exception {
    var findings = new ArrayList<String>();
    var targets = new HashSet<String>();
    var links = new HashSet<String>();
    for (var path : site.pages("1.10")) {
      try (var page = chromium.open(site.page(path), PHONE)) {
        page.await("document.querySelector('.md-version__current') !== null");
        page.problems().forEach(problem -> findings.add(path + ": " + problem));
        page.requests().stream()
            .filter(request -> !request.startsWith(site.address()) && !request.startsWith("data:"))
            .forEach(request -> findings.add(path + " requests " + request));
        targets.add(site.address() + path);
        texts(page.evaluate("Array.from(document.querySelectorAll('[id]')).map((e) => e.id)"))
            .forEach(id -> targets.add(site.address() + path + "#" + id));
        texts(page.evaluate("Array.from(document.links).map((a) => a.href)")).stream()
            .filter(link -> link.startsWith(site.address()))
            .forEach(links::add);
        for (var width : List.of(PHONE, DESKTOP)) {
          page.widen(width);
          var content = page.evaluate("document.documentElement.scrollWidth").asInt();
          if (content > width) {
            findings.add(path + " is " + content + " pixels wide on a screen of " + width);
          }
        }
      }
    }

    assertThat(findings).isEmpty();
    assertThat(targets).containsAll(existing(links));
    assertThat(links).hasSizeGreaterThan(500);
  }

  /** The links without those to the other version and to files that are no pages. */
  private static Set<String> existing(Set<String> links) {
    var pages = new HashSet<String>();
    for (var link : links) {
      var start = site.address() + "1.10/";
      if (!link.startsWith(start) || link.equals(start)) {
        continue;
      }
      var path = link.substring(site.address().length()).replaceFirst("[?#].*", "");
      if (Site.isPage(path) || !Files.exists(site.folder().resolve(path))) {
        pages.add(link.endsWith("#") ? link.substring(0, link.length() - 1) : link);
      }
    }
    return pages;
  }

  @ParameterizedTest
  @ValueSource(ints = {PHONE, DESKTOP})
  void searchFindsThePage(int width) throws Exception {
    try (var page = chromium.open(site.page("1.10/index.html"), width)) {
      page.screenshot(PICTURES.resolve("start-" + width + ".png"));
      page.await("document.querySelector('.md-search__button') !== null");
      var _ = page.evaluate("document.querySelector('.md-search__button').click()");
      page.await("document.activeElement.shadowRoot?.querySelector('input') != null");
      page.type("kaniko");
      var results = "document.activeElement.shadowRoot?.querySelectorAll('[role=option]')";
      page.await("(%s ?? []).length > 3".formatted(results));

      assertThat(texts(page.evaluate("Array.from(%s).map((a) => a.href)".formatted(results))))
          .anySatisfy(
              link -> assertThat(link).startsWith(site.address() + "1.10/migrate-kaniko.html"));
      assertThat(page.problems()).isEmpty();
    }
  }

  @Test
  void aReaderCanChooseTheVersion() throws Exception {
    assertThat(Files.readString(folder.resolve("index.html"))).contains("url=1.10/index.html");
    try (var page = chromium.open(site.page("1.9/caching.html"), DESKTOP)) {
      page.await("document.querySelector('.md-version__link') !== null");

      assertThat(versions(page)).containsExactly("1.10", "1.9");
      assertThat(
              page.evaluate("document.querySelector('.md-version__current').textContent").asText())
          .isEqualTo("1.9");
      assertThat(page.evaluate("document.querySelector('.md-version__link').href").asText())
          .startsWith(site.address() + "1.10/");
    }
  }

  private static List<String> versions(BrowserPage page) throws Exception {
    return texts(
        page.evaluate(
            "Array.from(document.querySelectorAll('.md-version__link')).map((a) =>"
                + " a.textContent.trim())"));
  }

  @Test
  void aBrokenLinkFailsTheBuild(@TempDir Path copy) throws Exception {
    for (var part : List.of("docs", "deploy", "charts/stagewright", "e2e/local", "e2e/samples")) {
      Files.createDirectories(copy.resolve(part).getParent());
      var _ =
          output(0, "cp", "-a", REPOSITORY.resolve(part).toString(), copy.resolve(part).toString());
    }
    for (var page : List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")) {
      Files.copy(REPOSITORY.resolve(page), copy.resolve(page));
    }
    Files.writeString(copy.resolve("docs/outputs.md"), "# Outputs\n\n[a](concepts.md#nowhere)\n");
    assertThat(failure(copy)).contains("outputs.md:3:").contains("anchor does not exist");

    Files.writeString(copy.resolve("docs/outputs.md"), "# Outputs\n\n[a](missing.md)\n");
    assertThat(failure(copy)).contains("docs/outputs.md:3: docs/missing.md does not exist");

    Files.writeString(copy.resolve("docs/new.md"), "# A new page\n");
    assertThat(failure(copy)).contains("new.md is not in the navigation");
  }

  private static String failure(Path repository) throws Exception {
    var printed = output(1, repository.resolve("docs/build").toString());
    assertThat(printed).doesNotContain("Traceback");
    return printed;
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }
}
