package dev.stagewright.bench.compare;

import dev.stagewright.bench.compare.result.DocsPage;
import dev.stagewright.bench.compare.result.ResultFile;
import java.io.IOException;
import java.nio.file.Path;

/** Writes a result file into a page of the documentation. */
public final class RenderResult {
  private RenderResult() {}

  /** Environment: {@code COMPARE_RESULT}, the file; {@code PAGE}, the page. */
  public static void main(String[] arguments) throws IOException {
    var result = Path.of(System.getenv("COMPARE_RESULT"));
    var comparison =
        new ResultFile(result)
            .read()
            .orElseThrow(() -> new IOException(result + " does not exist"));
    new DocsPage(Path.of(System.getenv("PAGE"))).write(comparison);
  }
}
