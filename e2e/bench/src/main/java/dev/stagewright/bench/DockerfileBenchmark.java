package dev.stagewright.bench;

import dev.stagewright.dockerfile.Dockerfile;
import dev.stagewright.dockerfile.PlatformId;
import dev.stagewright.dockerfile.eval.Evaluation;
import dev.stagewright.dockerfile.eval.Evaluator;
import dev.stagewright.dockerfile.eval.ImageSettings;
import dev.stagewright.dockerfile.parser.DockerfileParser;
import dev.stagewright.dockerfile.stages.BuildOptions;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A Dockerfile of 1,000 lines in 40 stages; each stage copies from the previous one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DockerfileBenchmark {
  private static final int STAGES = 40;
  private static final int LINES_PER_STAGE = 25;

  private final String text = dockerfile();
  private final Dockerfile parsed = DockerfileParser.parse(text);

  private static String dockerfile() {
    var lines = new StringBuilder();
    for (var stage = 0; stage < STAGES; stage++) {
      lines.append("FROM example.com/base:").append(stage).append(" AS stage").append(stage);
      lines.append("\nARG VERSION=1.").append(stage);
      lines.append("\nENV HOME_DIR=/home/app PATH=/opt/${VERSION}/bin:$PATH\nWORKDIR $HOME_DIR\n");
      if (stage > 0) {
        lines.append("COPY --from=stage").append(stage - 1).append(" /out/ ./in/\n");
      } else {
        lines.append("COPY . .\n");
      }
      for (var line = 5; line < LINES_PER_STAGE; line += 2) {
        lines.append("RUN make --jobs target-").append(line).append(" && \\\n");
        lines.append("    install -m 0755 target-").append(line).append(" /out/\n");
      }
    }
    return lines.toString();
  }

  /** Parses the text. */
  @Benchmark
  public Dockerfile parse() {
    return DockerfileParser.parse(text);
  }

  /** Evaluates the stages of the parsed Dockerfile. */
  @Benchmark
  public Evaluation evaluate() {
    return evaluate(parsed);
  }

  /** Parses the text and evaluates the stages. */
  @Benchmark
  public Evaluation parseAndEvaluate() {
    return evaluate(DockerfileParser.parse(text));
  }

  private static Evaluation evaluate(Dockerfile dockerfile) {
    var options = BuildOptions.forPlatform(PlatformId.parse("linux/amd64"));
    return new Evaluator(dockerfile, options).evaluate(_ -> ImageSettings.empty());
  }
}
