package dev.stagewright.harbor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.stagewright.harbor.api.ApiCall;
import dev.stagewright.harbor.api.ApiCaller;
import dev.stagewright.harbor.api.ApiPath;
import dev.stagewright.registry.error.RegistryException;
import java.util.Optional;
import java.util.Set;

/** An image at a Harbor, which may or may not be there. */
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

  /** What Harbor knows of it; empty if it is not there, or the account may not know. */
  public Optional<ArtifactInfo> info() throws RegistryException {
    var query =
        "?with_tag=true&with_immutable_status=true&with_scan_overview=true"
            + "&with_sbom_overview=true";
    var question =
        ApiCall.get("read " + name(), path.artifact(reference, query))
            .with("X-Accept-Vulnerabilities", REPORTS);
    return caller.look(question).map(answer -> ArtifactInfo.of(answer.json()));
  }

  /** Those of its tags that may not move; empty if it is not there, or the account may not know. */
  public Optional<Set<String>> immutableTags() throws RegistryException {
    var info = info();
    if (info.isPresent()) {
      return info.map(ArtifactInfo::immutableTags);
    }
    var suffix = "/tags?with_immutable_status=true&page_size=100";
    return caller
        .look(ApiCall.get("read the tags of " + name(), path.artifact(reference, suffix)))
        .map(answer -> ArtifactInfo.immutable(answer.json()));
  }

  /**
   * Puts a label onto it. That it has it already is as good.
   *
   * @param label its number
   * @throws RegistryException if the account may not
   */
  public void addLabel(long label) throws RegistryException {
    var body = JsonNodeFactory.instance.objectNode().put("id", label);
    var _ =
        caller.call(
            ApiCall.post(
                "put a label onto " + name(),
                path.artifact(reference, "/labels"),
                body,
                200,
                201,
                409));
  }

  /**
   * Has it scanned.
   *
   * @throws RegistryException if Harbor cannot be reached, or does not know it
   */
  public ScanStart scan(ScanKind kind) throws RegistryException {
    var body = JsonNodeFactory.instance.objectNode().put("scan_type", kind.word());
    try {
      var answer =
          caller.call(
              ApiCall.post(
                  "have " + name() + " scanned",
                  path.artifact(reference, "/scan"),
                  body,
                  200,
                  202,
                  409));
      return answer.status() == 409 ? new ScanStart.UnderWay() : new ScanStart.Started();
    } catch (RegistryException e) {
      var words = String.valueOf(e.getMessage());
      if (e.hasStatus(400) || e.hasStatus(412)) {
        return new ScanStart.Impossible(
            e.response().map(response -> response.toString()).orElse(words));
      }
      if (e.kind().isAccessDenied()) {
        return new ScanStart.NotAllowed(words);
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
