package dev.stagewright.bench.compare;

import dev.stagewright.bench.compare.result.ResultFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Adds the results of some files to those of another one. */
public final class MergeResults {
  private MergeResults() {}

  /**
   * Environment: {@code COMPARE_RESULT}, the file that is changed or created; {@code
   * COMPARE_MERGE}, the other files, one on each line.
   */
  public static void main(String[] arguments) throws IOException {
    try {
      merge();
    } catch (IllegalArgumentException e) {
      System.err.println("e2e/bench/compare: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void merge() throws IOException {
    var target = new ResultFile(Path.of(System.getenv("COMPARE_RESULT")));
    var merged = target.read();
    for (var name : System.getenv("COMPARE_MERGE").lines().toList()) {
      var part =
          new ResultFile(Path.of(name))
              .read()
              .orElseThrow(() -> new IllegalArgumentException(name + " does not exist"));
      merged = Optional.of(merged.isEmpty() ? part : merged.get().with(part));
    }
    var result = merged.orElseThrow(() -> new IllegalArgumentException("no files to merge"));
    target.write(result);
    System.out.print(new ResultText(result));
  }
}
