package dev.stagewright.analysis.size;

import static dev.stagewright.analysis.TestFiles.file;
import static dev.stagewright.analysis.TestFiles.hardLink;
import static dev.stagewright.analysis.TestFiles.library;
import static dev.stagewright.analysis.TestFiles.marked;
import static dev.stagewright.analysis.TestFiles.program;
import static dev.stagewright.analysis.TestFiles.script;
import static dev.stagewright.analysis.TestFiles.symlink;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.analysis.ImageFixture;
import dev.stagewright.analysis.layer.LayerFile;
import dev.stagewright.analysis.program.Linking;
import dev.stagewright.analysis.size.Rung.Feasibility;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class LadderTest {
  private static final String GLIBC = "/lib64/ld-linux-x86-64.so.2";
  private static final String MUSL = "/lib/ld-musl-x86_64.so.1";

  private static final LayerFile[] DEBIAN = {
    symlink("lib64", "usr/lib64"),
    symlink("lib", "usr/lib"),
    symlink("bin", "usr/bin"),
    library("usr/lib64/ld-linux-x86-64.so.2", 200_000),
    library("usr/lib/x86_64-linux-gnu/libc.so.6", 2_000_000),
    library("usr/lib/x86_64-linux-gnu/libz.so.1", 100_000, "libc.so.6"),
    program("usr/bin/dash", 100_000, GLIBC, "libc.so.6"),
    symlink("usr/bin/sh", "dash"),
    file("usr/share/data", 97_600_000),
  };

  private static final LayerFile[] ALPINE = {
    library("lib/ld-musl-x86_64.so.1", 600_000),
    symlink("lib/libc.musl-x86_64.so.1", "ld-musl-x86_64.so.1"),
    program("bin/busybox", 800_000, MUSL, "libc.musl-x86_64.so.1"),
    symlink("bin/sh", "/bin/busybox"),
  };

  private static Ladder ladder(ImageFixture image) {
    return SizeAnalysis.report(image.build()).ladder();
  }

  private static Map<BaseKind, Feasibility> feasibility(ImageFixture image) {
    return ladder(image).rungs().stream().collect(Collectors.toMap(Rung::base, Rung::feasibility));
  }

  private static Rung rung(ImageFixture image, BaseKind base) {
    return ladder(image).rungs().stream().filter(r -> r.base() == base).findFirst().orElseThrow();
  }

  @Test
  void currentBaseComesFirst() {
    var image = new ImageFixture().base(DEBIAN).layer("COPY", program("app", 1000));
    assertThat(ladder(image).rungs()).extracting(Rung::base).containsExactly(BaseKind.values());
    assertThat(ladder(image).rungs().getFirst().size())
        .isEqualTo(new Rung.Estimate(50_000_000, 50_000_500, 50_000_500));
  }

  @Test
  void staticProgramRunsEverywhere() {
    var image =
        new ImageFixture()
            .base(DEBIAN)
            .layer("COPY", program("app/server", 1_000_000), file("app/index.html", 500_000))
            .entrypoint("/app/server");
    assertThat(feasibility(image))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                BaseKind.CURRENT, Feasibility.CURRENT,
                BaseKind.SLIM, Feasibility.POSSIBLE,
                BaseKind.DISTROLESS, Feasibility.POSSIBLE,
                BaseKind.ALPINE, Feasibility.POSSIBLE,
                BaseKind.BUSYBOX, Feasibility.POSSIBLE,
                BaseKind.SCRATCH, Feasibility.POSSIBLE));
    assertThat(ladder(image).needs())
        .isEqualTo(
            new ProgramNeeds(
                Optional.of("/app/server"),
                Linking.STATIC,
                List.of(),
                new FileTotals(1, 1_000_000, 500_000),
                List.of("/app/server"),
                true));
    var scratch = rung(image, BaseKind.SCRATCH);
    assertThat(scratch.size()).isEqualTo(new Rung.Estimate(0, 500_000, 750_000));
    assertThat(scratch.dockerfile())
        .containsExactly(
            "# The present last stage, with a name: FROM … AS build",
            "FROM scratch",
            "COPY --from=build /app /app",
            "# ENV, WORKDIR, USER, ENTRYPOINT, and CMD as before");
    assertThat(rung(image, BaseKind.DISTROLESS).dockerfile())
        .contains("FROM gcr.io/distroless/static-debian12");
  }

  @Test
  void glibcProgramRunsOnScratchWithItsLibraries() {
    var image =
        new ImageFixture()
            .base(DEBIAN)
            .layer("COPY", program("server", 1_000_000, GLIBC, "libz.so.1", "libc.so.6"))
            .entrypoint("/server");
    assertThat(feasibility(image))
        .containsEntry(BaseKind.SLIM, Feasibility.POSSIBLE)
        .containsEntry(BaseKind.DISTROLESS, Feasibility.POSSIBLE)
        .containsEntry(BaseKind.ALPINE, Feasibility.REBUILD)
        .containsEntry(BaseKind.SCRATCH, Feasibility.POSSIBLE);
    assertThat(ladder(image).needs().linking()).isEqualTo(Linking.GLIBC);
    assertThat(ladder(image).needs().files()).isEqualTo(new FileTotals(4, 3_300_000, 1_650_000));
    assertThat(rung(image, BaseKind.SCRATCH).dockerfile())
        .contains(
            "COPY --from=build /server /",
            "COPY --from=build /lib64/ld-linux-x86-64.so.2 /lib64/",
            "COPY --from=build /usr/lib/x86_64-linux-gnu/libc.so.6"
                + " /usr/lib/x86_64-linux-gnu/libz.so.1 /usr/lib/x86_64-linux-gnu/");
    var slim = rung(image, BaseKind.SLIM);
    assertThat(slim.dockerfile())
        .contains(
            "COPY --from=build /usr/lib/x86_64-linux-gnu/libz.so.1 /usr/lib/x86_64-linux-gnu/");
    assertThat(slim.size().atLeast()).isEqualTo(slim.size().base() + 550_000);
  }

  @Test
  void librariesThatAreMissingHaveNoKnownSize() {
    var image =
        new ImageFixture()
            .layer("COPY", program("server", 1_000_000, GLIBC, "libz.so.1", "libc.so.6"))
            .entrypoint("/server");
    assertThat(feasibility(image))
        .containsEntry(BaseKind.SLIM, Feasibility.REBUILD)
        .containsEntry(BaseKind.DISTROLESS, Feasibility.REBUILD)
        .containsEntry(BaseKind.SCRATCH, Feasibility.REBUILD);
    assertThat(rung(image, BaseKind.SLIM).reason())
        .isEqualTo(
            "the program needs libz.so.1, which the image does not have; link it statically"
                + " (-static)");
    assertThat(rung(image, BaseKind.SCRATCH).reason()).contains("needs " + GLIBC + ", which");
    assertThat(rung(image, BaseKind.ALPINE).reason()).startsWith("the program needs glibc;");
  }

  @Test
  void baseProvidesWhatIsMissing() {
    var image =
        new ImageFixture()
            .layer("COPY", program("server", 1_000_000, GLIBC, "libc.so.6"))
            .entrypoint("/server");
    assertThat(feasibility(image))
        .containsEntry(BaseKind.SLIM, Feasibility.POSSIBLE)
        .containsEntry(BaseKind.DISTROLESS, Feasibility.POSSIBLE)
        .containsEntry(BaseKind.BUSYBOX, Feasibility.REBUILD);
  }

  @Test
  void sayHowToLinkStatically() {
    var program = program("server", 1_000_000, GLIBC, "libc.so.6");
    var image = new ImageFixture().base(DEBIAN).entrypoint("/server");
    assertThat(rung(image.layer("COPY", program), BaseKind.ALPINE).reason())
        .isEqualTo("the program needs glibc; link it statically (-static)");
    assertThat(rung(image.layer("COPY", marked(program, Set.of("go"))), BaseKind.ALPINE).reason())
        .isEqualTo("the program needs glibc; build it with CGO_ENABLED=0");
  }

  @Test
  void muslProgram() {
    var image =
        new ImageFixture()
            .base(ALPINE)
            .layer("COPY", program("server", 1000, MUSL, "libc.musl-x86_64.so.1"))
            .entrypoint("/server");
    assertThat(feasibility(image))
        .containsEntry(BaseKind.SLIM, Feasibility.REBUILD)
        .containsEntry(BaseKind.ALPINE, Feasibility.POSSIBLE)
        .containsEntry(BaseKind.SCRATCH, Feasibility.POSSIBLE);
    assertThat(ladder(image).needs().paths())
        .containsExactly("/lib/ld-musl-x86_64.so.1", "/lib/libc.musl-x86_64.so.1", "/server");
    assertThat(ladder(image).needs().files().files()).isEqualTo(2);
  }

  @Test
  void shellFormNeedsAShell() {
    var image =
        new ImageFixture()
            .base(DEBIAN)
            .layer("COPY", program("server", 1000))
            .entrypoint("/bin/sh", "-c", "exec /server --port 80");
    assertThat(feasibility(image))
        .containsEntry(BaseKind.SLIM, Feasibility.POSSIBLE)
        .containsEntry(BaseKind.DISTROLESS, Feasibility.IMPOSSIBLE)
        .containsEntry(BaseKind.BUSYBOX, Feasibility.POSSIBLE)
        .containsEntry(BaseKind.SCRATCH, Feasibility.IMPOSSIBLE);
    assertThat(rung(image, BaseKind.SCRATCH).dockerfile()).isEmpty();
    assertThat(ladder(image).needs().linking()).isEqualTo(Linking.STATIC);
    assertThat(ladder(image).needs().complete()).isFalse();
  }

  @Test
  void entryPointThatIsAScript() {
    var image =
        new ImageFixture()
            .base(DEBIAN)
            .layer(
                "COPY",
                script("usr/local/bin/docker-entrypoint.sh", "/bin/sh"),
                program("usr/local/bin/redis-server", 1000, GLIBC, "libc.so.6"))
            .entrypoint("docker-entrypoint.sh")
            .config(c -> c.withCmd(List.of("redis-server")));
    var needs = ladder(image).needs();
    assertThat(needs.program()).contains("/usr/local/bin/docker-entrypoint.sh");
    assertThat(needs.interpreters()).containsExactly("/bin/sh");
    assertThat(needs.paths()).contains("/usr/local/bin/redis-server");
    assertThat(feasibility(image))
        .containsEntry(BaseKind.SLIM, Feasibility.POSSIBLE)
        .containsEntry(BaseKind.SCRATCH, Feasibility.IMPOSSIBLE);
  }

  @Test
  void interpretedProgramNeedsItsRuntime() {
    var image =
        new ImageFixture()
            .base(DEBIAN)
            .layer(
                "RUN apt-get install -y python3",
                program("usr/bin/python3.12", 6_000_000, GLIBC, "libc.so.6"),
                symlink("usr/bin/python3", "python3.12"),
                file("usr/lib/python3.12/os.py", 30_000),
                file("usr/lib/python3.12/test/test_os.py", 30_000))
            .layer("COPY", file("app/main.py", 1000))
            .entrypoint("python3", "/app/main.py");
    assertThat(feasibility(image))
        .containsEntry(BaseKind.SLIM, Feasibility.POSSIBLE)
        .containsEntry(BaseKind.ALPINE, Feasibility.REBUILD)
        .containsEntry(BaseKind.SCRATCH, Feasibility.IMPOSSIBLE);
    assertThat(ladder(image).needs().paths())
        .contains("/usr/lib/python3.12/os.py")
        .doesNotContain("/usr/lib/python3.12/test/test_os.py");
    assertThat(rung(image, BaseKind.SLIM).dockerfile())
        .contains("FROM python:3-slim", "COPY --from=build /app /app");
    assertThat(rung(image, BaseKind.SCRATCH).reason()).isEqualTo("the start needs python");
  }

  @Test
  void packagesOfTheDistributionAreNotOwnFiles() {
    var image =
        new ImageFixture()
            .base(DEBIAN)
            .layer(
                "RUN apt-get update && apt-get install -y gcc",
                file("usr/lib/gcc/cc1", 1000),
                file("usr/lib/libx.so", 1000),
                file("usr/local/bin/tool", 10))
            .layer("COPY", program("app", 100))
            .entrypoint("/app");
    assertThat(ladder(image).own()).isEqualTo(new FileTotals(2, 110, 55));
  }

  @Test
  void copyWhatProgramsOftenRead() {
    var image =
        new ImageFixture()
            .base(DEBIAN)
            .layer(
                "RUN apt-get install -y ca-certificates",
                file("etc/ssl/certs/ca-certificates.crt", 10))
            .layer("RUN useradd app", file("etc/passwd", 10))
            .layer("COPY", program("server", 1000))
            .config(c -> c.withUser("app"))
            .entrypoint("/server");
    assertThat(rung(image, BaseKind.SCRATCH).dockerfile())
        .contains(
            "COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt",
            "COPY --from=build /etc/passwd /etc/passwd");
  }

  @Test
  void nothingIsPossibleWithoutAProgram() {
    var image = new ImageFixture().base(DEBIAN).entrypoint("/missing");
    assertThat(feasibility(image))
        .containsEntry(BaseKind.SLIM, Feasibility.IMPOSSIBLE)
        .containsEntry(BaseKind.SCRATCH, Feasibility.IMPOSSIBLE);
    assertThat(rung(image, BaseKind.SLIM).reason())
        .isEqualTo("the program of the image was not found");
  }

  @Test
  void programOfTheBaseDoesNotMove() {
    var image = new ImageFixture().base(DEBIAN).layer("COPY", file("a", 1)).entrypoint("sh");
    assertThat(rung(image, BaseKind.SCRATCH))
        .extracting(Rung::feasibility, Rung::reason)
        .containsExactly(Feasibility.IMPOSSIBLE, "the program belongs to the base image");
  }

  @Test
  void toolChainDoesNotMove() {
    var image =
        new ImageFixture()
            .base(DEBIAN)
            .layer("COPY", program("usr/local/go/bin/go", 10))
            .entrypoint("/usr/local/go/bin/go");
    assertThat(rung(image, BaseKind.SCRATCH).reason())
        .isEqualTo("the program belongs to a tool chain");
  }

  @Test
  void otherNameOfTheProgramIsNotCountedTwice() {
    var image =
        new ImageFixture()
            .layer("COPY", program("bin/box", 1000), hardLink("bin/app", "bin/box"))
            .entrypoint("/bin/app");
    assertThat(rung(image, BaseKind.SCRATCH).size()).isEqualTo(new Rung.Estimate(0, 500, 500));
  }

  @Test
  void packagesAreRecognizedByTheirDatabase() {
    var image =
        new ImageFixture()
            .base(DEBIAN)
            .layer("RUN ./setup.sh", file("var/lib/dpkg/status", 10), file("usr/bin/make", 10))
            .layer("COPY", program("app", 100))
            .entrypoint("/app");
    assertThat(ladder(image).own()).isEqualTo(new FileTotals(1, 100, 50));
  }

  @Test
  void valuesOfVariablesDoNotAppear() {
    var image =
        new ImageFixture()
            .base(DEBIAN)
            .layer("COPY", program("server", 1000))
            .entrypoint("/server", "--token=abc")
            .config(c -> c.withEnv(List.of("TOKEN=abc")));
    assertThat(ladder(image).rungs().toString()).doesNotContain("abc");
  }
}
