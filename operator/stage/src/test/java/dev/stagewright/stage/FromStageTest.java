package dev.stagewright.stage;

import static dev.stagewright.stage.TestStage.copyFrom;
import static dev.stagewright.stage.TestStage.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** FROM an earlier stage, and waiting for another stage. */
@NeedsRoot
@ParameterizedClass(name = "{0}")
@EnumSource(
    value = SandboxKind.class,
    names = {"IN_PLACE", "USER_NAMESPACE"})
class FromStageTest {
  @Parameter SandboxKind sandbox = SandboxKind.IN_PLACE;
  @TempDir Path folder;
  private TestStage build;

  @BeforeEach
  void prepare() throws IOException {
    build = new TestStage(folder.resolve("workspace"), sandbox);
  }

  private Path root(String name) throws IOException {
    var root = TestRoot.create(Files.createDirectory(folder.resolve(name)));
    Files.createDirectories(root.path().resolve("srv/old/deep"));
    root.write("srv/old/deep/a", "a");
    root.write("srv/old/b", "b");
    return root.path();
  }

  @Test
  void layersOfAllAncestorsAreApplied() throws IOException {
    build
        .stage(
            "s0",
            TestStage.BASE,
            List.of(),
            true,
            run("cd /srv; rm old/b; echo 1 > one; ln one two; chown 7:8 one; chmod 4711 one"),
            run("rm -r /srv/old/deep; ln -s nowhere /srv/old/deep"))
        .stage(
            "s1",
            new StageBase.Stage("s0"),
            List.of(),
            true,
            run("rm -r /srv/old; mkdir /srv/old; touch -d '2001-01-01 00:00:00' /srv/old"))
        .stage(
            "s2",
            new StageBase.Stage("s1"),
            List.of(),
            true,
            run("touch /srv/three"),
            run("cd /srv; stat -c '%n %a %u:%g' *; stat -c %h one; ls -A old"));
    for (var stage : List.of("s0", "s1", "s2")) {
      assertThat(build.run(stage, root(stage))).as(build.log()).isZero();
    }
    assertThat(build.log())
        .endsWith("\nold 755 0:0\none 4711 7:8\nthree 644 0:0\ntwo 4711 7:8\n2\n");
    assertThat(build.layer("s2", 0)).containsExactly("srv/", "srv/three");
  }

  @Test
  void detailsThatALayerLacksAreApplied() throws IOException {
    build
        .stage(
            "s0",
            TestStage.BASE,
            List.of(),
            true,
            run("cd /srv; echo 1 > one; echo 2 > two; touch -d '1950-06-07 08:09:10' two"),
            run("cd /srv; touch old; chmod 711 /"),
            run("cd /srv; ln old/b linked; truncate -s 8M sparse; echo end >> sparse"),
            run("cd /srv; stat -c 'before %n %y' one two old"))
        .stage(
            "s1",
            new StageBase.Stage("s0"),
            List.of(),
            true,
            run("cd /srv; stat -c 'after %n %y' one two old; stat -c %a /"),
            run("cd /srv; stat -c '%n %h' linked old/b; [ linked -ef old/b ]"),
            run("[ $(stat -c %b /srv/sparse) -lt 100 ]"));
    for (var stage : List.of("s0", "s1")) {
      assertThat(build.run(stage, root(stage))).as(build.log()).isZero();
    }
    assertThat(linesAfter("after ")).hasSize(3).isEqualTo(linesAfter("before "));
    assertThat(linesAfter("before ").getFirst()).matches("one .*\\.[0-9]{9}.*");
    assertThat(build.log()).contains("\n711\n", "\nlinked 2\nold/b 2\n");
    assertThat(build.layer("s0", 1)).isEmpty();
    assertThat(build.layer("s1", 0)).isEmpty();
  }

  private List<String> linesAfter(String start) {
    return build
        .log()
        .lines()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .toList();
  }

  @Test
  void stageThatIsNoBaseHasNoDetails() throws IOException {
    build.stage("s0", TestStage.BASE, List.of(), true, run("touch /srv/one"));
    assertThat(build.run("s0", root("s0"))).isZero();

    assertThat(build.result("s0").layers().getFirst().details()).isEmpty();
  }

  @Test
  void stagesInOnePodRunInOrder() throws IOException {
    build.shared(
        "s1", List.of("s0"), run("echo 1 > /srv/one"), run("cat /srv/one; echo 2 > /srv/two"));
    assertThat(build.run("s1", root("s1"))).as(build.log()).isZero();

    assertThat(build.log().lines())
        .containsSubsequence(
            "[s0 1/2] FROM base",
            "[s0 2/2] RUN echo 1 > /srv/one",
            "[s1 1/2] FROM base",
            "[s1 2/2] RUN cat /srv/one; echo 2 > /srv/two",
            "1");
    assertThat(build.result("s1").layers()).hasSize(2);
    assertThat(build.layer("s1", 0)).containsExactly("srv/", "srv/one");
    assertThat(build.layer("s1", 1)).containsExactly("srv/", "srv/two");
  }

  @Test
  void failureNamesTheStageInASharedPod() throws IOException {
    build.shared("s1", List.of("s0"), run("exit 3"), run("true"));
    assertThat(build.run("s1", root("s1"))).isNotZero();

    assertThat(build.failure().stage()).contains("s0");
  }

  @Test
  void touchedFileOfAncestorIsNotWrittenAgain() throws IOException {
    build
        .stage("s0", TestStage.BASE, List.of(), true, run("echo 1 > /srv/one; chmod 700 /srv/old"))
        .stage(
            "s1",
            new StageBase.Stage("s0"),
            List.of(),
            true,
            run("chmod 600 /srv/one; chmod 644 /srv/one; chmod 755 /srv/old; chmod 700 /srv/old"));
    var base = root("base");
    build.base(base);
    for (var stage : List.of("s0", "s1")) {
      var root = folder.resolve(stage);
      Tar.lines("cp", "--archive", base.toString(), root.toString());
      assertThat(build.run(stage, root)).as(build.log()).isZero();
    }
    assertThat(build.layer("s0", 0)).containsExactly("srv/", "srv/old/", "srv/one");
    assertThat(build.layer("s1", 0)).isEmpty();
  }

  @Test
  void corruptLayerIsRejected() throws IOException {
    build
        .stage("s0", TestStage.BASE, List.of(), true, run("echo 1 > /srv/one"))
        .stage("s1", new StageBase.Stage("s0"), List.of(), false);
    assertThat(build.run("s0", root("s0"))).isZero();
    var blob = build.blob("s0", 0);
    var bytes = Files.readAllBytes(blob);
    bytes[4] ^= 1; // The time in the gzip header: only the digest becomes wrong.
    Files.write(blob, bytes);
    assertThat(build.run("s1", root("s1"))).isEqualTo(32);
    assertThat(build.failure().reason()).isEqualTo(FailureReason.Internal);
    assertThat(build.failure().message()).contains("is corrupt");
  }

  @Test
  void stageWaitsForItsBase() throws IOException {
    build
        .onlyOnce()
        .stage("s0", TestStage.BASE, List.of("/srv/x"), false, run("echo x > /srv/x"))
        .stage(
            "s1",
            TestStage.BASE,
            List.of(),
            false,
            run("echo first"),
            copyFrom(new Step.CopyFrom.Stage("s0"), "/", "/srv/x"),
            run("cat /x"));
    var first = root("s0");
    var second = root("s1");
    var waiting = CompletableFuture.supplyAsync(() -> runs(second));
    await().until(() -> build.log().contains("waiting for stage \"builder0\"\n"));
    assertThat(build.log()).contains("first\n");
    assertThat(build.run("s0", first)).isZero();
    assertThat(waiting.join()).isZero();
    assertThat(build.log()).contains("RUN cat /x\nx\n");
  }

  @Test
  void resultOfALostPodIsKept() throws IOException {
    build.stage("s0", TestStage.BASE, List.of("/srv/x"), true, run("echo once > /srv/x"));
    assertThat(build.run("s0", root("s0"))).isZero();
    var layer = build.blob("s0", 0);

    assertThat(build.run("s0", root("again"))).isZero();
    assertThat(build.log()).containsOnlyOnce("RUN echo once");
    assertThat(build.blob("s0", 0)).isEqualTo(layer);
  }

  private int runs(Path root) {
    try {
      return build.run("s1", root);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
