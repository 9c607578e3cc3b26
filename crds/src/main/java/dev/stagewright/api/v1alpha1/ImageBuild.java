package dev.stagewright.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A container image to build from a Dockerfile, and the status of the build. */
@Group(ImageBuild.GROUP)
@Version(ImageBuild.VERSION)
@Kind(ImageBuild.KIND)
@Plural("imagebuilds")
@Singular("imagebuild")
@ShortNames("ib")
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "Stages", jsonPath = ".status.progress")
@AdditionalPrinterColumn(name = "Image", jsonPath = ".spec.output.image")
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.failure.reason")
@AdditionalPrinterColumn(name = "Duration", jsonPath = ".status.duration")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Digest", jsonPath = ".status.image.digest", priority = 1)
@AdditionalPrinterColumn(name = "Sandbox", jsonPath = ".status.sandbox.kind", priority = 1)
@AdditionalPrinterColumn(name = "Commit", jsonPath = ".status.source.commit", priority = 1)
@AdditionalPrinterColumn(
    name = "Message",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
    priority = 1)
public final class ImageBuild extends CustomResource<ImageBuildSpec, ImageBuildStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  /** The API group. */
  public static final String GROUP = "stagewright.dev";

  /** The API version, without the group. */
  public static final String VERSION = "v1alpha1";

  /** The kind. */
  public static final String KIND = "ImageBuild";

  /**
   * The status is absent until an operator writes it. The default of the schema, which only has the
   * observed generation −1, tells tools that the build is not processed yet, and counts as absent.
   */
  @Override
  public void setStatus(ImageBuildStatus status) {
    super.setStatus(status == null || status.observedGeneration() < 0 ? null : status);
  }

  /** The annotation that starts a new run whenever it gets another value. */
  public static final String REBUILD_ANNOTATION = "stagewright.dev/rebuild";

  /** The annotation that cancels the run whose number it contains. */
  public static final String CANCEL_ANNOTATION = "stagewright.dev/cancel";

  /** The annotation with the span, as in the header {@code traceparent}, that a run belongs to. */
  public static final String TRACEPARENT_ANNOTATION = "stagewright.dev/traceparent";
}
