package dev.stagewright.analysis.report;

import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Place;
import dev.stagewright.analysis.finding.Rule;
import dev.stagewright.analysis.finding.Severity;
import dev.stagewright.analysis.image.LayerOrigin;
import dev.stagewright.analysis.program.Linking;
import dev.stagewright.analysis.report.ReportStage.Cached;
import dev.stagewright.analysis.report.ReportStage.Kind;
import dev.stagewright.analysis.size.BaseKind;
import dev.stagewright.analysis.size.Duplicates;
import dev.stagewright.analysis.size.FileTotals;
import dev.stagewright.analysis.size.FileTree;
import dev.stagewright.analysis.size.Ladder;
import dev.stagewright.analysis.size.LayerSize;
import dev.stagewright.analysis.size.ProgramNeeds;
import dev.stagewright.analysis.size.Rung;
import dev.stagewright.analysis.size.Saving;
import dev.stagewright.analysis.size.Savings;
import dev.stagewright.analysis.size.SizeReport;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A report that has everything, also names that try to be markup. */
public final class SampleReport {
  /** A file name that would be an element. */
  public static final String HOSTILE = "</title><img src=x onerror=alert(1)>\"'&";

  private static final long MB = 1_000_000;

  private SampleReport() {}

  /** The report. */
  public static Report create() {
    return Report.builder(image(), size())
        .start(
            new StartPrediction(
                StartPrediction.Outcome.DOES_NOT_RUN,
                "/app/server needs the interpreter /lib64/ld-linux-x86-64.so.2, which the image does"
                    + " not have."))
        .findings(findings(), rules())
        .stages(stages())
        .build();
  }

  private static ReportImage image() {
    return new ReportImage(
        "registry.example.com/team/shop/backend-of-the-shop:2026.11.28-rc.1",
        Optional.of("sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
        "linux/amd64",
        Optional.of("2026-11-28T08:00:00Z"),
        List.of("/app/server", "--listen", ":8080", "--name", "a shop"),
        Optional.of("1000"));
  }

  private static List<Rule.Description> rules() {
    return List.of(
        new Rule.Description(
            "MissingInterpreter", Severity.ERROR, "The interpreter of the program is missing."),
        new Rule.Description("SecretInFile", Severity.ERROR, "A file looks like a secret."),
        new Rule.Description("NoCertificates", Severity.WARNING, "There is no CA bundle."),
        new Rule.Description("NoTimeZones", Severity.HINT, "There is no time zone database."),
        new Rule.Description("Unused", Severity.HINT, "A rule without findings."));
  }

  private static List<Finding> findings() {
    return List.of(
        new Finding(
            "MissingInterpreter",
            Severity.ERROR,
            Confidence.CERTAIN,
            new Place(Optional.of("/app/server"), Optional.of(3)),
            "/app/server is linked with glibc, but the image has no /lib64/ld-linux-x86-64.so.2.",
            "exec /app/server: no such file or directory",
            "Link it statically (CGO_ENABLED=0), build it in an -alpine image, or use a base with"
                + " glibc, for example debian:13-slim."),
        new Finding(
            "SecretInFile",
            Severity.ERROR,
            Confidence.LIKELY,
            new Place(Optional.of("/app/" + HOSTILE), Optional.of(4)),
            "/app/" + HOSTILE + " contains a private key in line 12.",
            "",
            "Mount it: RUN --mount=type=secret,id=key …"),
        new Finding(
            "NoCertificates",
            Severity.WARNING,
            Confidence.POSSIBLE,
            new Place(Optional.of("/app/server"), Optional.of(3)),
            "/app/server seems to use TLS, but the image has no CA bundle.",
            "x509: certificate signed by unknown authority",
            "RUN apk add --no-cache ca-certificates"),
        new Finding(
            "NoTimeZones",
            Severity.HINT,
            Confidence.POSSIBLE,
            // The bytes of a name in UTF-8.
            new Place(Optional.of("/app/caf\u00c3\u00a9"), Optional.of(4)),
            "/app/caf\u00c3\u00a9 names a time zone, but the image has no /usr/share/zoneinfo.",
            "unknown time zone Europe/Berlin",
            "RUN apk add --no-cache tzdata"));
  }

  private static SizeReport size() {
    var layers =
        List.of(
            layer(
                "ADD alpine-minirootfs-3.22.0-x86_64.tar.gz / # buildkit",
                0,
                "",
                true,
                4 * MB,
                8 * MB),
            layer(
                "RUN /bin/sh -c apk add --no-cache build-base curl git linux-headers openssl-dev"
                    + " && curl -fsSL https://example.com/very/long/address/of/a/tool.tar.gz | tar xz",
                4,
                "final",
                false,
                96 * MB,
                240 * MB),
            layer("COPY . .", 6, "final", false, 21 * MB, 30 * MB),
            layer(
                "COPY --from=builder /src/server /app/server", 7, "final", false, 12 * MB, 31 * MB),
            layer("COPY keys /app/", 8, "final", false, 20_000, 60_000));
    var total = new FileTotals(5321, 309 * MB, 133 * MB);
    return new SizeReport(total, layers, files(), savings(), ladder());
  }

  private static LayerSize layer(
      String instruction, int line, String stage, boolean base, long compressed, long bytes) {
    return new LayerSize(
        "sha256:" + "ab".repeat(32),
        new LayerOrigin(
            Optional.of(instruction),
            Optional.of(line).filter(n -> n > 0),
            Optional.of(stage).filter(text -> !text.isEmpty()),
            base),
        new FileTotals(bytes / 50_000, bytes, compressed),
        base ? FileTotals.NONE : new FileTotals(12, bytes / 10, compressed / 10),
        true);
  }

  private static FileTree files() {
    return folder(
        "",
        folder(
            "usr",
            folder(
                "lib",
                folder(
                    "gcc",
                    folder(
                        "x86_64-alpine-linux-musl",
                        folder(
                            "14.3.0",
                            file("cc1plus", 34 * MB, 1),
                            file("cc1", 32 * MB, 1),
                            file("lto1", 31 * MB, 1),
                            file("libgcc.a", 9 * MB, 1),
                            rest(6 * MB, 40, 1)))),
                file("libperl.so", 4 * MB, 1),
                file("libcrypto.so.3", 5 * MB, 0),
                rest(19 * MB, 812, 1)),
            folder(
                "bin",
                file("ld.bfd", 2 * MB, 1),
                file("git", 4 * MB, 1),
                file("gdb", 11 * MB, 1),
                file("cmake", 12 * MB, 1),
                rest(15 * MB, 120, 1)),
            folder("include", folder("linux", rest(7 * MB, 1200, 1)), rest(5 * MB, 900, 1)),
            folder("share", folder("man", rest(3 * MB, 600, 1)), rest(6 * MB, 800, 1))),
        folder(
            "app",
            file("server", 31 * MB, 3),
            folder(
                ".git",
                folder(
                    "objects",
                    file("pack-0123456789abcdef.pack", 19 * MB, 2),
                    rest(2 * MB, 90, 2))),
            file("caf\u00c3\u00a9", 2 * MB, 4),
            file(HOSTILE, 5 * MB, 4),
            rest(6 * MB, 90, 2)),
        folder("lib", file("ld-musl-x86_64.so.1", 650_000, 0), file("libapk.so", 300_000, 0)),
        folder("bin", file("busybox", 800_000, 0)),
        rest(400_000, 80, 0));
  }

  private static FileTree folder(String name, FileTree... children) {
    var sorted =
        Stream.of(children)
            .sorted(
                Comparator.comparing((FileTree child) -> child.kind() == FileTree.Kind.OTHER)
                    .thenComparing(
                        Comparator.comparingLong((FileTree child) -> child.total().bytes())
                            .reversed()))
            .toList();
    var total = sorted.stream().map(FileTree::total).reduce(FileTotals.NONE, FileTotals::plus);
    return new FileTree(name, FileTree.Kind.DIRECTORY, total, sorted.getFirst().layer(), sorted);
  }

  private static FileTree file(String name, long bytes, int layer) {
    return new FileTree(
        name, FileTree.Kind.FILE, new FileTotals(1, bytes, bytes / 3), layer, List.of());
  }

  private static FileTree rest(long bytes, int files, int layer) {
    return new FileTree(
        "", FileTree.Kind.OTHER, new FileTotals(files, bytes, bytes / 3), layer, List.of());
  }

  private static Savings savings() {
    return new Savings(
        List.of(
            new Saving(
                Saving.Kind.GROUP,
                new FileTotals(700, 210 * MB, 88 * MB),
                "The last stage has compilers, headers, and SDKs.",
                "Build in a stage of its own, and copy only the result: COPY --from=build … …"),
            new Saving(
                Saving.Kind.GROUP,
                new FileTotals(90, 21 * MB, 20 * MB),
                "The image has the history of a Git repository in /app/.git.",
                "Add .git to .dockerignore.")),
        List.of(),
        new Duplicates(FileTotals.NONE, List.of()),
        List.of());
  }

  private static Ladder ladder() {
    var needs =
        new ProgramNeeds(
            Optional.of("/app/server"),
            Linking.GLIBC,
            List.of(),
            new FileTotals(3, 33 * MB, 13 * MB),
            List.of("/app/server"),
            true);
    return new Ladder(
        needs,
        new FileTotals(40, 40 * MB, 20 * MB),
        List.of(
            rung(BaseKind.CURRENT, Rung.Feasibility.CURRENT, 4 * MB, 133 * MB, List.of()),
            rung(
                BaseKind.SLIM,
                Rung.Feasibility.POSSIBLE,
                29 * MB,
                42 * MB,
                List.of(
                    "FROM debian:13-slim",
                    "COPY --from=builder /src/server /app/server",
                    "ENTRYPOINT [\"/app/server\"]")),
            rung(
                BaseKind.DISTROLESS,
                Rung.Feasibility.POSSIBLE,
                9 * MB,
                22 * MB,
                List.of(
                    "FROM distroless/base",
                    "COPY --from=builder /src/server /app/server",
                    "ENTRYPOINT [\"/app/server\"]")),
            rung(BaseKind.ALPINE, Rung.Feasibility.REBUILD, 4 * MB, 17 * MB, List.of()),
            rung(BaseKind.BUSYBOX, Rung.Feasibility.IMPOSSIBLE, 2 * MB, 15 * MB, List.of()),
            rung(
                BaseKind.SCRATCH,
                Rung.Feasibility.REBUILD,
                0,
                13 * MB,
                List.of(
                    "FROM scratch",
                    "COPY --from=builder /src/server /app/server",
                    "ENTRYPOINT [\"/app/server\"]"))));
  }

  private static Rung rung(
      BaseKind base, Rung.Feasibility feasibility, long size, long expected, List<String> lines) {
    return new Rung(
        base,
        feasibility,
        new Rung.Estimate(size, size + 12 * MB, expected),
        "The program is linked with glibc.",
        lines);
  }

  private static List<ReportStage> stages() {
    return List.of(
        stage("prepare", Kind.PREPARE, "08:00:00", "08:00:04", Cached.UNKNOWN, "node-1"),
        stage("deps", Kind.STAGE, "08:00:05", "08:01:10", Cached.NONE, "node-1"),
        stage("assets", Kind.STAGE, "08:00:06", "08:00:41", Cached.PARTIAL, "node-2"),
        stage("builder", Kind.STAGE, "08:00:07", "08:02:30", Cached.NONE, "node-1", "deps"),
        stage("test", Kind.STAGE, "08:02:31", "08:03:20", Cached.NONE, "node-2", "builder"),
        new ReportStage(
            "licenses",
            Kind.STAGE,
            Optional.empty(),
            Cached.ALL,
            Optional.empty(),
            List.of("deps")),
        new ReportStage(
            "ghcr.io/example/tools:1.2",
            Kind.IMAGE,
            Optional.empty(),
            Cached.UNKNOWN,
            Optional.empty(),
            List.of()),
        stage(
            "final",
            Kind.WORKER_STAGE,
            "08:03:21",
            "08:03:24",
            Cached.NONE,
            "the worker Pod",
            "builder",
            "assets",
            "licenses",
            "test",
            "ghcr.io/example/tools:1.2"),
        stage("publish", Kind.PUBLISH, "08:03:24", "08:03:31", Cached.UNKNOWN, "node-1"));
  }

  private static ReportStage stage(
      String name,
      Kind kind,
      String start,
      String end,
      Cached cached,
      String where,
      String... dependencies) {
    return new ReportStage(
        name,
        kind,
        Optional.of(new ReportStage.Times("2026-11-28T" + start + "Z", "2026-11-28T" + end + "Z")),
        cached,
        Optional.of(where),
        List.of(dependencies));
  }
}
