package dev.stagewright.kubectl.progress;

import dev.stagewright.kubectl.support.TestBuilds;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** What a display receives of a build with two stages, in steps. */
final class Recording {
  private Recording() {}

  /** The build succeeds; the stage {@code assets} is cached. */
  static List<Consumer<ProgressDisplay>> success() {
    return List.of(
        display -> display.upload(2_000_000, OptionalLong.of(8_000_000)),
        display -> {
          display.show(TestBuilds.hello("phase: Preparing\nrun: 1"));
          display.upload(8_000_000, OptionalLong.of(8_000_000));
          display.log("prepare", "context: 12 files, 8 MB");
          display.log("publish", "registry.example.com/team/hello accepts pushes");
        },
        display -> display.show(TestBuilds.hello(building("Waiting", ""))),
        display -> {
          display.show(TestBuilds.hello(building("Running", "step: 1/3 FROM golang")));
          display.log("s0", "[builder 1/3] FROM golang");
          display.log("s0", "[builder 2/3] COPY . .");
          display.log("s0", "[builder 3/3] RUN go build");
          display.log("s0", "go: downloading \u001b[31m例え\u001b[0m v1.0.0");
        },
        display -> {
          display.show(TestBuilds.hello(building("Succeeded", "step: 3/3 RUN go build")));
          display.log("publish", "layer of step 3/3 of builder: uploaded");
        },
        display ->
            display.show(
                TestBuilds.hello(
                    building("Succeeded", "step: 3/3 RUN go build")
                            .replace("phase: Building", "phase: Succeeded")
                        + "image: {reference: 'registry.example.com/team/hello:1.0', digest:"
                        + " 'sha256:5d9c', size: 12, layers: 1}\n")));
  }

  /** The status while stages run. */
  static String building(String builderPhase, String builder) {
    return """
    phase: Building
    run: 1
    progress: 1/2
    conditions:
      - {type: Prepared, status: 'True', reason: Prepared, message: '', \
    lastTransitionTime: '2026-01-01T12:00:00Z'}
    attempts: {worker: 1, s0: 1}
    stages:
      - {id: s0, name: builder, base: golang, phase: %s, %s}
      - {id: s1, name: assets, base: node, phase: Succeeded, cached: All, \
    cache: {cachedSteps: 4, steps: 4, savedDuration: 10s, savedBytes: 1}}
    """
        .formatted(builderPhase, builder);
  }
}
