package dev.stagewright.controller.cluster;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.cluster.Cluster.EventDraft;
import dev.stagewright.protocol.PrintableText;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** Creates Events about ImageBuilds. */
record EventFactory(Clock clock) {
  /** In bytes. The API server accepts 1024. */
  private static final int MAX_MESSAGE = 1000;

  private static final String COMPONENT = "stagewright";

  Event event(ImageBuild about, EventDraft event) {
    var metadata = about.getMetadata();
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(metadata.getNamespace())
        .withGenerateName(truncated(metadata.getName(), 200) + ".")
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(ImageBuild.GROUP + "/" + ImageBuild.VERSION)
        .withKind(ImageBuild.KIND)
        .withNamespace(metadata.getNamespace())
        .withName(metadata.getName())
        .withUid(metadata.getUid())
        .endInvolvedObject()
        .withType(event.warning() ? "Warning" : "Normal")
        .withReason(event.reason())
        .withMessage(PrintableText.message(event.message(), MAX_MESSAGE))
        .withFirstTimestamp(now)
        .withLastTimestamp(now)
        .withCount(1)
        .withNewSource()
        .withComponent(COMPONENT)
        .endSource()
        .withReportingComponent(COMPONENT)
        .build();
  }

  private static String truncated(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }
}
