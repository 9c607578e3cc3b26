package dev.stagewright.harbor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.stagewright.harbor.api.ApiCall;
import dev.stagewright.harbor.api.ApiCaller;
import dev.stagewright.harbor.api.ApiPath;
import dev.stagewright.registry.error.RegistryException;
import java.util.Optional;
import java.util.Set;

/** An image in Harbor, which may be missing. */
public final class HarborArtifact {
  private static final String REPORTS =
      "application/vnd.security.vulnerability.report; version=1.1,"
          + " application/vnd.scanner.adapter.vuln.report.harbor+json; version=1.0";

  private final ApiCaller caller;
  private final ApiPath path;
  private final String reference;

  HarborArtifact(ApiCaller caller, ApiPath path, String reference) {
    this.caller = caller;
    this.path = path;
    this.reference = reference;
  }

  /** Returns the metadata; empty if the image does not exist, or the account may not read it. */
  public Optional<ArtifactInfo> info() throws RegistryException {
    var query =
        "?with_tag=true&with_immutable_status=true&with_scan_overview=true"
            + "&with_sbom_overview=true";
    var call =
        ApiCall.get("read " + name(), path.artifact(reference, query))
            .with("X-Accept-Vulnerabilities", REPORTS);
    return caller.find(call).map(response -> ArtifactInfo.of(response.json()));
  }

  /**
   * Returns the immutable tags; empty if the image does not exist, or the account may not read it.
   */
  public Optional<Set<String>> immutableTags() throws RegistryException {
    var info = info();
    if (info.isPresent()) {
      return info.map(ArtifactInfo::immutableTags);
    }
    var suffix = "/tags?with_immutable_status=true&page_size=100";
    return caller
        .find(ApiCall.get("read the tags of " + name(), path.artifact(reference, suffix)))
        .map(response -> ArtifactInfo.immutableTags(response.json()));
  }

  /**
   * Adds a label; a label that the image already has is accepted.
   *
   * @param label the ID of the label
   * @throws RegistryException if the account may not add labels
   */
  public void addLabel(long label) throws RegistryException {
    var body = JsonNodeFactory.instance.objectNode().put("id", label);
    var _ =
        caller.call(
            ApiCall.post(
                "add a label to " + name(),
                path.artifact(reference, "/labels"),
                body,
                200,
                201,
                409));
  }

  /**
   * Starts a scan.
   *
   * @throws RegistryException if Harbor cannot be reached, or the image does not exist
   */
  public ScanStart scan(ScanKind kind) throws RegistryException {
    var body = JsonNodeFactory.instance.objectNode().put("scan_type", kind.value());
    try {
      var response =
          caller.call(
              ApiCall.post(
                  "scan " + name(), path.artifact(reference, "/scan"), body, 200, 202, 409));
      return response.status() == 409 ? new ScanStart.AlreadyRunning() : new ScanStart.Started();
    } catch (RegistryException e) {
      var message = String.valueOf(e.getMessage());
      if (e.hasStatus(400) || e.hasStatus(412)) {
        return new ScanStart.Unsupported(
            e.response().map(response -> response.toString()).orElse(message));
      }
      if (e.kind().isAccessDenied()) {
        return new ScanStart.NotAllowed(message);
      }
      throw e;
    }
  }

  /** The digest or the tag of the image. */
  public String reference() {
    return reference;
  }

  private String name() {
    return path.project() + "/" + path.repository() + "@" + reference;
  }
}
