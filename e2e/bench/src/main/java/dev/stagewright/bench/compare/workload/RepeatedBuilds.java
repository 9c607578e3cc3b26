package dev.stagewright.bench.compare.workload;

import dev.stagewright.bench.compare.workload.Workload.Trait;
import java.nio.file.Files;
import java.util.List;

/** Workloads in which an earlier build has done most of the work. */
final class RepeatedBuilds {
  private static final BuildContext ONE_FILE = BuildContext.oneFile();
  private static final int STEPS = 9;

  private RepeatedBuilds() {}

  /** All of them, with these base images. */
  static List<Workload> all(String busybox, String debian, String gcc, String golang) {
    return List.of(
        unchanged(busybox),
        goLine(golang),
        cTouched(busybox, gcc, golang),
        fixed(busybox),
        dependenciesOnTheNode(debian),
        dependenciesInTheRegistry(debian),
        dependenciesAsLayers(debian));
  }

  private static Workload unchanged(String busybox) {
    return Workload.of(
            "unchanged",
            "nothing changed",
            Aim.podStarts(1, 0.8).withPodCount(1),
            ONE_FILE,
            """
            FROM %1$s AS build
            COPY changed.txt /in
            RUN echo {{NONCE}} >/out
            FROM %1$s
            RUN echo {{NONCE}} >/etc/release
            COPY --from=build /out /out
            """
                .formatted(busybox))
        .after(EarlierBuild.same());
  }

  private static Workload goLine(String golang) {
    return Workload.of(
            "go-line",
            "Go with a cache mount, one line changed",
            Aim.podStarts(2, 0.5).andTimesBuildKit(1),
            ONE_FILE.and(Programs::writeGo),
            """
            FROM %s AS builder
            COPY main.go .
            RUN --mount=type=cache,target=/root/.cache/go-build \\
                : {{NONCE}} && CGO_ENABLED=0 go build -o /server main.go
            FROM scratch
            COPY --from=builder /server /server
            """
                .formatted(golang))
        .after(EarlierBuild.with((folder, nonce) -> Programs.writeGo(folder, "before " + nonce)))
        .with(Trait.CACHE_CLAIM);
  }

  private static Workload cTouched(String busybox, String gcc, String golang) {
    return Workload.of(
            "c-touched",
            "C stage, Go stage, copy stage, one C file changed",
            // One Pod for the worker, one for the C stage, and none for the Go stage.
            Aim.podStarts(2, 0.5).andTimesBuildKit(1).withPodCount(2),
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
                .formatted(gcc, golang, busybox))
        .after(EarlierBuild.with((folder, nonce) -> Programs.writeC(folder, "before " + nonce)));
  }

  private static Workload fixed(String busybox) {
    var text = new StringBuilder("FROM " + busybox + "\n");
    for (var step = 1; step <= STEPS; step++) {
      text.append(
          "RUN echo {{NONCE}} >/step%d && head -c 1000000 /dev/urandom >>/step%1$d\n"
              .formatted(step));
    }
    return Workload.of(
            "fixed",
            "last of ten instructions failed, fixed",
            Aim.podStarts(2, 0.5).andTimesBuildKit(1),
            ONE_FILE,
            text + "RUN : {{NONCE}} && test -e /step1\n")
        .after(EarlierBuild.failing("test -e /step1", "test -e /missing"));
  }

  /**
   * The second build makes an image with the dependencies, and the third one pulls it to the node.
   */
  private static Workload dependenciesOnTheNode(String debian) {
    return dependencies(
            "dependencies",
            "300 MB in 30,000 files known, source changed",
            Aim.timesBuildKit(1.5),
            debian)
        .after(otherSource(1), otherSource(2), otherSource(3))
        .with(Trait.PREFIX_IMAGE);
  }

  private static Workload dependenciesInTheRegistry(String debian) {
    return dependencies(
            "dependencies-pull", "300 MB known, on a node without the files", Aim.none(), debian)
        .after(otherSource(1), otherSource(2))
        .with(Trait.PREFIX_IMAGE);
  }

  private static Workload dependenciesAsLayers(String debian) {
    return dependencies(
            "dependencies-unpack", "300 MB known, first build that uses them", Aim.none(), debian)
        .after(otherSource(1));
  }

  private static Workload dependencies(String name, String title, Aim aim, String debian) {
    return Workload.of(
        name,
        title,
        aim,
        ONE_FILE,
        """
        FROM %s
        RUN : {{NONCE}} && mkdir /dependencies && cd /dependencies && \\
            head -c 300000000 /dev/urandom | split -b 10000 -a 4
        COPY changed.txt /source
        RUN cp /source /program && echo {{NONCE}} >>/program
        """
            .formatted(debian));
  }

  private static EarlierBuild otherSource(int number) {
    return EarlierBuild.with((folder, nonce) ->
        Files.writeString(
            folder.resolve(BuildContext.CHANGED_FILE), "%d %s%n".formatted(number, nonce)));
  }
}
