package dev.stagewright.bench.compare.workload;

import dev.stagewright.bench.compare.workload.Workload.Trait;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All workloads of the comparison. */
public final class Workloads {
  private static final String BUSYBOX = "docker.io/library/busybox";
  private static final String DEBIAN = "docker.io/library/debian";
  private static final String GCC = "docker.io/library/gcc";
  private static final String GOLANG = "docker.io/library/golang";
  private static final int DIAMOND_WIDTH = 8;
  private static final int DIAMOND_SECONDS = 10;
  private static final int BUILDS_AT_ONCE = 20;
  private static final int CONTEXT_FILES = 50_000;
  private static final int FILES_PER_DIRECTORY = 500;

  /** The number of rounds of workloads that take minutes. */
  private static final int FEW_ROUNDS = 3;

  private static final BuildContext ONE_FILE = BuildContext.oneFile();
  private static final BuildContext MANY_FILES = new ManyFiles(CONTEXT_FILES, FILES_PER_DIRECTORY);

  private static final List<Workload> FIRST_BUILDS =
      List.of(
          Workload.of(
              "copy",
              "one COPY on busybox",
              Aim.podStarts(1, 1.0).withCpuSeconds(3).withPodCount(1),
              ONE_FILE,
              "FROM " + BUSYBOX + "\nCOPY changed.txt /{{NONCE}}\n"),
          Workload.of(
              "run",
              "one RUN on busybox",
              Aim.podStarts(2, 1.2).withCpuSeconds(4.5).withPodCount(2),
              ONE_FILE,
              "FROM " + BUSYBOX + "\nRUN echo {{NONCE}} >/changed.txt\n"),
          Workload.of(
              "go",
              "Go stage and a stage on scratch",
              Aim.podStarts(2, 0.5).andTimesBuildKit(1).withPodCount(2),
              ONE_FILE.and(Programs::writeGo),
              """
              FROM %s AS builder
              COPY main.go .
              RUN : {{NONCE}} && CGO_ENABLED=0 go build -o /server main.go
              FROM scratch
              COPY --from=builder /server /server
              """
                  .formatted(GOLANG)),
          Workload.of(
              "base",
              "one COPY on a base of 400 MB",
              Aim.podStarts(2, 1.2),
              ONE_FILE,
              "FROM " + GCC + "\nCOPY changed.txt /{{NONCE}}\n"),
          Workload.of(
              "mixed",
              "C stage, Go stage, copy stage",
              Aim.timesBuildKit(0.9),
              ONE_FILE.and(Programs::writeGo).and(Programs::writeC),
              """
              FROM %s AS c
              COPY c /c
              RUN : {{NONCE}} && gcc -O2 -static -o /program /c/*.c
              FROM %s AS go
              COPY main.go .
              RUN : {{NONCE}} && CGO_ENABLED=0 go build -o /server main.go
              FROM %s
              COPY --from=c /program /bin/program
              COPY --from=go /server /bin/server
              """
                  .formatted(GCC, GOLANG, BUSYBOX)),
          Workload.of(
              "diamond",
              "eight stages that wait %d s".formatted(DIAMOND_SECONDS),
              Aim.podStarts(4, DIAMOND_SECONDS + 1),
              ONE_FILE,
              diamond()),
          Workload.of(
                  "parallel",
                  "%d builds of one RUN at once".formatted(BUILDS_AT_ONCE),
                  Aim.none().withCpuSeconds(5),
                  ONE_FILE,
                  "FROM " + BUSYBOX + "\nRUN echo {{NONCE}} >/changed.txt\n")
              .times(BUILDS_AT_ONCE),
          files(10_000, Aim.podStarts(2, 0.5).andTimesBuildKit(1)),
          files(100_000, Aim.timesBuildKit(1)).atMost(FEW_ROUNDS),
          files(500_000, Aim.timesBuildKit(1)).atMost(FEW_ROUNDS).with(Trait.LARGE),
          Workload.of(
                  "noise",
                  "RUN that writes 2 GB of noise",
                  Aim.timesBuildKit(0.7),
                  ONE_FILE,
                  "FROM "
                      + BUSYBOX
                      + "\nRUN echo {{NONCE}} >/noise && head -c 2000000000 /dev/urandom >>/noise\n")
              .atMost(FEW_ROUNDS)
              .with(Trait.LARGE),
          Workload.of(
                  "context",
                  "context of 50,000 files, first build",
                  Aim.timesBuildKit(0.5),
                  MANY_FILES,
                  "FROM " + BUSYBOX + "\nCOPY data /{{NONCE}}\n")
              .with(Trait.LARGE, Trait.NEW_CONTEXT),
          Workload.of(
                  "context-changed",
                  "context of 50,000 files, one changed",
                  Aim.timesBuildKit(0.5),
                  MANY_FILES,
                  "FROM " + BUSYBOX + "\nCOPY data /{{NONCE}}\n")
              .with(Trait.LARGE));

  private static final List<Workload> ALL =
      Stream.of(
              FIRST_BUILDS,
              RepeatedBuilds.all(BUSYBOX, DEBIAN, GCC, GOLANG),
              List.of(SharedStage.services(BUSYBOX, GCC)))
          .flatMap(List::stream)
          .toList();

  private Workloads() {}

  /** All workloads, in the order of the table. */
  public static List<Workload> all() {
    return ALL;
  }

  /** The workload with this name. */
  public static Optional<Workload> named(String name) {
    return ALL.stream().filter(workload -> workload.name().equals(name)).findFirst();
  }

  private static Workload files(int count, Aim aim) {
    return Workload.of(
        "files-%dk".formatted(count / 1000),
        String.format(Locale.ROOT, "RUN that writes %,d files", count),
        aim,
        ONE_FILE,
        """
        FROM %s
        RUN mkdir /files && cd /files && d=0 && \\
            while [ $d -lt %d ]; do \\
              mkdir $d && i=0 && \\
              while [ $i -lt %d ]; do echo {{NONCE}} $i >$d/$i; i=$((i + 1)); done; \\
              d=$((d + 1)); \\
            done
        """
            .formatted(BUSYBOX, count / FILES_PER_DIRECTORY, FILES_PER_DIRECTORY));
  }

  private static String diamond() {
    return "FROM "
        + BUSYBOX
        + " AS top\nRUN echo {{NONCE}} >/top\n"
        + forEachSide("FROM top AS side%1$d\nRUN sleep %2$d && echo {{NONCE}} >/side%1$d\n")
        + "FROM "
        + BUSYBOX
        + "\n"
        + forEachSide("COPY --from=side%1$d /side%1$d /\n");
  }

  private static String forEachSide(String lines) {
    return IntStream.rangeClosed(1, DIAMOND_WIDTH)
        .mapToObj(side -> lines.formatted(side, DIAMOND_SECONDS))
        .collect(Collectors.joining());
  }
}
