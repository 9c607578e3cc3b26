package dev.stagewright.worker.prepare;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.ImageChecks;
import dev.stagewright.protocol.SourceRequest;
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
 * Findings about parts of the source and the request that are not used.
 *
 * @param request of the build
 * @param source the fetched source
 * @param dockerfile the Dockerfile of the source
 */
record SourceFindings(BuildRequest request, SourceTree source, DockerfileText dockerfile) {

  /** Adds findings to a plan. */
  BuildPlan addTo(BuildPlan plan, List<BuildPlan.Finding> findings) {
    var all = Stream.concat(plan.findings().stream(), findings.stream()).toList();
    return plan.toBuilder().findings(all).build();
  }

  /** The findings before the build context is written. */
  List<BuildPlan.Finding> ofRequest() throws IOException {
    var findings = new ArrayList<BuildPlan.Finding>();
    switch (request.source()) {
      case SourceRequest.Git git ->
          new KeepGitDirectory(git, request.buildArgs())
              .problem()
              .ifPresent(problem -> findings.add(finding("GitDirectoryNotKept", problem)));
      case SourceRequest.Inline(var files, var text)
          when text.isPresent() && files.containsKey(dockerfile.path()) ->
          findings.add(
              finding(
                  "InlineFileNotUsed",
                  "spec.source.inline.files contains \""
                      + dockerfile.path()
                      + "\", which is also the path of the Dockerfile: the text in"
                      + " spec.source.inline.dockerfile is used, and the file is not used; rename or"
                      + " remove the file"));
      case SourceRequest.Inline _,
          SourceRequest.Mounted _,
          SourceRequest.Volume _,
          SourceRequest.Http _,
          SourceRequest.Oci _,
          SourceRequest.Flux _,
          SourceRequest.Stream _ -> {}
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
                    + dockerfile.path()
                    + " and "
                    + other
                    + ": "
                    + dockerfile.path()
                    + " is used; to use the other file, set spec.dockerfile to its path"))
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
                    + ": "
                    + own
                    + " is used"))
        : Optional.empty();
  }

  /** The findings about the files of the build context. */
  static List<BuildPlan.Finding> ofPointers(LfsPointers pointers) {
    return pointers.finding().map(text -> finding("GitLfsPointer", text)).stream().toList();
  }

  private static BuildPlan.Finding finding(String rule, String message) {
    return new BuildPlan.Finding(rule, message, 0, Optional.of(ImageChecks.Severity.WARNING));
  }
}
