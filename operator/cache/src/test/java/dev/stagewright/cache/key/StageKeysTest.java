package dev.stagewright.cache.key;

import static dev.stagewright.cache.TestPlans.FILES;
import static dev.stagewright.cache.TestPlans.at;
import static dev.stagewright.cache.TestPlans.copy;
import static dev.stagewright.cache.TestPlans.copyFrom;
import static dev.stagewright.cache.TestPlans.files;
import static dev.stagewright.cache.TestPlans.image;
import static dev.stagewright.cache.TestPlans.key;
import static dev.stagewright.cache.TestPlans.keys;
import static dev.stagewright.cache.TestPlans.onlyContext;
import static dev.stagewright.cache.TestPlans.plan;
import static dev.stagewright.cache.TestPlans.run;
import static dev.stagewright.cache.TestPlans.selected;
import static dev.stagewright.cache.TestPlans.stage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.RunMount.CacheAttributes;
import dev.stagewright.protocol.RunMount.Sharing;
import dev.stagewright.protocol.RunOptions;
import dev.stagewright.protocol.RunOptions.Network;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan.SharedStage;
import dev.stagewright.protocol.Step;
import dev.stagewright.protocol.Step.CopyFrom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What changes the key of a step, and what does not. */
class StageKeysTest {
  private static final CopyFrom CONTEXT = new CopyFrom.Context();
  private static final CopyFrom STAGE = new CopyFrom.Stage("s7");

  @Nested
  class Run {
    @Test
    void aCommandChangesTheKey() {
      assertThat(key(run("make"))).isNotEqualTo(key(run("make all")));
    }

    @Test
    void theWordsOfACommandAreNotJoined() {
      var one = new Step.Run(at("RUN"), List.of("a b"), List.of(), Map.of(), "/", "");
      var two = new Step.Run(at("RUN"), List.of("a", "b"), List.of(), Map.of(), "/", "");

      assertThat(key(one)).isNotEqualTo(key(two));
    }

    @Test
    void aScriptOfAHeredocChangesTheKey() {
      assertThat(key(script("echo 1"))).isNotEqualTo(key(script("echo 2")));
    }

    private Step script(String content) {
      return new Step.Run(
          at("RUN <<EOF"),
          List.of("/dev/pipes/EOF"),
          List.of(new Step.InlineFile("/dev/pipes/EOF", content)),
          Map.of(),
          "/",
          "");
    }

    @Test
    void aVariableChangesTheKey() {
      var key = key(run("make", Map.of("VERSION", "1.4")));

      assertThat(key(run("make", Map.of("VERSION", "1.5")))).isNotEqualTo(key);
      assertThat(key(run("make"))).isNotEqualTo(key);
      assertThat(key(run("make", Map.of("VERSION", "")))).isNotEqualTo(key(run("make")));
    }

    @Test
    void theOrderOfVariablesChangesTheKeyBecauseACommandSeesIt() {
      var ab = new LinkedHashMap<>(Map.of("A", "1"));
      ab.put("B", "2");
      var ba = new LinkedHashMap<>(Map.of("B", "2"));
      ba.put("A", "1");

      assertThat(key(run("env", ab))).isNotEqualTo(key(run("env", ba)));
    }

    @Test
    void aProxyThatNoArgDeclaresDoesNotChangeTheKey() {
      assertThat(key(proxy("http://a", List.of("HTTP_PROXY"))))
          .isEqualTo(key(proxy("http://b", List.of("HTTP_PROXY"))));
      assertThat(key(proxy("http://a", List.of("HTTP_PROXY")))).isEqualTo(key(run("make")));
    }

    @Test
    void aProxyThatAnArgDeclaresChangesTheKey() {
      assertThat(key(proxy("http://a", List.of()))).isNotEqualTo(key(proxy("http://b", List.of())));
    }

    private Step proxy(String url, List<String> undeclared) {
      return new Step.Run(
          at("RUN make"),
          List.of("/bin/sh", "-c", "make"),
          List.of(),
          Map.of("HTTP_PROXY", url),
          "/",
          "",
          new RunOptions(List.of(), Network.DEFAULT, false, undeclared));
    }

    @Test
    void workingDirectoryUserNetworkAndSecurityChangeTheKey() {
      assertThat(
              List.of(
                  key(in("/", "")),
                  key(in("/src", "")),
                  key(in("/", "nobody")),
                  key(run(new RunOptions(List.of(), Network.DEFAULT, false))),
                  key(run(new RunOptions(List.of(), Network.NONE, false))),
                  key(run(new RunOptions(List.of(), Network.DEFAULT, true)))))
          .doesNotHaveDuplicates();
    }

    private Step in(String directory, String user) {
      return new Step.Run(at("RUN x"), List.of("x"), List.of(), Map.of(), directory, user);
    }

    @Test
    void thePositionInTheDockerfileDoesNotChangeTheKey() {
      var here = run("make");
      var moved =
          new Step.Run(
              new InstructionPosition("other/Dockerfile", 12, "RUN make # twice"),
              here.command(),
              here.scripts(),
              here.environment(),
              here.workingDirectory(),
              here.user());

      assertThat(key(moved)).isEqualTo(key(here));
    }
  }

  @Nested
  class Mounts {
    @Test
    void theFilesOfABindMountChangeTheKey() {
      var step = run(new RunMount.Bind(CONTEXT, "/", "/src", true));

      assertThat(key(step, files(selected("1")))).isNotEqualTo(key(step, files(selected("2"))));
    }

    @Test
    void whereTheFilesAreMountedChangesTheKey() {
      assertThat(
              List.of(
                  key(run(new RunMount.Bind(CONTEXT, "/", "/src", true))),
                  key(run(new RunMount.Bind(CONTEXT, "/", "/src", false))),
                  key(run(new RunMount.Bind(CONTEXT, "/", "/a", true))),
                  key(run(new RunMount.Bind(CONTEXT, "/b", "/src", true))),
                  key(run(new RunMount.Bind(STAGE, "/", "/src", true)))))
          .doesNotHaveDuplicates();
    }

    @Test
    void theStageThatFilesComeFromDoesNotChangeTheKeyIfTheFilesAreTheSame() {
      assertThat(key(run(new RunMount.Bind(new CopyFrom.Stage("s1"), "/", "/src", true))))
          .isEqualTo(key(run(new RunMount.Bind(new CopyFrom.Stage("i0"), "/", "/src", true))));
    }

    @Test
    void idTargetAndAttributesOfACacheChangeTheKey() {
      assertThat(
              List.of(
                  key(run(cache("go", "/c", Sharing.SHARED, Optional.empty()))),
                  key(run(cache("npm", "/c", Sharing.SHARED, Optional.empty()))),
                  key(run(cache("go", "/d", Sharing.SHARED, Optional.empty()))),
                  key(
                      run(
                          cache(
                              "go",
                              "/c",
                              Sharing.SHARED,
                              Optional.of(new CacheAttributes(0755, 1, 1)))))))
          .doesNotHaveDuplicates();
    }

    @Test
    void sharingOfACacheDoesNotChangeTheKey() {
      assertThat(key(run(cache("go", "/c", Sharing.LOCKED, Optional.empty()))))
          .isEqualTo(key(run(cache("go", "/c", Sharing.PRIVATE, Optional.empty()))));
    }

    private RunMount cache(
        String id, String target, Sharing sharing, Optional<CacheAttributes> attributes) {
      return new RunMount.Cache(id, Optional.empty(), "/", target, false, sharing, attributes);
    }

    @Test
    void theInstructionsOfTheSeedOfACacheChangeTheKeyButItsFilesDoNot() {
      assertThat(seeded("s0", run("seed"))).isEqualTo(seeded("s3", run("seed")));
      assertThat(seeded("s0", run("seed"))).isNotEqualTo(seeded("s0", run("other")));
      assertThat(seeded("s0", copy("a"))).isEqualTo(seeded("s0", copy("a")));
    }

    private CacheKey seeded(String id, Step step) {
      var seed = stage(id, new StageBase.Scratch(), step);
      var user =
          stage(
              "s9",
              new StageBase.Scratch(),
              run(
                  new RunMount.Cache(
                      "c",
                      Optional.of(new CopyFrom.Stage(id)),
                      "/",
                      "/c",
                      false,
                      Sharing.SHARED,
                      Optional.empty())));
      return keys(plan(seed, user), user, FILES).last();
    }

    @Test
    void aSecretCountsByItsIdAndPlaceOnly() {
      var key = key(run(secret("token", "/run/secrets/token", 0400)));

      assertThat(key(run(secret("other", "/run/secrets/token", 0400)))).isNotEqualTo(key);
      assertThat(key(run(secret("token", "/t", 0400)))).isNotEqualTo(key);
      assertThat(key(run(secret("token", "/run/secrets/token", 0444)))).isNotEqualTo(key);
      assertThat(key(run(new RunMount.Ssh("token", "/run/secrets/token", true, 0400, 0, 0))))
          .isNotEqualTo(key);
    }

    private RunMount secret(String id, String target, int mode) {
      return new RunMount.Secret(id, Optional.of(target), Optional.empty(), true, mode, 0, 0);
    }

    @Test
    void theOrderOfMountsChangesTheKey() {
      var a = new RunMount.Tmpfs("/a", Optional.empty());
      var b = new RunMount.Tmpfs("/a/b", Optional.of(1L));

      assertThat(key(run(a, b))).isNotEqualTo(key(run(b, a)));
    }
  }

  @Nested
  class Copy {
    @Test
    void theFilesChangeTheKey() {
      assertThat(key(copy("a"), files(selected("1"))))
          .isNotEqualTo(key(copy("a"), files(selected("2"))));
    }

    @Test
    void everyOptionChangesTheKey() {
      var copy = copy("a");

      assertThat(
              List.of(
                  key(copy),
                  key(copy("a", "b")),
                  key(copy("a b")),
                  key(copy.toBuilder().chown(Optional.of("1:1")).build()),
                  key(copy.toBuilder().chmod(Optional.of("1:1")).build()),
                  key(copy.toBuilder().exclude(List.of("*.o")).build()),
                  key(copy.toBuilder().parents(true).build()),
                  key(copy.toBuilder().link(true).build()),
                  key(copy.toBuilder().unpack(true).build()),
                  key(copyFrom("s0", "a"))))
          .doesNotHaveDuplicates();
    }

    @Test
    void theDestinationChangesTheKey() {
      assertThat(key(to("/a"))).isNotEqualTo(key(to("/a/")));
    }

    private Step to(String destination) {
      return Step.Copy.builder(at("COPY a"), CONTEXT, destination).sources(List.of("a")).build();
    }

    @Test
    void theContentOfAHeredocChangesTheKey() {
      assertThat(key(heredoc("1"))).isNotEqualTo(key(heredoc("2")));
    }

    private Step heredoc(String content) {
      return Step.Copy.builder(at("COPY <<a /"), CONTEXT, "/")
          .files(List.of(new Step.InlineFile("a", content)))
          .build();
    }

    @Test
    void theIdOfTheStageOrRemoteSourceDoesNotChangeTheKey() {
      assertThat(key(copyFrom("s1", "/app"))).isEqualTo(key(copyFrom("s2", "/app")));
      assertThat(key(remote("r0"))).isEqualTo(key(remote("r1")));
    }

    private Step remote(String id) {
      return Step.Copy.builder(at("ADD https://example.com/a /"), CONTEXT, "/")
          .remotes(List.of(new Step.Remote(id, "a", 0, false)))
          .build();
    }
  }

  @Nested
  class Stages {
    private final StageBase scratch = new StageBase.Scratch();

    @Test
    void eachStepDependsOnTheStepsBeforeIt() {
      var one = stage("s0", scratch, run("a"), run("b"));
      var two = stage("s0", scratch, run("c"), run("b"));

      assertThat(keys(plan(one), one, FILES).last())
          .isNotEqualTo(keys(plan(two), two, FILES).last());
    }

    @Test
    void aLaterStepDoesNotChangeEarlierKeys() {
      var one = stage("s0", scratch, run("a"));
      var two = stage("s0", scratch, run("a"), run("b"));

      assertThat(keys(plan(two), two, FILES).steps().getFirst())
          .isEqualTo(keys(plan(one), one, FILES).steps().getFirst());
    }

    @Test
    void aStepWhoseFilesAreNotKnownEndsTheKeys() {
      var stage = stage("s1", scratch, copy("a"), copyFrom("s0", "b"), run("c"));
      var plan = plan(stage("s0", scratch), stage);
      var keys = keys(plan, stage, onlyContext());

      assertThat(keys.steps()).hasSize(1);
      assertThat(keys.isComplete(stage)).isFalse();
    }

    @Test
    void theKeysContinueWhenTheFilesAreKnown() {
      var stage = stage("s1", scratch, copyFrom("s0", "b"), run("c"));
      var plan = plan(stage("s0", scratch), stage);
      var all = keys(plan, stage, onlyContext()).extended(plan, stage, FILES);

      assertThat(all).isEqualTo(keys(plan, stage, FILES));
      assertThat(all.isComplete(stage)).isTrue();
    }

    @Test
    void stagesThatShareAPodHaveTheKeysOfSeparateStages() {
      var parent = stage("s0", image("alpine"), run("a"));
      var child = stage("s1", new StageBase.Stage("s0"), run("b"));
      var shared =
          stage("s1", image("alpine"), run("a"), run("b")).toBuilder()
              .shared(List.of(new SharedStage("s0", "s0", at("FROM"), 1)))
              .build();

      assertThat(keys(plan(shared), shared, FILES).last())
          .isEqualTo(keys(plan(parent, child), child, FILES).last());
    }

    @Test
    void aStageWithoutStepsHasTheKeyOfItsBase() {
      var stage = stage("s0", image("alpine"));
      var keys = keys(plan(stage), stage, FILES);

      assertThat(keys.last()).isEqualTo(keys.base());
    }
  }
}
