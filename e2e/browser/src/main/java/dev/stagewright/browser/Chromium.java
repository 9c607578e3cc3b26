package dev.stagewright.browser;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A running Chromium. It reaches only servers on this machine: names are not resolved, and there is
 * a proxy that does not exist.
 */
public final class Chromium implements AutoCloseable {
  private static final List<String> PROGRAMS =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final String PACKAGES =
      "chromium=chromium /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf=fonts-dejavu-core";
  private static final Duration START = Duration.ofSeconds(60);

  private final Process process;
  private final DevTools tools;

  private Chromium(Process process, DevTools tools) {
    this.process = process;
    this.tools = tools;
  }

  /**
   * The program on the path of this process; installed if it is missing and that is possible.
   *
   * @throws IOException says why it cannot be installed
   */
  public static Path install() throws IOException, InterruptedException {
    var found = program();
    if (found.isPresent()) {
      return found.get();
    }
    var library = library();
    var install = ". '" + library + "' && require_packages " + PACKAGES;
    var process = new ProcessBuilder("bash", "-c", install).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    var _ = process.waitFor();
    return program().orElseThrow(() -> new IOException("Chromium cannot be installed: " + output));
  }

  /** The functions of the local cluster, which install packages. Maven starts tests in a module. */
  private static Path library() throws IOException {
    for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      var library = folder.resolve("e2e/local/lib.sh");
      if (Files.exists(library)) {
        return library;
      }
    }
    throw new IOException("the working directory is not in the repository");
  }

  private static Optional<Path> program() {
    return Arrays.stream(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":"))
        .flatMap(folder -> PROGRAMS.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts the program.
   *
   * @param profile an empty folder
   */
  public static Chromium start(Path program, Path profile) throws Exception {
    var log = profile.resolve("log").toFile();
    var process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--no-first-run",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--proxy-server=127.0.0.1:9",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    try {
      return new Chromium(process, DevTools.connect(address(process, profile, log.toPath())));
    } catch (Exception e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** Chromium writes its port to a file when it is ready. */
  private static URI address(Process process, Path profile, Path log)
      throws IOException, InterruptedException {
    var file = profile.resolve("DevToolsActivePort");
    for (var end = System.nanoTime() + START.toNanos(); System.nanoTime() < end; ) {
      var lines = Files.exists(file) ? Files.readAllLines(file) : List.<String>of();
      if (lines.size() >= 2) {
        return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
      }
      if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
        break;
      }
    }
    throw new IOException("Chromium does not start: " + Files.readString(log));
  }

  /** Opens a page at this width of the screen. */
  public BrowserPage open(URI page, int width) throws Exception {
    return BrowserPage.open(tools, page, width, true);
  }

  /** Opens a page whose scripts do not run. */
  public BrowserPage openWithoutScripts(URI page, int width) throws Exception {
    return BrowserPage.open(tools, page, width, false);
  }

  @Override
  public void close() {
    tools.close();
    process.destroy();
    process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
    process.destroyForcibly().onExit().join();
  }
}
