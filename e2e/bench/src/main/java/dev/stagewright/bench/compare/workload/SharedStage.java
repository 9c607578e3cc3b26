package dev.stagewright.bench.compare.workload;

import dev.stagewright.bench.compare.workload.Workload.Trait;

/** A workload of different services that have a stage with a library in common. */
public final class SharedStage {
  /** A file in all images, whose content is different in each run of the shared stage. */
  public static final String RUN_ID = "opt/library/run-id";

  private static final int SERVICES = 20;

  private SharedStage() {}

  /** The last stages differ, and have no RUN. */
  static Workload services(String busybox, String gcc) {
    return Workload.of(
            "services",
            "%d services at once with a shared stage".formatted(SERVICES),
            Aim.timesBuildKit(0.5).withSharedStageRuns(1),
            BuildContext.oneFile().and((folder, _) -> Programs.writeLibrary(folder)),
            """
            FROM %s AS library
            COPY c /{{GROUP}}
            RUN cd /{{GROUP}} && gcc -O2 -c *.c && ar rcs /libparts.a *.o && \\
                cat /proc/sys/kernel/random/uuid >/run-id
            FROM %s
            COPY --from=library /libparts.a /run-id /opt/library/
            COPY changed.txt /opt/{{NONCE}}/
            ENV SERVICE={{NONCE}}
            ENTRYPOINT ["cat", "/opt/{{NONCE}}/changed.txt"]
            """
                .formatted(gcc, busybox))
        .times(SERVICES)
        .with(Trait.SHARED_STAGE);
  }
}
