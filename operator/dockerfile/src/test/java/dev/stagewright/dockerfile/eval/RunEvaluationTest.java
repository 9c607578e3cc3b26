package dev.stagewright.dockerfile.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.dockerfile.PlatformId;
import dev.stagewright.dockerfile.eval.EvaluatedInstruction.Copy;
import dev.stagewright.dockerfile.eval.EvaluatedInstruction.Run;
import dev.stagewright.dockerfile.mount.Mount;
import dev.stagewright.dockerfile.parser.DockerfileParser;
import dev.stagewright.dockerfile.stages.BuildOptions;
import dev.stagewright.dockerfile.stages.FileSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RunEvaluationTest {

  private static EvaluatedStage stage(String dockerfile) {
    return new Evaluator(
            DockerfileParser.parse(dockerfile),
            BuildOptions.forPlatform(PlatformId.of("linux", "amd64")))
        .evaluate(image -> ImageSettings.empty())
        .targetStage();
  }

  private static Run run(String instructions) {
    return (Run) stage("FROM a\n" + instructions).instructions().getLast();
  }

  private static ResolvedMount mount(String flag) {
    return run("ARG V=v\nWORKDIR /w\nRUN --mount=" + flag + " x\n").mounts().getFirst();
  }

  @Test
  void runsShellWithoutCommand() {
    assertThat(run("RUN\n").command()).containsExactly("/bin/sh", "-c", "");
    assertThat(run("RUN --network=none\n").command()).containsExactly("/bin/sh", "-c", "");
  }

  @Test
  void passesHeredocAfterSpaceToShell() {
    assertThat(run("RUN cat << A > /a; cat << \"B\"\na\nA\nb\nB\n").command())
        .containsExactly("/bin/sh", "-c", "cat << A > /a; cat << \"B\"\na\nA\nb\nB");
    assertThat(run("RUN << A\necho a\nA\n").command()).containsExactly("/bin/sh", "-c", "echo a\n");
  }

  @Test
  void prependsShellToShellForm() {
    assertThat(run("RUN a  b\n").command()).containsExactly("/bin/sh", "-c", "a  b");
    assertThat(run("SHELL [\"bash\", \"-ec\"]\nRUN a\n").command())
        .containsExactly("bash", "-ec", "a");
    assertThat(run("RUN [\"a\", \"b c\"]\n").command()).containsExactly("a", "b c");
  }

  @Test
  void doesNotExpandTheCommand() {
    assertThat(run("ARG A=1\nRUN echo $A ${A}\n").command())
        .containsExactly("/bin/sh", "-c", "echo $A ${A}");
  }

  @Test
  void passesSingleHeredocToShell() {
    var run = run("RUN <<EOF\necho $A\nEOF\n");

    assertThat(run.command()).containsExactly("/bin/sh", "-c", "echo $A\n");
    assertThat(run.scripts()).isEmpty();
  }

  @Test
  void runsHeredocWithInterpreterAsScript() {
    var run = run("RUN <<-prog\n\t#!/usr/bin/python3\n\tprint(1)\nprog\n");

    assertThat(run.command()).containsExactly("/bin/sh", "-c", "/dev/pipes/prog");
    assertThat(run.scripts())
        .containsExactly(new InlineFile("/dev/pipes/prog", "#!/usr/bin/python3\nprint(1)\n"));
  }

  @Test
  void passesHeredocsInCommandToShell() {
    assertThat(run("RUN cat <<A <<-B > /x\n1\nA\n\t2\n\tB\n").command())
        .containsExactly("/bin/sh", "-c", "cat <<A <<-B > /x\n1\nA\n\t2\nB");
  }

  @Test
  void expandsUnquotedHeredocsOfCopy() {
    var copy =
        (Copy)
            stage("FROM a\nARG A=1\nCOPY <<B <<'C' /d/\n$A \"q\" \\$A\nB\n$A\nC\n")
                .instructions()
                .getLast();

    assertThat(copy.files())
        .containsExactly(new InlineFile("B", "1 \"q\" $A\n"), new InlineFile("C", "$A\n"));
  }

  @Test
  void bindsContextByDefault() {
    var mount = mount("target=x,source=$V");

    assertThat(mount.mount()).isEqualTo(new Mount.Bind(Optional.empty(), "v", "x", true));
    assertThat(mount.target()).isEqualTo("/w/x");
    assertThat(mount.source()).isEqualTo(new FileSource.Context());
  }

  @Test
  void mountsImagesAndStages() {
    var stage =
        stage("FROM a AS one\nFROM b\nRUN --mount=from=one,dst=/x,rw --mount=from=img,dst=/y z\n");
    var run = (Run) stage.instructions().getLast();

    assertThat(run.mounts())
        .extracting(ResolvedMount::source)
        .containsExactly(new FileSource.Stage(0), new FileSource.Image("img"));
    assertThat(run.mounts().getFirst().mount().readOnly()).isFalse();
  }

  @Test
  void parsesCacheMounts() {
    assertThat(mount("type=cache,target=/c,id=n,sharing=LOCKED,mode=0700,uid=1,gid=2,ro").mount())
        .isEqualTo(
            new Mount.Cache(
                Optional.of("n"),
                Optional.empty(),
                "/",
                "/c",
                true,
                Mount.Sharing.LOCKED,
                OptionalInt.of(0700),
                OptionalInt.of(1),
                OptionalInt.of(2)));
  }

  @Test
  void parsesMemorySizes() {
    assertThat(mount("type=tmpfs,target=/t,size=64m").mount())
        .isEqualTo(new Mount.Tmpfs("/t", false, OptionalLong.of(64L << 20)));
  }

  @Test
  void usesDefaultTargetsOfSecrets() {
    assertThat(mount("type=secret,id=a/b").target()).isEqualTo("/run/secrets/b");
    assertThat(mount("type=secret,id=a,env=A").target()).isEmpty();
    assertThat(mount("type=secret,id=a,env=A,target=/s").target()).isEqualTo("/s");
    assertThat(mount("type=secret,target=/s/key").mount())
        .extracting(mount -> ((Mount.Secret) mount).id())
        .isEqualTo("key");
  }

  @Test
  void parsesQuotedMountFields() {
    assertThat(mount("\"type=bind,\\\"target=/a,b\\\"\"").target()).isEqualTo("/a,b");
  }

  @Test
  void resetsCmdWithEntrypoint() {
    assertThat(stage("FROM a AS p\nCMD [\"x\"]\nFROM p\nENTRYPOINT [\"y\"]\n").settings().cmd())
        .isEmpty();
    assertThat(stage("FROM a\nCMD [\"x\"]\nENTRYPOINT [\"y\"]\n").settings().cmd())
        .containsExactly("x");
  }

  @Test
  void linksOnlyWithoutChmod() {
    var stage = stage("FROM a\nCOPY --link a b\nCOPY --link --chmod=755 a b\n");

    assertThat(stage.instructions())
        .extracting(instruction -> ((Copy) instruction).link())
        .containsExactly(true, false);
  }

  @Test
  void distinguishesRemoteSourcesOfAdd() {
    var add =
        (Copy)
            stage(
                    "FROM a\nADD x https://h/p/f.txt?q https://h/ git@h:r.git"
                        + " https://h/r.git#v1:dir https://h/r.git?ref=v2&subdir=e /d/\n")
                .instructions()
                .getLast();

    assertThat(add.sources())
        .isEqualTo(
            List.of(
                new AddSource.Local("x"),
                new AddSource.Http("https://h/p/f.txt?q", "f.txt", Optional.empty()),
                new AddSource.Http("https://h/", "__unnamed__", Optional.empty()),
                git("git@h:r.git", "", ""),
                git("https://h/r.git", "v1", "dir"),
                git("https://h/r.git", "v2", "e")));
  }

  private static AddSource git(String url, String ref, String directory) {
    return new AddSource.Git(
        url,
        Optional.of(ref).filter(text -> !text.isEmpty()),
        Optional.of(directory).filter(text -> !text.isEmpty()),
        false,
        Optional.empty());
  }
}
