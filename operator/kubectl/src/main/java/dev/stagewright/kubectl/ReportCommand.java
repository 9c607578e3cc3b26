package dev.stagewright.kubectl;

import dev.stagewright.analysis.ImageAnalysis;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.ImageStatus;
import dev.stagewright.cli.ExitCode;
import dev.stagewright.kubectl.chart.ReportStages;
import dev.stagewright.kubectl.check.ImageChecker;
import dev.stagewright.kubectl.cluster.BuildSnapshot;
import dev.stagewright.kubectl.cluster.NotFoundException;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildPlan;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stagewright report}. */
@Command(
    name = "report",
    header = "Shows the report about the image of a build",
    description = {
      "Shows the report about the image of a build: whether its program can start, what is missing,"
          + " what makes it large, and how it was built.",
      "The report is the one that the build has attached to the image. If there is none, the image"
          + " is checked like with the command check."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the report was printed",
      "2:wrong usage",
      "3:the cluster or the registry cannot be reached or rejected the request, or the build does"
          + " not exist or has no image"
    })
public final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "BUILD", description = "Name of the ImageBuild")
  private String build = "";

  @Mixin private final ReportOutput output = new ReportOutput();
  @Mixin private final RegistryAccess access = new RegistryAccess();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets the field before it calls the command
  private CommandSpec spec;

  /** A build with its plan, which is deleted some time after the run. */
  private record Run(BuildSnapshot snapshot, Optional<BuildPlan> plan) {}

  @Override
  public Integer call() {
    return access.run(
        spec,
        () -> {
          var run =
              access
                  .cluster()
                  .read(builds -> {
                    var snapshot = builds.snapshot(build);
                    return new Run(snapshot, builds.plan(snapshot));
                  });
          var image = image(run.snapshot());
          try (var client = access.client(image.registry())) {
            var report =
                new ImageChecker(client, ImageAnalysis.standard()).attachedOrChecked(image);
            var stages =
                run.snapshot().status().map(status -> new ReportStages(status, run.plan()).list());
            output.write(
                stages.map(list -> report.toBuilder().stages(list).build()).orElse(report),
                spec.commandLine().getOut());
            return ExitCode.OK;
          }
        });
  }

  private ImageReference image(BuildSnapshot snapshot) throws NotFoundException {
    return snapshot
        .status()
        .flatMap(status -> Optional.ofNullable(status.image()))
        .map(ReportCommand::reference)
        .orElseThrow(() ->
            new NotFoundException(
                "ImageBuild " + build + " has no image; see: stagewright get " + build));
  }

  /** The tag may have moved since the build. */
  private static ImageReference reference(ImageStatus image) {
    var tagged = ImageReference.parse(image.reference());
    return new ImageReference(
        tagged.registry(),
        tagged.repository(),
        tagged.tag(),
        Optional.of(Digest.parse(image.digest())));
  }
}
