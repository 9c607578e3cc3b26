package dev.stagewright.protocol;

import java.util.List;
import java.util.Optional;

/**
 * The requests of a build to Harbor.
 *
 * @param createProject whether to create a missing project, as a private project
 * @param labels names of Harbor labels for the image
 * @param scan whether to scan the image for vulnerabilities
 * @param failOn lowest severity of a vulnerability that prevents the tags from being pushed, as
 *     Harbor names it, for example {@code High}; empty for none
 * @param sbom whether to generate a software bill of materials
 * @param timeoutSeconds how long to wait for the scan and the software bill of materials
 */
public record HarborOptions(
    boolean createProject,
    List<String> labels,
    boolean scan,
    Optional<String> failOn,
    boolean sbom,
    long timeoutSeconds) {
  public HarborOptions {
    labels = List.copyOf(labels);
  }
}
