package dev.stagewright.cache.key;

import static dev.stagewright.cache.TestPlans.base;
import static dev.stagewright.cache.TestPlans.copyFrom;
import static dev.stagewright.cache.TestPlans.digest;
import static dev.stagewright.cache.TestPlans.image;
import static dev.stagewright.cache.TestPlans.plan;
import static dev.stagewright.cache.TestPlans.run;
import static dev.stagewright.cache.TestPlans.stage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.BuildRequest.ImageFormat;
import dev.stagewright.protocol.LayerOptions;
import dev.stagewright.protocol.LayerOptions.Algorithm;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.SourceRequest;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StagePlan.HistoryEntry;
import dev.stagewright.protocol.Step.CopyFrom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What changes the keys of bases, files, selections, images and latest builds, and what does not.
 */
class OtherKeysTest {
  private static final CacheKey KEY = new CacheKey(digest("a key"));
  private static final StageBase ALPINE = image("alpine");
  private static final CacheKey OTHER = new CacheKey(digest("another key"));

  @Nested
  class Base {
    private final BuildPlan plan = plan(stage("s0", new StageBase.Scratch()));

    @Test
    void theDigestOfTheManifestChangesTheKey() {
      assertThat(base(plan, pinned("alpine", "1"))).isNotEqualTo(base(plan, pinned("alpine", "2")));
    }

    @Test
    void nameRegistryAndMirrorDoNotChangeTheKey() {
      assertThat(base(plan, pinned("alpine:3", "1")))
          .isEqualTo(base(plan, pinned("mirror.example.com/hub/alpine:latest", "1")));
    }

    private StageBase pinned(String name, String content) {
      var reference = ImageReference.parse(name).pinned(digest(content));
      return new StageBase.Image(name, reference, reference, List.of(), Set.of(), List.of());
    }

    @Test
    void platformCompressionAndSourceDateEpochChangeTheKey() {
      var arm = Platform.parse("linux/arm64");
      var zstd = new LayerOptions(Algorithm.ZSTD, Optional.empty());
      var dated = new LayerOptions(Algorithm.GZIP, Optional.of(0L));

      assertThat(
              List.of(
                  root(LayerOptions.DEFAULT, Platform.LINUX_AMD64),
                  root(LayerOptions.DEFAULT, arm),
                  root(zstd, Platform.LINUX_AMD64),
                  root(dated, Platform.LINUX_AMD64)))
          .doesNotHaveDuplicates();
    }

    private CacheKey root(LayerOptions layers, Platform platform) {
      return base(plan(layers, platform, stage("s0", new StageBase.Scratch())), image("alpine"));
    }

    @Test
    void scratchHasAKeyOfItsOwn() {
      assertThat(base(plan, new StageBase.Scratch())).isNotEqualTo(base(plan, image("alpine")));
    }

    @Test
    void aStageHasTheKeyOfItsLastStep() {
      assertThat(BaseKey.of(plan, new StageBase.Stage("s0"), _ -> Optional.of(KEY))).contains(KEY);
      assertThat(BaseKey.of(plan, new StageBase.Stage("s0"), _ -> Optional.empty())).isEmpty();
    }
  }

  @Nested
  class Files {
    @Test
    void theStepsAndThePathsChangeTheKey() {
      var key = FilesKey.of(KEY, List.of("/a", "/b"));

      assertThat(FilesKey.of(OTHER, List.of("/a", "/b"))).isNotEqualTo(key);
      assertThat(FilesKey.of(KEY, List.of("/a"))).isNotEqualTo(key);
      assertThat(FilesKey.of(KEY, List.of("/a/b"))).isNotEqualTo(key);
    }

    @Test
    void theOrderOfThePathsDoesNotChangeTheKey() {
      assertThat(FilesKey.of(KEY, List.of("/a", "/b")))
          .isEqualTo(FilesKey.of(KEY, Set.of("/b", "/a")));
    }
  }

  @Nested
  class Selection {
    @Test
    void whatIsReadChangesTheKey() {
      var copy = copyFrom("s0", "/app");

      assertThat(
              List.of(
                  SelectionKey.of(copy),
                  SelectionKey.of(copyFrom("s0", "/app/")),
                  SelectionKey.of(copy.toBuilder().exclude(List.of("*.o")).build()),
                  SelectionKey.of(copy.toBuilder().parents(true).build()),
                  SelectionKey.of(new RunMount.Bind(new CopyFrom.Stage("s0"), "/app", "/x", true))))
          .doesNotHaveDuplicates();
    }

    @Test
    void whatIsDoneWithTheFilesDoesNotChangeTheKey() {
      var copy = copyFrom("s0", "/app");

      assertThat(SelectionKey.of(copy.toBuilder().chown(Optional.of("1")).link(true).build()))
          .isEqualTo(SelectionKey.of(copy));
      assertThat(SelectionKey.of(new RunMount.Bind(new CopyFrom.Stage("s0"), "/a", "/x", true)))
          .isEqualTo(
              SelectionKey.of(new RunMount.Bind(new CopyFrom.Stage("s1"), "/a", "/y", false)));
    }
  }

  @Nested
  class Image {
    private final StagePlan target =
        stage("s0", ALPINE, run("a")).toBuilder()
            .history(List.of(new HistoryEntry("ENV a=b", -1, 0), new HistoryEntry("RUN a", 0, 0)))
            .build();
    private final BuildPlan plan = plan(target);
    private final CacheKey key = ImageKey.of(plan, KEY, request(output()));

    @Test
    void layersConfigHistoryFormatAnnotationsAndRevisionChangeTheKey() {
      var output = output();
      var docker =
          new BuildRequest.Output(
              output.destinations(), ImageFormat.DOCKER, Map.of(), Map.of(), output.layers());
      var annotated =
          new BuildRequest.Output(
              output.destinations(), ImageFormat.OCI, Map.of(), Map.of("a", "b"), output.layers());

      assertThat(
              List.of(
                  key,
                  ImageKey.of(plan, OTHER, request(output)),
                  ImageKey.of(
                      templated(new BuildPlan.ImageTemplate("{\"a\":1}", "[]")),
                      KEY,
                      request(output)),
                  ImageKey.of(
                      templated(new BuildPlan.ImageTemplate("{}", "[{}]")), KEY, request(output)),
                  ImageKey.of(
                      plan(target.toBuilder().history(List.of()).build()), KEY, request(output)),
                  ImageKey.of(plan, KEY, request(docker)),
                  ImageKey.of(plan, KEY, request(annotated)),
                  ImageKey.of(revision("abc"), KEY, request(output))))
          .doesNotHaveDuplicates();
    }

    @Test
    void repositoriesAndTagsDoNotChangeTheKey() {
      var elsewhere =
          BuildRequest.Output.to(
              ImageReference.parse("other.example.com/app:2"), LayerOptions.DEFAULT);

      assertThat(ImageKey.of(plan, KEY, request(elsewhere))).isEqualTo(key);
    }

    @Test
    void sharedPodsDoNotChangeTheKey() {
      var parent =
          stage("s0", ALPINE, run("a")).toBuilder()
              .history(List.of(new HistoryEntry("RUN a", 0, 0)))
              .build();
      var child =
          stage("s1", new StageBase.Stage("s0"), run("b")).toBuilder()
              .history(List.of(new HistoryEntry("RUN b", 0, 0)))
              .build();
      var shared =
          stage("s1", ALPINE, run("a"), run("b")).toBuilder()
              .history(List.of(new HistoryEntry("RUN a", 0, 0), new HistoryEntry("RUN b", 1, 0)))
              .build();

      assertThat(ImageKey.of(plan(shared), KEY, request(output())))
          .isEqualTo(ImageKey.of(plan(parent, child), KEY, request(output())));
    }

    private BuildPlan templated(BuildPlan.ImageTemplate template) {
      return plan.toBuilder().image(template).build();
    }

    private BuildPlan revision(String commit) {
      return plan.toBuilder().revision(Optional.of(commit)).build();
    }
  }

  @Nested
  class Latest {
    @Test
    void dockerfileTargetPlatformAndRepositoryChangeTheKey() {
      var arm = Platform.parse("linux/arm64");
      var elsewhere =
          BuildRequest.Output.to(ImageReference.parse("example.com/b:1"), LayerOptions.DEFAULT);

      assertThat(
              List.of(
                  LatestKey.of(request(output())),
                  LatestKey.of(
                      request(Optional.of("a/Dockerfile"), Optional.empty(), arm, output())),
                  LatestKey.of(request(Optional.empty(), Optional.of("test"), arm, output())),
                  LatestKey.of(request(Optional.empty(), Optional.empty(), arm, output())),
                  LatestKey.of(request(elsewhere))))
          .doesNotHaveDuplicates();
    }

    @Test
    void anOmittedDockerfileIsTheDefault() {
      assertThat(
              LatestKey.of(
                  request(
                      Optional.of("Dockerfile"), Optional.empty(), Platform.LINUX_AMD64, output())))
          .isEqualTo(LatestKey.of(request(output())));
    }
  }

  private static BuildRequest.Output output() {
    return BuildRequest.Output.to(ImageReference.parse("example.com/app:1"), LayerOptions.DEFAULT);
  }

  private static BuildRequest request(BuildRequest.Output output) {
    return request(Optional.empty(), Optional.empty(), Platform.LINUX_AMD64, output);
  }

  private static BuildRequest request(
      Optional<String> dockerfile,
      Optional<String> target,
      Platform platform,
      BuildRequest.Output output) {
    return BuildRequest.builder("team/app", new SourceRequest.Inline(Map.of()), platform, output)
        .dockerfile(dockerfile)
        .target(target)
        .build();
  }
}
