package dev.stagewright.stage;

import static dev.stagewright.stage.TestStage.copy;
import static dev.stagewright.stage.TestStage.copyFrom;
import static dev.stagewright.stage.TestStage.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.BuildPlan.CacheLayers;
import dev.stagewright.protocol.CachedSteps;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LayerOptions;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.Step;
import dev.stagewright.protocol.StepResult;
import dev.stagewright.protocol.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A stage whose first steps are known: they do not run, and nothing else differs. */
@NeedsRoot
@ParameterizedClass(name = "{0}")
@EnumSource(
    value = SandboxKind.class,
    names = {"IN_PLACE", "USER_NAMESPACE"})
class KnownStepsTest {
  private static final long CREATED = 1_700_000_000;

  @Parameter SandboxKind sandbox = SandboxKind.IN_PLACE;
  @TempDir Path folder;

  private TestStage build(String name) throws IOException {
    var build = new TestStage(folder.resolve(name), sandbox);
    build.cache(CacheLayers.ALL_BUT_LAST);
    return build;
  }

  private Path root(String name) throws IOException {
    var root = TestRoot.create(Files.createDirectory(folder.resolve(name)));
    for (var directory : new String[] {"srv/deep/er", "srv/opaque/sub", "opt"}) {
      Files.createDirectories(root.path().resolve(directory));
    }
    for (var file : "a b deep/c deep/er/d opaque/e opaque/sub/f g h i j".split(" ", 0)) {
      root.write("srv/" + file, file + "\n");
    }
    return root.path();
  }

  private static void succeeds(TestStage build, String id, Path root) throws IOException {
    assertThat(build.run(id, root)).as(build.log()).isZero();
  }

  /** Makes the first layers of a stage known in another build, as publish does. */
  private static List<StageResult.Layer> cache(TestStage from, TestStage in, String id, int steps)
      throws IOException {
    var layers = new ArrayList<StageResult.Layer>();
    for (var i = 0; i < steps; i++) {
      var file = from.folder(id).resolve(Workspace.step(i));
      var layer = Json.read(Files.readString(file), StepResult.class).layer();
      layers.add(
          new StageResult.Layer(
              i, layer.blob(), layer.diffId(), layer.details(), Optional.of(CREATED)));
    }
    Files.createDirectories(in.folder(id));
    Tar.lines(
        "cp", "--recursive", from.folder(id).resolve("blobs").toString(), in.folder(id).toString());
    Files.writeString(
        in.folder(id).resolve(Workspace.CACHED), Json.write(new CachedSteps(id, steps, layers)));
    return layers;
  }

  private static final Step[] STEPS = {
    run("echo one > /srv/one"),
    run("cat /srv/one; echo two > /srv/two"),
    run("cat /srv/one /srv/two")
  };

  @Test
  void stageStartsAfterTheCachedSteps() throws IOException {
    var first = build("first").stage("s0", TestStage.BASE, List.of(), true, STEPS);
    succeeds(first, "s0", root("first-root"));
    var second = build("second").stage("s0", TestStage.BASE, List.of(), true, STEPS);
    var cached = cache(first, second, "s0", 2);

    succeeds(second, "s0", root("second-root"));

    assertThat(second.log())
        .isEqualTo(
            """
            [builder0 1/4] FROM base
            starts at step 4/4: all steps before it are cached
            [builder0 4/4] RUN cat /srv/one /srv/two
            one
            two
            """);
    assertThat(second.result("s0").layers())
        .hasSize(3)
        .startsWith(cached.toArray(StageResult.Layer[]::new));
    assertThat(second.result("s0").layers().getLast().created()).isEmpty();
    assertThat(second.layer("s0", 2)).isEmpty();
  }

  @Test
  void cacheIsUsedByAStageThatRecordsNothing() throws IOException {
    var first = build("first").stage("s0", TestStage.BASE, List.of("/srv"), false, STEPS);
    succeeds(first, "s0", root("first-root"));
    var second = new TestStage(folder.resolve("second"), sandbox);
    second.stage("s0", TestStage.BASE, List.of("/srv"), false, STEPS);
    cache(first, second, "s0", 2);

    succeeds(second, "s0", root("second-root"));

    assertThat(second.log()).contains("\nstarts at step 4/4: all steps before it are cached\n");
    assertThat(second.result("s0").layers()).hasSize(2);
    assertThat(second.folder("s0").resolve("steps")).doesNotExist();
  }

  @Test
  void noStepRunsIfOnlyTheExportsAreUnknown() throws IOException {
    var first = build("first").stage("s0", TestStage.BASE, List.of("/srv/one"), true, STEPS);
    succeeds(first, "s0", root("first-root"));
    var second = build("second").stage("s0", TestStage.BASE, List.of("/srv/one"), true, STEPS);
    cache(first, second, "s0", 3);

    succeeds(second, "s0", root("second-root"));

    assertThat(second.log())
        .isEqualTo("[builder0 1/4] FROM base\nno step runs: all of them are cached\n");
    assertThat(second.result("s0").exportedBytes())
        .isEqualTo(first.result("s0").exportedBytes())
        .isPositive();
  }

  @Test
  void sharedPodStartsWithTheFirstStageThatHasAStepLeft() throws IOException {
    var first = build("first");
    first.shared("s2", List.of("s0", "s1"), STEPS);
    succeeds(first, "s2", root("first-root"));
    var second = build("second");
    second.shared("s2", List.of("s0", "s1"), STEPS);
    cache(first, second, "s2", 1);

    succeeds(second, "s2", root("second-root"));

    assertThat(second.log().lines())
        .containsExactly(
            "[s1 1/2] FROM base",
            "starts at step 2/2: all steps before it are cached",
            "[s1 2/2] RUN cat /srv/one; echo two > /srv/two",
            "one",
            "[s2 1/2] FROM base",
            "[s2 2/2] RUN cat /srv/one /srv/two",
            "one",
            "two");
  }

  @Test
  void stageOnAnotherStageStartsAfterItsOwnCachedSteps() throws IOException {
    var steps = new Step[] {STEPS[0], STEPS[1], run("cat /srv/one /srv/two /srv/zero")};
    var builds = new ArrayList<TestStage>();
    for (var name : List.of("first", "second")) {
      builds.add(
          build(name)
              .stage("s0", TestStage.BASE, List.of(), true, run("echo zero > /srv/zero"))
              .stage("s1", new StageBase.Stage("s0"), List.of(), true, steps));
      succeeds(builds.getLast(), "s0", root(name + "-s0"));
    }
    succeeds(builds.getFirst(), "s1", root("first-s1"));
    cache(builds.getFirst(), builds.getLast(), "s1", 2);

    succeeds(builds.getLast(), "s1", root("second-s1"));

    assertThat(builds.getLast().log())
        .endsWith("[builder1 4/4] RUN cat /srv/one /srv/two /srv/zero\none\ntwo\nzero\n");
  }

  @Test
  void nextPodContinuesAfterTheStepsOfALostPod() throws IOException {
    var steps = new Step[] {STEPS[0], STEPS[1], run("cat /srv/one /srv/needed")};
    var build = build("workspace").stage("s0", TestStage.BASE, List.of(), true, steps);
    assertThat(build.run("s0", root("lost"))).isNotZero();
    var root = root("next");
    Files.writeString(root.resolve("srv/needed"), "needed\n");

    succeeds(build, "s0", root);

    assertThat(build.log())
        .endsWith(
            """
            [builder0 1/4] FROM base
            starts at step 4/4: all steps before it have run in an earlier Pod of this stage
            [builder0 4/4] RUN cat /srv/one /srv/needed
            one
            needed
            """);
    assertThat(build.result("s0").layers()).hasSize(3);
  }

  private static StepResult stepResult(TestStage build, int step) throws IOException {
    return Json.read(
        Files.readString(build.folder("s0").resolve(Workspace.step(step))), StepResult.class);
  }

  @Test
  void eachStepOfTheImageLeavesItsResult() throws IOException {
    var build = build("workspace").stage("s0", TestStage.BASE, List.of(), true, STEPS);
    build.cache(CacheLayers.NONE);
    succeeds(build, "s0", root("root"));

    for (var step = 0; step < STEPS.length; step++) {
      assertThat(stepResult(build, step).layer()).isEqualTo(build.result("s0").layers().get(step));
      assertThat(stepResult(build, step).millis()).isNotNegative();
      assertThat(stepResult(build, step).layer().details()).isPresent();
    }
  }

  @Test
  void otherStagesLeaveTheResultsOfAllStepsButTheLast() throws IOException {
    var build = build("workspace").stage("s0", TestStage.BASE, List.of("/srv"), false, STEPS);
    succeeds(build, "s0", root("root"));

    assertThat(build.folder("s0").resolve("steps").toFile().list())
        .containsExactlyInAnyOrder("0.json", "1.json");
    assertThat(build.result("s0").layers()).hasSize(2);
  }

  @Test
  void otherStagesHaveNoLayersIfOnlyTheImageIsRecorded() throws IOException {
    var build = build("workspace").stage("s0", TestStage.BASE, List.of("/srv"), false, STEPS);
    build.cache(CacheLayers.NONE);
    succeeds(build, "s0", root("root"));

    assertThat(build.result("s0").layers()).isEmpty();
    assertThat(build.folder("s0").resolve("steps")).doesNotExist();
  }

  /** So they are known, too, if the stage later becomes the target. */
  @Test
  void layersOfOtherStagesAreThoseOfTheImage() throws IOException {
    var layers = new ArrayList<List<StageResult.Layer>>();
    for (var snapshot : List.of(true, false)) {
      var steps =
          new Step[] {
            run("echo 1 > /srv/1; touch -d @1200000000 /srv/1 /srv"),
            copy("/srv/", "one"),
            run("true")
          };
      var build =
          build("workspace-" + snapshot)
              .stage("s0", TestStage.BASE, List.of("/srv"), snapshot, steps);
      build.context(TarEntry.file("one", 0).withMtime(1_000_000_000, 5));
      build.layers(new LayerOptions(LayerOptions.Algorithm.GZIP, Optional.of(1_500_000_000L)));
      succeeds(build, "s0", root("root-" + snapshot));
      layers.add(build.result("s0").layers().subList(0, 2));
    }
    for (var i = 0; i < 2; i++) {
      assertThat(layers.getLast().get(i).blob()).isEqualTo(layers.getFirst().get(i).blob());
    }
  }

  @Test
  void stepsOfAnotherStageAreRejected() throws IOException {
    var first = build("first").stage("s0", TestStage.BASE, List.of(), true, STEPS);
    succeeds(first, "s0", root("first-root"));
    var second = build("second").stage("s0", TestStage.BASE, List.of(), true, STEPS[0]);
    cache(first, second, "s0", 2);

    assertThat(second.run("s0", root("second-root"))).isEqualTo(32);
    assertThat(second.failure().message()).contains("2 layers for 2 steps", "with 1 steps");
  }

  @Test
  void resultsOfTwoPodsAreNotMixed() throws IOException {
    var build = build("workspace").stage("s0", TestStage.BASE, List.of(), true, STEPS);
    succeeds(build, "s0", root("root"));
    var layers = build.result("s0").layers();
    var own = Files.createDirectory(folder.resolve("own"));
    var seen = new StepResults(own);
    var unseen = new StepResults(own);

    seen.write(layers.get(0), 1);
    unseen.write(layers.get(0), 2);
    unseen.write(layers.get(1), 2);

    assertThat(seen.read(0, 3)).hasSize(1);
    seen.write(layers.get(1), 1);
    assertThat(seen.read(0, 3)).hasSize(2);
    assertThat(Files.readString(own.resolve(Workspace.step(0)))).contains("\"millis\":1");
  }

  /** All that instructions leave in files, and that later instructions can find out. */
  @Test
  void resultsAreThoseOfAStageThatRunsAllSteps() throws IOException {
    var look =
        "cd /srv; stat -c '%n %F %a %u:%g %y %s %t:%T' $(find . /opt | sort);"
            + " stat -c '%n %h' $(find . /opt ! -type d | sort)";
    var steps =
        new Step[] {
          run("cd /srv; echo 1 > one; ln one two; chown 7:8 one; chmod 4711 one; rm b"),
          run(look + "; echo more >> two; rm -r deep; ln -s nowhere deep"),
          run(look + "; rm -r opaque; mkdir opaque; echo x > opaque/x; chmod 700 /srv"),
          run("cd /srv; ln one three; ln one four; touch old; mkfifo pipe; ln a linked"),
          run(look + "; echo last >> one; cat two three four linked"),
          run("cd /srv; cp -p g tmp; mv tmp h; touch -r g h g; echo same > g; echo same > h"),
          run("cd /srv; touch -d @1200000000 g h; ln -f g h; ln -f i j; cp -p two tmp; mv tmp two"),
          run(look + "; echo linked >> g; echo apart >> one; cat h two"),
          run(
              "cd /srv; truncate -s 4M sparse; echo end >> sparse; touch -d '1950-06-07 08:09:10' a; chmod 711 /"),
          run("stat -c '%b %y' /srv/sparse; stat -c '%a %y' /; echo 1 > /srv/1"),
          copy("/copied/", "dir", "one"),
          run(look + "; find / -xdev -newer /srv/1 -type f | sort; rm /srv/one; mv /srv/two /opt"),
          copyFrom(new Step.CopyFrom.Context(), "/copied/dir", "dir"),
          run(look + "; [ /srv/1 -nt /srv/three ]; chmod -R u+w /srv; chown -R 0:0 /srv/opaque"),
          run("mv /srv/opaque /srv/moved; rm -r /copied; mkdir /copied; " + look)
        };
    var build = build("workspace");
    build.stage("s0", TestStage.BASE, List.of("/srv", "/opt"), true, steps);
    build.context(
        TarEntry.directory("dir").withMode(0750).withMtime(1_000_000_000, 5),
        TarEntry.file("dir/one", 0).withMtime(1_000_000_000, 6),
        TarEntry.hardLink("dir/two", "dir/one"),
        TarEntry.file("one", 0).withMtime(1_000_000_000, 7));
    var root = root("root");
    build.base(root);

    assertThat(build.compareEveryStep("s0", root)).isEqualTo(steps.length);
  }
}
