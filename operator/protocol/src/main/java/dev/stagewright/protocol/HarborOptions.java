package dev.stagewright.protocol;

import java.util.List;
import java.util.Optional;

/**
 * What a build asks of Harbor.
 *
 * @param createProject whether to create a project that does not exist, as a private one
 * @param labels names of labels for the image
 * @param scan whether to have it scanned for vulnerabilities
 * @param failOn severity from which on a vulnerability keeps the tags where they are, in Harbor's
 *     word, for example {@code High}; empty for none
 * @param sbom whether to have a software bill of materials made
 * @param timeoutSeconds how long to wait for scan and bill
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
