package dev.stagewright.worker.prepare;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.worker.source.DockerfileNames;
import dev.stagewright.worker.source.LfsPointers;
import dev.stagewright.worker.source.SourceTree;
import dev.stagewright.worker.source.git.KeepGitDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is worth knowing about the source and the request, and that no line of the Dockerfile shows:
 * what of them is silently not used.
 *
 * @param request of the build
 * @param source as it was fetched
 * @param dockerfile that was read from it
 */
record SourceFindings(BuildRequest request, SourceTree source, DockerfileText dockerfile) {

  /** The same plan with further findings. */
  BuildPlan addTo(BuildPlan plan, List<BuildPlan.Finding> findings) {
    return plan.withFindings(Stream.concat(plan.findings().stream(), findings.stream()).toList());
  }

  /** All that is known before the context is written. */
  List<BuildPlan.Finding> ofRequest() throws IOException {
    var findings = new ArrayList<BuildPlan.Finding>();
    switch (request.source()) {
      case BuildRequest.Source.Git git ->
          new KeepGitDirectory(git, request.buildArgs())
              .problem()
              .ifPresent(problem -> findings.add(finding("GitDirectoryNotKept", problem)));
      case BuildRequest.Source.Inline(var files, var text)
          when text.isPresent() && files.containsKey(dockerfile.path()) ->
          findings.add(
              finding(
                  "InlineFileNotUsed",
                  "spec.source.inline.files has \""
                      + dockerfile.path()
                      + "\" too, which is the path of the Dockerfile: the text in"
                      + " spec.source.inline.dockerfile is used, and the file is not; rename or"
                      + " remove it"));
      case BuildRequest.Source.Inline _,
          BuildRequest.Source.Mounted _,
          BuildRequest.Source.Volume _ -> {}
    }
    otherDockerfile().ifPresent(findings::add);
    otherIgnoreFile().ifPresent(findings::add);
    return findings;
  }

  private Optional<BuildPlan.Finding> otherDockerfile() throws IOException {
    var other = DockerfileNames.DEFAULTS.getLast();
    return request.dockerfile().isEmpty()
            && dockerfile.path().equals(DockerfileNames.DEFAULT)
            && source.entry(other).isPresent()
        ? Optional.of(
            finding(
                "DockerfileNotUsed",
                "the source has "
                    + other
                    + " too: "
                    + dockerfile.path()
                    + " is used; name the"
                    + " other in spec.dockerfile if it is meant"))
        : Optional.empty();
  }

  private Optional<BuildPlan.Finding> otherIgnoreFile() throws IOException {
    var own = dockerfile.path() + DockerfileText.IGNORE;
    return source.entry(own).isPresent() && source.entry(DockerfileText.IGNORE).isPresent()
        ? Optional.of(
            finding(
                "IgnoreFileNotUsed",
                "the source has "
                    + own
                    + " and "
                    + DockerfileText.IGNORE
                    + ": the first is used, and the second is not"))
        : Optional.empty();
  }

  /** What was found while the context was written. */
  static List<BuildPlan.Finding> ofPointers(LfsPointers pointers) {
    return pointers.finding().map(text -> finding("GitLfsPointer", text)).stream().toList();
  }

  private static BuildPlan.Finding finding(String rule, String message) {
    return new BuildPlan.Finding(rule, message, 0);
  }
}
